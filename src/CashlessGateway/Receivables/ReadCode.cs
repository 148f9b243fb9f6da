using CashlessGateway.Access;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>POST /v1/codes/read: what a scanned or typed code is, what is wrong with it, and the receivable it belongs to. Any counter of the city may charge it.</summary>
public sealed class ReadCode(Database database, Clock clock)
{
    public Operation Route => new("POST", "/v1/codes/read", "codes", "What a scanned or typed code is", Scopes.ReceivablesRead, typeof(CodeRequest), typeof(CodeView), 200, [Errors.Invalid], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Read(CodeRequest.Read).IsOk(out var request, out var problem)) return problem;
        return CodeReader.Read(request.Code) switch
        {
            CodeReading.Slip slip => Reply.Ok(CodeView.Of(slip.Code, await Find(call, slip.Code), clock.Today(), call.Language)),
            CodeReading.Unreadable unreadable => Reply.Ok(CodeView.Of(unreadable, call.Language)),
            _ => throw new InvalidOperationException("CodeReading is a closed set."),
        };
    }

    private Task<ReceivableView?> Find(ApiCall call, SlipCode slip) => database.Read(async reader =>
    {
        var alias = await Alias.OfSlip(reader, call.Municipality, slip);
        return await ReceivableStore.FindByAliasEvenCancelled(reader, call.Municipality, alias) is { } id
            ? await ReceivableStore.View(reader, call.Municipality, id, clock.Now())
            : null;
    }, call.Aborted);
}

public sealed record CodeRequest(string Code)
{
    /// <summary>A scanner may send line ends and separators, and a text that is too long is an answer, not an error: the reader says what it is.</summary>
    public static CodeRequest Read(BodyObject body) => new(body.Raw("code", required: true) ?? "");
}

public enum CodeKind
{
    /// <summary>料金代理収納のバーコード.</summary>
    Slip,

    Unknown,
}

/// <summary>What a code is. Of a text that is no code of ours only its two ends are shown.</summary>
public sealed record CodeView(CodeKind Kind, SlipFieldsView? Fields, IReadOnlyList<CodeProblemView> Problems, string? Receivable, string Masked)
{
    public static CodeView Of(SlipCode slip, ReceivableView? receivable, BusinessDate today, Language language) => new(
        CodeKind.Slip, SlipFieldsView.Of(slip), SlipProblems.Of(slip, receivable, today).Select(problem => CodeProblemView.Of(problem, language)).ToList(),
        receivable?.Id, $"{slip.Digits[..4]}…{slip.Digits[^4..]}");

    public static CodeView Of(CodeReading.Unreadable unreadable, Language language) => new(
        CodeKind.Unknown, null, [CodeProblemView.Of(SlipProblems.Of(unreadable.Why), language)], null, unreadable.Masked);
}

public sealed record SlipFieldsView(string Company, string Free, int Reissue, BusinessDate? PayBy, bool Stamp, Yen Amount)
{
    public static SlipFieldsView Of(SlipCode slip) => new(slip.Company, slip.Free, slip.Reissue, SlipProblems.PayBy(slip), slip.Stamp, new Yen(slip.Amount));
}

public sealed record CodeProblemView(string Code, string Message)
{
    public static CodeProblemView Of(CodeProblem problem, Language language) => new(problem.Code, problem.Message.In(language));
}

/// <summary>What a person must know about a code before money is taken for it.</summary>
public sealed record CodeProblem(string Code, Words Message);

/// <summary>Pure: a slip, the receivable it belongs to and the day in, what is wrong out.</summary>
public static class SlipProblems
{
    public static BusinessDate? PayBy(SlipCode slip) => slip.PayBy is { } day ? new BusinessDate(day) : null;

    public static IReadOnlyList<CodeProblem> Of(SlipCode slip, ReceivableView? receivable, BusinessDate today)
    {
        var problems = new List<CodeProblem?> { OfUse(slip, receivable, today), OfLimit(slip) };
        if (receivable is not null) problems.AddRange([OfAmount(slip, receivable), OfDate(slip, receivable), OfStatus(receivable)]);
        return problems.OfType<CodeProblem>().ToList();
    }

    public static CodeProblem Of(UnreadableReason why) => why switch
    {
        UnreadableReason.Empty => new("empty", new("何も読み取れていません。もう一度読み直してください。", "Nothing was read. Scan it again.")),
        UnreadableReason.TooLong => new("too-long", new("長すぎて、納付書のバーコードではありません。読み直してください。", "Too long to be a slip's barcode. Scan it again.")),
        UnreadableReason.NotDigits => new("not-digits", new("数字以外の文字があります。納付書のバーコードを読み直してください。", "It holds more than digits. Scan the slip's barcode again.")),
        UnreadableReason.WrongLength => new("wrong-length", new("44桁ではありません。バーコード全体を読み直してください。", "It has not 44 digits. Scan the whole barcode again.")),
        UnreadableReason.WrongCheckDigit => new("wrong-check-digit", new("検査数字が合いません（読み違い）。読み直してください。", "The check digit does not fit: a misread. Scan it again.")),
        UnreadableReason.WrongPrefix => new("wrong-prefix", new("料金収納のバーコード（91で始まる44桁）ではありません。別のコードを読んでいないか確かめて、読み直してください。", "Not a payment slip's barcode, which begins with 91. Check which code it is and scan again.")),
        UnreadableReason.WrongDate => new("wrong-date", new("支払期限の桁が暦にない日です。読み直してください。", "Its pay-by digits are no day of the calendar. Scan it again.")),
    };

    private static CodeProblem? OfUse(SlipCode slip, ReceivableView? receivable, BusinessDate today) =>
        PayBy(slip) < today || receivable?.Status == Names.Of(ReceivableStatus.Expired)
            ? new("expired", new("使用期限が過ぎています。この納付書では受け取れません。担当課で新しい納付書を受け取ってください。", "Its time of use is over: it cannot be charged. The office in charge issues a new slip."))
            : null;

    private static CodeProblem? OfLimit(SlipCode slip) =>
        slip.Amount > SlipCode.PublicLimit
            ? new("over-limit", new("30万円を超えるため、コンビニやスマートフォン決済では払えません。窓口か金融機関で払ってください。", "Over 300,000 yen: stores and payment apps refuse it. It can be paid at a counter or a bank."))
            : null;

    private static CodeProblem? OfAmount(SlipCode slip, ReceivableView receivable) =>
        slip.Amount != receivable.Amount.Value
            ? new("amount-differs", new($"納付書の金額（{new Yen(slip.Amount)}）と今の請求額（{receivable.Amount}）が違います。金額が変わっていないか担当課に確かめてください。", $"The slip says {slip.Amount} yen, the receivable {receivable.Amount.Value} yen. Ask the office in charge whether it was changed."))
            : null;

    /// <summary>Only where both name a day: 999999 (no limit) is also what postal copies carry.</summary>
    private static CodeProblem? OfDate(SlipCode slip, ReceivableView receivable) =>
        PayBy(slip) is { } printed && receivable.PayBy is { } payBy && BusinessDate.Of(payBy) != printed
            ? new("superseded", new($"納付書の期限（{printed}）と今の請求の期限（{BusinessDate.Of(payBy)}）が違います。新しい納付書が出ていないか確かめてください。", $"The slip's last day is {printed}, the receivable's {BusinessDate.Of(payBy)}. Look for a newer slip."))
            : null;

    private static CodeProblem? OfStatus(ReceivableView receivable) => Names.Parse<ReceivableStatus>(receivable.Status) switch
    {
        ReceivableStatus.Open or ReceivableStatus.Expired => null,
        ReceivableStatus.Paid or ReceivableStatus.Overpaid => new("already-paid", new("納付済みです。お金を受け取らないでください。", "Already paid: take no money for it.")),
        ReceivableStatus.InProgress => new("in-progress", new("支払いの途中、または結果が分かっていない支払いがあります。確定するまで受け取らないでください。", "A payment is under way or its outcome is not known yet: take no money until it is.")),
        ReceivableStatus.Cancelled => new("cancelled", new("取り消された請求です。お金を受け取らないでください。", "The receivable was cancelled: take no money for it.")),
        ReceivableStatus.Refunded => new("refunded", new("全額を返金して終わった請求です。お金を受け取らないでください。", "It was refunded in full and closed: take no money for it.")),
        ReceivableStatus.Free or ReceivableStatus.Waived => new("nothing-to-pay", new("0円の請求です。支払いは要りません。", "It is a receivable of 0 yen: nothing has to be paid.")),
    };
}
