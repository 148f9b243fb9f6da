namespace CashlessGateway.Sandbox.Square;

/// <summary>What really happened to one checkout, whatever a faulty answer said about it.</summary>
public sealed record TruthCheckout(string CheckoutId, string? ReferenceId, string DeviceId, string PaymentType, long Amount, SquareStatus Status, string? CancelReason, DateTimeOffset CreatedAt)
{
    public string? PaymentId { get; init; }

    public string? Brand { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    public long Fee { get; init; }

    public IReadOnlyList<TruthSquareRefund> Refunds { get; init; } = [];

    /// <summary>Called under the book's lock.</summary>
    internal static TruthCheckout Of(CheckoutRecord checkout, SquareSandbox sandbox, DateTimeOffset now)
    {
        var payment = checkout.PaymentId is { } id ? sandbox.Book.Payment(id) : null;
        return new TruthCheckout(
            checkout.Id,
            checkout.ReferenceId,
            checkout.DeviceId,
            checkout.PaymentType,
            checkout.Amount,
            CheckoutRules.StatusAt(checkout, now, sandbox.Terms),
            CheckoutRules.ReasonAt(checkout, now, sandbox.Terms),
            checkout.CreatedAt)
        {
            PaymentId = payment?.Id,
            Brand = payment?.Brand,
            TakenAt = payment?.At,
            Fee = payment?.Fee ?? 0,
            Refunds = payment is null ? [] : [.. sandbox.Book.RefundsOf(payment.Id).Select(static refund => new TruthSquareRefund(refund.Id, refund.Reason, refund.Amount, refund.At))],
        };
    }
}

public sealed record TruthSquareRefund(string RefundId, string? Reason, long Amount, DateTimeOffset At);

/// <summary>One transfer to the seller's bank, and its lines.</summary>
public sealed record TruthPayout(string Id, DateOnly ArrivesOn, DateTimeOffset CreatedAt, bool Paid, IReadOnlyList<TruthEntry> Entries)
{
    public long Amount => Entries.Sum(static entry => entry.Gross - entry.Fee);
}

public sealed record TruthEntry(string Id, string Type, long Gross, long Fee, DateTimeOffset At, string PaymentId)
{
    public string? RefundId { get; init; }
}
