namespace CashlessGateway.Sandbox.PayPay;

/// <summary>What really happened to one payment, whatever a faulty answer said about it.</summary>
public sealed record TruthPayment(
    string MerchantId,
    string MerchantPaymentId,
    string CodeId,
    string? PaymentId,
    long Amount,
    PayPayStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? PaidAt,
    bool CodeDeleted,
    bool CancelAccepted,
    IReadOnlyList<TruthRefund> Refunds)
{
    internal static TruthPayment Of(BookEntry entry, DateTimeOffset now, PayPayTerms terms)
    {
        var (order, progress) = (entry.Order, entry.Progress);
        return new TruthPayment(
            order.MerchantId,
            order.MerchantPaymentId,
            order.CodeId,
            progress.PaymentId,
            order.Amount,
            progress.StatusAt(now, order.Amount, terms),
            order.CreatedAt,
            order.ExpiresAt,
            progress.PaidAt,
            progress.CodeDeleted,
            progress.CancelAcceptedAt is not null,
            [.. progress.Refunds.Select(refund => new TruthRefund(refund.MerchantRefundId, refund.Amount, refund.AcceptedAt))]);
    }
}

public sealed record TruthRefund(string MerchantRefundId, long Amount, DateTimeOffset AcceptedAt);

/// <summary>Whose money is where, in yen.</summary>
/// <param name="Payments">Codes, paid or not.</param>
/// <param name="Taken">Paid and not returned by a cancel; what was refunded is still in it.</param>
/// <param name="Refunded">Sent back by refunds.</param>
public sealed record TruthSums(int Payments, int Completed, long Taken, int Refunds, long Refunded)
{
    /// <summary>What the provider owes the merchant, before fees.</summary>
    public long Net => Taken - Refunded;

    internal static TruthSums Of(IReadOnlyCollection<TruthPayment> payments)
    {
        var taken = payments.Where(payment => payment.Status is PayPayStatus.Completed or PayPayStatus.Refunded).ToList();
        var refunds = taken.SelectMany(payment => payment.Refunds).ToList();
        return new TruthSums(payments.Count, taken.Count, taken.Sum(payment => payment.Amount), refunds.Count, refunds.Sum(refund => refund.Amount));
    }
}
