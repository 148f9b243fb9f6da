using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// 返金: POST /v2/refunds and GET /v2/refunds/{reference}. Our reference makes a repeated order one order. A refusal says nothing about an
/// earlier try whose answer was lost (its repeat is refused as "already refunded"), so PayPay is asked before a refund is called failed.
/// </summary>
internal sealed class RefundPayment(PayPayApi api)
{
    /// <summary>PayPay wants a reason and shows it in its merchant screens; the clerk's words may name a person and stay here.</summary>
    private const string Reason = "refund";

    public async Task<RefundAnswer> Run(RefundOrder order, CancellationToken cancellation) =>
        await api.Post("/v2/refunds", Body(order), cancellation) switch
        {
            PayPayAnswer.Done(false, var data) => Read(order, data),
            PayPayAnswer.Done => new RefundAnswer.Unknown("PayPay accepted a refund without saying what became of it"),
            PayPayAnswer.Refused(var refusal, var said) => await AfterRefusal(order, refusal, said, cancellation),
            PayPayAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };

    public async Task<RefundAnswer> LookUp(RefundOrder order, CancellationToken cancellation) =>
        await api.Get($"/v2/refunds/{Uri.EscapeDataString(order.Reference)}", cancellation) switch
        {
            PayPayAnswer.Done(false, var data) => Read(order, data),
            PayPayAnswer.Done => new RefundAnswer.Unknown("PayPay accepted a look-up instead of answering it"),
            PayPayAnswer.Refused(Refusal.NoSuchRefund, _) => new RefundAnswer.Absent(),
            PayPayAnswer.Refused(_, var said) => new RefundAnswer.Unknown(said),
            PayPayAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };

    private async Task<RefundAnswer> AfterRefusal(RefundOrder order, Refusal refusal, string said, CancellationToken cancellation)
    {
        var earlier = await LookUp(order, cancellation);
        if (earlier is not RefundAnswer.Absent)
            return earlier;

        // A 429 is no answer to the refund: it may go again as it is.
        return refusal == Refusal.RateLimited ? earlier : new RefundAnswer.Failed(refusal.Code(), said);
    }

    private static RefundAnswer Read(RefundOrder order, JsonElement data)
    {
        if (data.Text("merchantRefundId") != order.Reference || data.Child("amount")?.Whole("amount") != order.Amount)
            return new RefundAnswer.Unknown("PayPay answered about another refund or amount than ours");

        return data.Text("status") switch
        {
            // Created is already a promise: PayPay's own text treats both as success.
            "CREATED" or "REFUNDED" => new RefundAnswer.Succeeded(data.Instant("acceptedAt"), order.Reference),
            // Passing: PayPay tries again by night until it is REFUNDED.
            "REFUND_FAILED" => new RefundAnswer.Pending(),
            _ => new RefundAnswer.Unknown("PayPay told a refund status that is not in its documents"),
        };
    }

    private static byte[] Body(RefundOrder order) => RequestBody.Write(json =>
    {
        json.WriteString("merchantRefundId", order.Reference);
        json.WriteString("paymentId", order.ProviderReference);
        RequestBody.WriteAmount(json, order.Amount);
        json.WriteNumber("requestedAt", order.RequestedAt.ToUnixTimeSeconds());
        json.WriteString("reason", Reason);
    });
}
