using System.Text.Json;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>The answer of the look-ups of a payment.</summary>
internal sealed record PaymentDetails(string Status)
{
    public string? PaymentId { get; init; }

    /// <summary>Zero as long as nobody has paid.</summary>
    public long AcceptedAt { get; init; }

    public RefundList? Refunds { get; init; }

    public string? MerchantPaymentId { get; init; }

    public Money? Amount { get; init; }

    public long RequestedAt { get; init; }

    public long? CanceledAt { get; init; }

    public string? StoreId { get; init; }

    public string? TerminalId { get; init; }

    public string? OrderReceiptNumber { get; init; }

    public string? OrderDescription { get; init; }

    public JsonElement? OrderItems { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>Of a code that nobody has paid the provider tells its state and two zeros, and not even the amount.</summary>
    public static PaymentDetails Of(BookEntry entry, DateTimeOffset now, PayPayTerms terms)
    {
        var (order, progress) = (entry.Order, entry.Progress);
        var status = progress.StatusAt(now, order.Amount, terms);
        if (status == PayPayStatus.Created) return new PaymentDetails(status.OnTheWire());
        return new PaymentDetails(status.OnTheWire())
        {
            PaymentId = progress.PaymentId,
            AcceptedAt = progress.PaidAt?.ToUnixTimeSeconds() ?? 0,
            Refunds = new RefundList([.. progress.Refunds.Select(refund => RefundDetails.Of(entry, refund, now, terms))]),
            MerchantPaymentId = order.MerchantPaymentId,
            Amount = new Money(order.Amount),
            RequestedAt = order.RequestedAt ?? order.CreatedAt.ToUnixTimeSeconds(),
            CanceledAt = progress.CancelAcceptedAt is { } cancelled && status == PayPayStatus.Failed ? cancelled.ToUnixTimeSeconds() : null,
            StoreId = order.StoreId ?? "",
            TerminalId = order.TerminalId ?? "",
            OrderReceiptNumber = "",
            OrderDescription = order.OrderDescription,
            OrderItems = order.OrderItems,
            Metadata = order.Metadata,
        };
    }
}

internal sealed record RefundList(IReadOnlyList<RefundDetails> Data);

/// <summary>The answer of the refund calls.</summary>
internal sealed record RefundDetails(string Status, long AcceptedAt, string MerchantRefundId, string PaymentId, Money Amount, long RequestedAt, string AssumeMerchant)
{
    public string? Reason { get; init; }

    public static RefundDetails Of(BookEntry entry, Refund refund, DateTimeOffset now, PayPayTerms terms) => new(
        refund.StatusAt(now, terms),
        refund.AcceptedAt.ToUnixTimeSeconds(),
        refund.MerchantRefundId,
        entry.Progress.PaymentId!,
        new Money(refund.Amount),
        refund.RequestedAt,
        entry.Order.MerchantId)
    {
        Reason = refund.Reason,
    };
}
