using System.Globalization;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>How the counter's pages say times: Tokyo, to the minute.</summary>
public static class CounterText
{
    public static string When(Instant at) => Tokyo(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Hour(Instant at) => Tokyo(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>方法 and brand, as a person says it.</summary>
    public static string Method(Screen screen, Payment payment) => Method(screen, payment.Method, payment.Brand);

    /// <summary>The same of a row; nothing for a sale of 0 yen.</summary>
    public static string Method(Screen screen, string? method, string? brand) => method is null ? "" : screen.Say(Names.Parse<PaymentMethod>(method) switch
    {
        PaymentMethod.Cash => new Words("現金", "cash"),
        PaymentMethod.Qr => new("コード決済", "QR code"),
        PaymentMethod.Emoney => new("電子マネー", "e-money"),
        PaymentMethod.Card => new("クレジットカード", "card"),
        PaymentMethod.Collector => new("収納代行", "collector"),
    }) + (brand is null ? "" : $"（{brand}）");

    /// <summary>A sign, a tone and a word: never a colour alone.</summary>
    public static (string Sign, string Tone, Words Words) State(SaleRow row) => row.Status is null ? ("✓", "good", new("無料・免除", "nothing to pay")) : State(Names.Parse<PaymentState>(row.Status));

    public static (string Sign, string Tone, Words Words) State(PaymentState state) => state switch
    {
        PaymentState.Captured => ("✓", "good", new("受領", "taken")),
        PaymentState.Created or PaymentState.Pending => ("…", "wait", new("支払い待ち", "waiting")),
        PaymentState.Cancelling => ("…", "wait", new("取りやめ中", "being given up")),
        PaymentState.InDoubt => ("?", "bad", new("未確定", "in doubt")),
        PaymentState.Declined => ("✕", "over", new("不成立", "refused")),
        PaymentState.Cancelled => ("–", "over", new("取りやめ", "given up")),
        PaymentState.Expired => ("–", "over", new("時間切れ", "ran out")),
    };

    public static (string Sign, string Tone, Words Words) State(RefundStatus state) => state switch
    {
        RefundStatus.Requested or RefundStatus.AwaitingApproval => ("…", "wait", new("承認待ち", "waits for approval")),
        RefundStatus.Pending => ("…", "wait", new("支払い待ち・処理中", "on its way")),
        RefundStatus.Succeeded => ("✓", "good", new("済", "done")),
        RefundStatus.Failed => ("✕", "over", new("差し戻し・不成立", "rejected or failed")),
        RefundStatus.InDoubt => ("?", "bad", new("未確定", "in doubt")),
    };

    public static Words Way(RefundWay way) => way switch
    {
        RefundWay.Void => new("取消（その場で）", "void (at once)"),
        RefundWay.Refund => new("事業者を通じた返金", "refund through the provider"),
        RefundWay.Cash => new("現金で返す", "cash"),
        RefundWay.BankTransfer => new("口座振込（還付）", "bank transfer"),
    };

    /// <summary>What happened, for people.</summary>
    public static Words Event(string type) => type switch
    {
        EventTypes.PaymentCreated => new("支払いを始めた", "begun"),
        EventTypes.PaymentPending => new("お客様の操作待ちになった", "the customer has to act"),
        EventTypes.PaymentCaptured => new("支払われた", "taken"),
        EventTypes.PaymentDeclined => new("不成立になった", "refused"),
        EventTypes.PaymentCancelling => new("取りやめを頼んだ", "asked to give it up"),
        EventTypes.PaymentCancelled => new("取りやめた", "given up"),
        EventTypes.PaymentExpired => new("時間切れになった", "ran out"),
        EventTypes.PaymentInDoubt => new("結果が分からなくなった", "in doubt"),
        EventTypes.PaymentFinding => new("1人目の所見が出た", "one person found on it"),
        EventTypes.PaymentResolved => new("所見で確定した", "settled by a finding"),
        EventTypes.PaymentAccepted => new("過誤納だったものが請求に充てられた", "a surplus became the payment"),
        EventTypes.RefundCreated => new("返金を申請した", "a refund was ordered"),
        EventTypes.RefundSucceeded => new("返金した", "given back"),
        EventTypes.RefundFailed => new("返金が差し戻された・不成立になった", "a refund was rejected or failed"),
        EventTypes.RefundInDoubt => new("返金の結果が分からなくなった", "a refund is in doubt"),
        _ => new(type, type),
    };

    public static string Status(Screen screen, string status) => screen.Say(Names.Parse<ReceivableStatus>(status) switch
    {
        ReceivableStatus.Overpaid => new Words("過誤納（返金が要ります）", "overpaid: money has to go back"),
        ReceivableStatus.InProgress => new("支払い中・未確定", "being paid, or in doubt"),
        ReceivableStatus.Paid => new("支払い済み", "paid"),
        ReceivableStatus.Free => new("無料", "free"),
        ReceivableStatus.Waived => new("免除", "waived"),
        ReceivableStatus.Cancelled => new("取り消した会計です", "taken back"),
        ReceivableStatus.Expired => new("期限が過ぎています。お金は動いていません", "its time is over; no money moved"),
        ReceivableStatus.Refunded => new("全額を返しました", "given back in full"),
        ReceivableStatus.Open => new("未払い", "not paid"),
    });

    private static DateTimeOffset Tokyo(Instant at) => at.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9));
}

/// <summary>The pages above a page of the counter.</summary>
public static class CounterLinks
{
    public static readonly Link Start = new("/counter", new Words("窓口", "Counter"));
}
