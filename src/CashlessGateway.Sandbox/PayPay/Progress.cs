namespace CashlessGateway.Sandbox.PayPay;

/// <summary>What has happened to a code since. Only facts are kept; the state is read from them and the clock.</summary>
internal sealed record Progress
{
    public static Progress None { get; } = new();

    public string? PaymentId { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    public PaymentFailure? Failure { get; init; }

    public bool CodeDeleted { get; init; }

    public DateTimeOffset? CancelAcceptedAt { get; init; }

    /// <summary>The cancel was accepted and will not be kept: a fault.</summary>
    public bool CancelBroken { get; init; }

    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    public long Refunded() => Refunds.Sum(refund => refund.Amount);

    /// <summary>When the money goes back because of a cancel; null when it does not.</summary>
    public DateTimeOffset? ReturnsAt(PayPayTerms terms) =>
        PaidAt is { } paid && CancelAcceptedAt is { } cancelled && !CancelBroken
            ? (paid > cancelled ? paid : cancelled) + terms.ReversalDelay
            : null;

    /// <summary>An expired code stays CREATED for ever, and so does a deleted one.</summary>
    public PayPayStatus StatusAt(DateTimeOffset now, long amount, PayPayTerms terms) => this switch
    {
        { Failure: not null } => PayPayStatus.Failed,
        { PaidAt: null } => PayPayStatus.Created,
        _ when ReturnsAt(terms) <= now => PayPayStatus.Failed,
        _ when Refunded() == amount => PayPayStatus.Refunded,
        _ => PayPayStatus.Completed,
    };
}

internal enum PaymentFailure
{
    InsufficientFunds,
    OverLimit,
}

/// <summary>Money that goes back on request. Accepted once, it is never lost: the provider repeats it until it is done.</summary>
internal sealed record Refund(string MerchantRefundId, long Amount, DateTimeOffset AcceptedAt, long RequestedAt, string? Reason)
{
    public string StatusAt(DateTimeOffset now, PayPayTerms terms) => now >= AcceptedAt + terms.RefundDelay ? "REFUNDED" : "CREATED";
}
