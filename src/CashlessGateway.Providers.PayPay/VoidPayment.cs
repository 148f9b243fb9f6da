namespace CashlessGateway.Providers.PayPay;

/// <summary>取消: DELETE /v2/payments/{reference} of a payment that was captured. The customer gets no notice of it.</summary>
internal sealed class VoidPayment(PayPayApi api, LookUpPayment lookUp, TimeProvider time)
{
    public async Task<RefundAnswer> Run(RefundOrder order, CancellationToken cancellation)
    {
        var until = Tokyo.VoidableUntil(order.CapturedAt);
        if (order.RequestedAt > until)
            return Closed;   // never asked in time, so nothing can be under way

        // Asked in time, repeated too late: the first try may have been accepted, and only its answer was lost.
        if (time.GetUtcNow() > until)
            return Afterwards(await lookUp.Ask(order.PaymentReference, cancellation), Closed);

        return await api.Delete($"/v2/payments/{Uri.EscapeDataString(order.PaymentReference)}", cancellation) switch
        {
            PayPayAnswer.Done(true, _) => new RefundAnswer.Succeeded(null, null),
            PayPayAnswer.Done => await AfterUnclear(order, "PayPay answered a cancel without accepting it", cancellation),
            PayPayAnswer.Unclear(var why) => await AfterUnclear(order, why, cancellation),
            PayPayAnswer.Refused(Refusal.NotReversible, var said) => Afterwards(
                await lookUp.Ask(order.PaymentReference, cancellation), new RefundAnswer.Failed(Refusal.NotReversible.Code(), said)),
            // Rate, key or contract: says nothing about an earlier try under the same reference.
            PayPayAnswer.Refused(_, var said) => await AfterUnclear(order, said, cancellation),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };
    }

    private static RefundAnswer.Failed Closed => new("void-window-closed", "PayPay takes a cancel until 00:14:59 of the day after the payment");

    private async Task<RefundAnswer> AfterUnclear(RefundOrder order, string why, CancellationToken cancellation) =>
        Afterwards(await lookUp.Ask(order.PaymentReference, cancellation), new RefundAnswer.Unknown(why));

    private static RefundAnswer Afterwards(PaymentDetails details, RefundAnswer ifStillTaken) => details switch
    {
        PaymentDetails.Found(var status, _) => status switch
        {
            PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Refunded => new RefundAnswer.Succeeded(null, null),
            PaymentStatus.Completed => ifStillTaken,
            PaymentStatus.Created or PaymentStatus.Authorized or PaymentStatus.Reauthorizing or PaymentStatus.Expired =>
                new RefundAnswer.Unknown("PayPay no longer shows the payment as captured, nor as taken back"),
        },
        PaymentDetails.NotFound => new RefundAnswer.Unknown("PayPay does not know the payment that is to be taken back"),
        PaymentDetails.Unclear(var why) => new RefundAnswer.Unknown(why),
        _ => throw new InvalidOperationException("PaymentDetails is a closed set."),
    };
}
