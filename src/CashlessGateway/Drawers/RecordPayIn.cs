using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>POST /v1/pay-ins/{id}/paid: the bank's stamp is on the 払込書. Books the cash into the bank account and ends the exception of a late one.</summary>
public sealed class RecordPayIn(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    private static readonly Sql FindBankAccount = new("select 1 from bank_account where municipality = @municipality and code = @code");

    public Operation Route => new("POST", "/v1/pay-ins/{id}/paid", "sessions", "The bank received the cash of a pay-in slip", Scopes.SessionsWrite, typeof(PayInRequest), typeof(PayInView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PayInRecorded], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.PayIn).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(PayInRequest.Read).IsOk(out var request, out problem)) return problem;
        return (await Record(call.Caller, id, request, RefusedAccess.Address(call.Http))).IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
    }

    /// <summary>For the day's page too.</summary>
    public async Task<Result<PayInView>> Record(Caller caller, string id, PayInRequest request, string? from)
    {
        var (entry, stamp, now) = (ids.Next(), trail.Stamp(), clock.Now());
        return await database.WriteSurely(async unit =>
        {
            if (await PayIns.Find(unit, caller.Municipality, id) is not { } slip || !caller.MayUse(slip.Place)) return unit.Abandon<Result<PayInView>>(Problem.Missing(new Words("この払込書はありません。", "There is no such pay-in.")));
            if (slip.PaidOn is not null) return unit.Abandon<Result<PayInView>>(new Problem(Errors.PayInRecorded));
            if (await Wrong(unit, caller.Municipality, slip, request, BusinessDate.Of(now)) is { } wrong) return unit.Abandon<Result<PayInView>>(wrong);
            if (!await PayIns.Write(unit, caller.Municipality, id, request.Date, request.BankAccount, caller.Principal, now)) return unit.Abandon<Result<PayInView>>(new Problem(Errors.PayInRecorded));
            var place = await PlaceStore.Find(unit, caller.Municipality, slip.Place) ?? throw new InvalidOperationException($"Pay-in {id} has no place.");
            await Journal.Post(unit, new JournalEntry(entry, caller.Municipality, EntryKind.CashDeposited, request.Date, request.Date, now, PayInRules.Arrived(place, slip.Kaikei, slip.FiscalYear, slip.Owner, slip.Amount, request.BankAccount)));
            await Differences.Close(unit, caller.Municipality, Difference.CashNotDeposited, id, now);
            await AuditTrail.Write(unit, stamp, caller.Did(AuditActions.PayInRecorded, slip.Id, slip.Place, from) with
            {
                Facts = Pairs.Of(("number", string.Create(CultureInfo.InvariantCulture, $"{slip.NumberYear}-{slip.Number}")), ("amount", slip.Amount.Value.ToString(CultureInfo.InvariantCulture)), ("date", request.Date.ToString()), ("bankAccount", request.BankAccount)),
            });
            return slip with { PaidOn = request.Date, BankAccount = request.BankAccount, RecordedAt = now, RecordedBy = caller.Principal };
        }, ReadBack.ByRow(PayIns.WasRecorded, new { municipality = caller.Municipality, id, by = caller.Principal, now }));
    }

    private static async Task<Problem?> Wrong(Reader reader, string municipality, PayInView slip, PayInRequest request, BusinessDate today)
    {
        if (request.Date > today || request.Date < slip.FirstDate)
            return Problem.At(Errors.Invalid, "/date", "out-of-range", new Words($"領収日は {slip.FirstDate} から今日までの日にしてください。", $"The bank's date lies between {slip.FirstDate} and today."));
        if (slip.Owner != CashOfBooks.City) return null;
        if (request.BankAccount is null) return Problem.At(Errors.Invalid, "/bankAccount", "missing", new Words("入金した口座を入れてください。", "Name the bank account."));
        return await reader.Exists(FindBankAccount, new { municipality, code = request.BankAccount })
            ? null
            : Problem.At(Errors.Invalid, "/bankAccount", "not-found", new Words("この口座は登録されていません。", "There is no such bank account."));
    }
}

/// <param name="Date">領収日.</param>
/// <param name="BankAccount">Not for what is handed to a designated manager.</param>
public sealed record PayInRequest(BusinessDate Date, string? BankAccount)
{
    public static PayInRequest Read(BodyObject body) => new(body.Date("date", required: true) ?? default, body.Text("bankAccount", 40));
}
