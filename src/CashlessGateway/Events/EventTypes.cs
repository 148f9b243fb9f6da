namespace CashlessGateway.Events;

/// <summary>Event names. Those of the outgoing list are a promise to others; the rest are for the history.</summary>
public static class EventTypes
{
    public const string PaymentCreated = "payment.created";
    public const string PaymentPending = "payment.pending";
    public const string PaymentCaptured = "payment.captured";
    public const string PaymentDeclined = "payment.declined";
    public const string PaymentCancelled = "payment.cancelled";
    public const string PaymentExpired = "payment.expired";
    public const string PaymentInDoubt = "payment.inDoubt";
    public const string PaymentCancelling = "payment.cancelling";
    public const string PaymentResolved = "payment.resolved";
    public const string PaymentAccepted = "payment.surplusAccepted";
    public const string PaymentFinding = "payment.finding";
    public const string ReceivablePaid = "receivable.paid";
    public const string ReceivableOverpaid = "receivable.overpaid";
    public const string ReceivableExpired = "receivable.expired";
    public const string ReceivableCancelled = "receivable.cancelled";
    public const string RefundCreated = "refund.created";
    public const string RefundSucceeded = "refund.succeeded";
    public const string RefundFailed = "refund.failed";
    public const string RefundInDoubt = "refund.inDoubt";
    public const string ExceptionOpened = "exception.opened";
    public const string DayClosed = "day.closed";

    /// <summary>What goes out to those who subscribed (api.md).</summary>
    public static readonly IReadOnlySet<string> Outgoing = new HashSet<string>(StringComparer.Ordinal)
    {
        PaymentCaptured, PaymentDeclined, PaymentCancelled, PaymentExpired, PaymentInDoubt, PaymentCancelling, PaymentResolved,
        ReceivablePaid, ReceivableOverpaid, ReceivableExpired, ReceivableCancelled, RefundCreated, RefundSucceeded, RefundFailed, ExceptionOpened, DayClosed,
    };
}
