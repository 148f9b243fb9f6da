using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>What a person must know about a code before money is taken for it.</summary>
public sealed record CodeProblem(string Code, Words Message);

/// <summary>Pure: a code, the receivable it belongs to and the day in, what is wrong out.</summary>
public static class CodeProblems
{
    public static IReadOnlyList<CodeProblem> Of(CodeReading reading, ReceivableView? bill, BusinessDate today)
    {
        List<CodeProblem?> problems = reading switch
        {
            SlipCode slip => [OfUse(Day(slip.PayBy), bill, today), OfLimit(slip), OfAmount(slip.Amount, bill), OfDate(slip, bill), OfStatus(bill)],
            ElQr elQr => [OfUse(new BusinessDate(elQr.PayBy), bill, today), OfAmount(elQr.Amount, bill), OfStatus(bill)],
            ElNumber or PayEasy => [OfUse(null, bill, today), OfStatus(bill)],
            CustomerCode customer => [OfBrand(customer)],
            StoreCode => [StoreNotBill],
            Unreadable unreadable => [UnreadableWords.Of(unreadable)],
            _ => throw new InvalidOperationException("CodeReading is a closed set."),
        };
        return problems.OfType<CodeProblem>().ToList();
    }

    private static readonly CodeProblem StoreNotBill = new("store-code", new(
        "お店に掲示する支払用のコードです。納付書のコードでも、お客様の支払コードでもありません。納付書か、お客様の支払画面を読み取ってください。",
        "A code that a store displays, neither a bill's nor a customer's. Scan the slip or the customer's payment screen."));

    private static BusinessDate? Day(DateOnly? day) => day is { } known ? new BusinessDate(known) : null;

    private static CodeProblem? OfUse(BusinessDate? printed, ReceivableView? bill, BusinessDate today) =>
        printed < today || bill?.Status == Names.Of(ReceivableStatus.Expired)
            ? new("expired", new("使用期限が過ぎています。この納付書では受け取れません。担当課で新しい納付書を受け取ってください。", "Its time of use is over: it cannot be charged. The office in charge issues a new slip."))
            : null;

    private static CodeProblem? OfLimit(SlipCode slip) =>
        slip.Amount > SlipCode.PublicLimit
            ? new("over-limit", new("30万円を超えるため、コンビニやスマートフォン決済では払えません。窓口か金融機関で払ってください。", "Over 300,000 yen: stores and payment apps refuse it. It can be paid at a counter or a bank."))
            : null;

    private static CodeProblem? OfAmount(long printed, ReceivableView? bill) =>
        bill is not null && printed != bill.Amount.Value
            ? new("amount-differs", new($"納付書の金額（{new Yen(printed)}）と今の請求額（{bill.Amount}）が違います。金額が変わっていないか担当課に確かめてください。", $"The slip says {printed} yen, the receivable {bill.Amount.Value} yen. Ask the office in charge whether it was changed."))
            : null;

    /// <summary>
    /// Only of a barcode, and only where both name a day: 999999 (no limit) is also what postal copies carry, and the eL-QR beside a barcode
    /// may have a day of its own.
    /// </summary>
    private static CodeProblem? OfDate(SlipCode slip, ReceivableView? bill) =>
        Day(slip.PayBy) is { } printed && bill?.PayBy is { } payBy && BusinessDate.Of(payBy) != printed
            ? new("superseded", new($"納付書の期限（{printed}）と今の請求の期限（{BusinessDate.Of(payBy)}）が違います。新しい納付書が出ていないか確かめてください。", $"The slip's last day is {printed}, the receivable's {BusinessDate.Of(payBy)}. Look for a newer slip."))
            : null;

    private static CodeProblem? OfBrand(CustomerCode customer) =>
        customer.Brand is null
            ? new("unknown-brand", new("どの決済サービスの支払コードか、番号からは分かりません。お客様に決済サービスの名前を確かめてください。", "The number does not tell which payment service it is of. Ask the customer for its name."))
            : null;

    private static CodeProblem? OfStatus(ReceivableView? bill) => bill is null ? null : Names.Parse<ReceivableStatus>(bill.Status) switch
    {
        ReceivableStatus.Open or ReceivableStatus.Expired => null,
        ReceivableStatus.Paid or ReceivableStatus.Overpaid => new("already-paid", new("納付済みです。お金を受け取らないでください。", "Already paid: take no money for it.")),
        ReceivableStatus.InProgress => new("in-progress", new("支払いの途中、または結果が分かっていない支払いがあります。確定するまで受け取らないでください。", "A payment is under way or its outcome is not known yet: take no money until it is.")),
        ReceivableStatus.Cancelled => new("cancelled", new("取り消された請求です。お金を受け取らないでください。", "The receivable was cancelled: take no money for it.")),
        ReceivableStatus.Refunded => new("refunded", new("全額を返金して終わった請求です。お金を受け取らないでください。", "It was refunded in full and closed: take no money for it.")),
        ReceivableStatus.Free or ReceivableStatus.Waived => new("nothing-to-pay", new("0円の請求です。支払いは要りません。", "It is a receivable of 0 yen: nothing has to be paid.")),
    };
}
