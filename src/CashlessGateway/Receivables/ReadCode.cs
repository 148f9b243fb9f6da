using CashlessGateway.Access;
using CashlessGateway.Codes;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>POST /v1/codes/read: what a scanned or typed code is, what is wrong with it, and the receivable it belongs to. Any counter of the city may charge it.</summary>
public sealed class ReadCode(Database database, Clock clock, CustomerCodeTable customerCodes)
{
    public Operation Route => new("POST", "/v1/codes/read", "codes", "What a scanned or typed code is", Scopes.ReceivablesRead, typeof(CodeRequest), typeof(CodeView), 200, [Errors.Invalid], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Read(CodeRequest.Read).IsOk(out var request, out var problem)) return problem;
        var today = clock.Today();
        var reading = CodeReader.Read(request.Code, customerCodes, today.Day);
        var (bill, parts) = await database.Read(reader => Find(reader, call.Municipality, reading, clock.Now()), call.Aborted);
        return Reply.Ok(CodeView.Of(reading, parts, bill, today, call.Language));
    }

    /// <summary>The bill that a code belongs to, also one that was cancelled.</summary>
    public static async Task<(ReceivableView? Bill, IReadOnlyList<SlipPart> Parts)> Find(Reader reader, string municipality, CodeReading reading, Instant now)
    {
        if (await Alias.Of(reader, municipality, reading) is not { } alias) return (null, []);
        var id = await ReceivableStore.FindByAliasEvenCancelled(reader, municipality, alias);
        var bill = id is null ? null : await ReceivableStore.View(reader, municipality, id, now);
        return (bill, reading is SlipCode slip ? slip.Parts(await FeeStore.LayoutWithFields(reader, municipality, slip.Company)) : []);
    }
}

public sealed record CodeRequest(string Code)
{
    /// <summary>A scanner may send line ends and separators, and a text that is too long is an answer, not an error: the reader says what it is.</summary>
    public static CodeRequest Read(BodyObject body) => new(body.Raw("code", required: true) ?? "");
}
