namespace CashlessGateway.Sandbox.Square;

/// <summary>Where a checkout stands.</summary>
public enum SquareStatus
{
    Pending,
    InProgress,
    CancelRequested,
    Canceled,
    Completed,
}

/// <summary>Square's rules for a checkout. Pure.</summary>
internal static class CheckoutRules
{
    /// <summary>Default and maximum.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(5);

    public static bool IsEMoney(string paymentType) => paymentType.StartsWith("FELICA_", StringComparison.Ordinal);

    public static SquareStatus StatusAt(CheckoutRecord checkout, DateTimeOffset now, SquareTerms terms) => checkout switch
    {
        { PaymentId: not null } => SquareStatus.Completed,
        { EndedAt: not null } => SquareStatus.Canceled,
        { Stuck: true, CancelAskedAt: not null } => SquareStatus.CancelRequested,
        { Stuck: true } => SquareStatus.InProgress,
        { CancelAskedAt: { } asked } => now >= asked + terms.CancelDelay ? SquareStatus.Canceled : SquareStatus.CancelRequested,
        // Somebody who walks away from a Terminal that has begun leaves it to end by itself too.
        _ when now >= checkout.CreatedAt + checkout.Deadline => SquareStatus.Canceled,
        { BegunAt: not null } => SquareStatus.InProgress,
        _ => SquareStatus.Pending,
    };

    public static string? ReasonAt(CheckoutRecord checkout, DateTimeOffset now, SquareTerms terms) => StatusAt(checkout, now, terms) != SquareStatus.Canceled
        ? null
        : checkout.CancelReason ?? (checkout.CancelAskedAt is null ? "TIMED_OUT" : "SELLER_CANCELED");

    public static bool IsOpenAt(CheckoutRecord checkout, DateTimeOffset now, SquareTerms terms) =>
        StatusAt(checkout, now, terms) is SquareStatus.Pending or SquareStatus.InProgress or SquareStatus.CancelRequested;

    public static DateTimeOffset UpdatedAt(CheckoutRecord checkout, DateTimeOffset now, SquareTerms terms) => checkout switch
    {
        { EndedAt: { } ended } => ended,
        { CancelAskedAt: { } asked } => StatusAt(checkout, now, terms) == SquareStatus.Canceled ? asked + terms.CancelDelay : asked,
        _ when StatusAt(checkout, now, terms) == SquareStatus.Canceled => checkout.CreatedAt + checkout.Deadline,
        { BegunAt: { } begun } => begun,
        _ => checkout.CreatedAt,
    };

    public static string Word(SquareStatus status) => status switch
    {
        SquareStatus.Pending => "PENDING",
        SquareStatus.InProgress => "IN_PROGRESS",
        SquareStatus.CancelRequested => "CANCEL_REQUESTED",
        SquareStatus.Canceled => "CANCELED",
        SquareStatus.Completed => "COMPLETED",
    };

    /// <summary>Null when the Terminal would not take this brand.</summary>
    public static string? BrandFor(string paymentType, string? wanted)
    {
        string[] taken = paymentType switch
        {
            "FELICA_TRANSPORTATION_GROUP" => ["FELICA_TRANSPORTATION"],
            "FELICA_ID" => ["FELICA_ID"],
            "FELICA_QUICPAY" => ["FELICA_QP"],
            "FELICA_ALL" => ["FELICA_TRANSPORTATION", "FELICA_ID", "FELICA_QP"],
            "QR_CODE" or "PAYPAY" => ["PAYPAY", "D_BARAI", "AU_PAY", "RAKUTEN_PAY", "MERPAY", "ALIPAY", "WECHAT_PAY"],
            _ => ["VISA", "MASTERCARD", "JCB", "AMERICAN_EXPRESS", "DISCOVER_DINERS", "DISCOVER", "CHINA_UNIONPAY"],
        };
        return wanted is null ? taken[0] : taken.Contains(wanted) ? wanted : null;
    }

    /// <summary>Square keeps it, and rounds down.</summary>
    public static long Fee(long amount, string paymentType, SquareTerms terms) =>
        amount * (IsEMoney(paymentType) ? terms.EMoneyRate : paymentType is "QR_CODE" or "PAYPAY" ? terms.QrRate : terms.CardRate) / 10_000;
}
