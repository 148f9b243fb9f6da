using CashlessGateway.Providers;

namespace Matomete;

/// <summary>
/// POST /v1/charges: the customer's code and an amount. Which app it is, Matomete knows by the code. The code goes into this one body and nowhere
/// else: not into a message, not into a handle.
/// </summary>
internal static class StartCharge
{
    private const int LongestText = 100;

    public static async Task<ProviderAnswer> Run(MatometeApi api, PaymentOrder order, CancellationToken cancellation)
    {
        if (order.Method != "qr" || order.Presentation != "customerCode") return new ProviderAnswer.Declined("method-not-offered", "Matomete takes the codes that customers show, and nothing else");
        if (order.CustomerCode is not { Length: > 0 } code) return new ProviderAnswer.Declined("code-missing", "there is no customer's code in the order");
        return await api.Post("/v1/charges", order.Reference, Body(order, code), cancellation) switch
        {
            MatometeAnswer.Done(var body) => Charge.Read(body, order.Reference),
            MatometeAnswer.Refused("order_in_progress" or "idempotency_mismatch", var said) => new ProviderAnswer.Unknown(said),   // an earlier try was faster: the look-up tells
            MatometeAnswer.Refused(var refusal, var said) => new ProviderAnswer.Declined(refusal.Replace('_', '-'), said),
            MatometeAnswer.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
        };
    }

    private static byte[] Body(PaymentOrder order, string code) => RequestBody.Write(json =>
    {
        json.WriteString("orderId", order.Reference);
        json.WriteNumber("amount", order.Amount);
        json.WriteString("currency", "JPY");
        json.WriteString("customerCode", code);
        json.WriteString("requestedAt", order.RequestedAt.UtcDateTime);
        json.WriteString("shop", order.PlaceCode);
        if (order.Terminal is { } terminal) json.WriteString("terminal", terminal);
        json.WriteString("description", Cut(order.Description));
    });

    /// <summary>Between two characters as people see them, so that no half of 𠮷 or of が (two code points) is left over.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= LongestText) return text;
        var end = 0;
        while (end + System.Globalization.StringInfo.GetNextTextElementLength(text, end) is var next && next <= LongestText) end = next;
        return text[..end];
    }
}
