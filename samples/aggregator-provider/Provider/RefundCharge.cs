using System.Text.Json;
using CashlessGateway.Providers;

namespace Matomete;

/// <summary>
/// POST /v1/refunds and GET /v1/refunds/{refundId}. Our reference makes a repeat one order. A refusal says nothing about an earlier try whose answer
/// was lost, so Matomete is asked before a refund is called failed.
/// </summary>
internal static class RefundCharge
{
    public const string IdPrefix = "rf_";

    public static async Task<RefundAnswer> Run(MatometeApi api, RefundOrder order, CancellationToken cancellation) =>
        await api.Post("/v1/refunds", order.Reference, Body(order), cancellation) switch
        {
            MatometeAnswer.Done(var body) => Read(body, order),
            MatometeAnswer.Refused(var refusal, var said) => await LookUp(api, order, cancellation) switch
            {
                // A 429 is no answer to the refund: it may go again as it is.
                RefundAnswer.Absent when refusal is not ("rate_limited" or "order_in_progress") => new RefundAnswer.Failed(refusal.Replace('_', '-'), said),
                var earlier => earlier,
            },
            MatometeAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
        };

    public static async Task<RefundAnswer> LookUp(MatometeApi api, RefundOrder order, CancellationToken cancellation) =>
        await api.Get($"/v1/refunds/{Uri.EscapeDataString(order.Reference)}", cancellation) switch
        {
            MatometeAnswer.Done(var body) => Read(body, order),
            MatometeAnswer.Refused("refund_not_found", _) => new RefundAnswer.Absent(),
            MatometeAnswer.Refused(_, var said) => new RefundAnswer.Unknown(said),
            MatometeAnswer.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
        };

    private static RefundAnswer Read(JsonElement body, RefundOrder order)
    {
        if (body.Text("refundId") != order.Reference || body.Whole("amount") != order.Amount || body.Text("currency") != "JPY")
            return new RefundAnswer.Unknown("Matomete answered about another refund or amount than ours");
        return body.Text("status") switch
        {
            "done" => new RefundAnswer.Succeeded(body.Time("doneAt"), body.Id("refundNumber", IdPrefix)),
            "accepted" => new RefundAnswer.Pending(),
            "failed" => new RefundAnswer.Failed("failed", null),
            _ => new RefundAnswer.Unknown("Matomete told a refund status that is not in its documents"),
        };
    }

    private static byte[] Body(RefundOrder order) => RequestBody.Write(json =>
    {
        json.WriteString("refundId", order.Reference);
        json.WriteString("chargeId", order.ProviderReference);
        json.WriteNumber("amount", order.Amount);
        json.WriteString("currency", "JPY");
    });
}
