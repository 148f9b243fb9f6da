using System.Text.Json;
using System.Text.Json.Nodes;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>The answer of POST /v2/codes.</summary>
internal sealed record CodeCreated(string CodeId, string Url, string Deeplink, long ExpiryDate, string MerchantPaymentId, Money Amount)
{
    public string CodeType => "ORDER_QR";

    public bool IsAuthorization => false;

    public string? OrderDescription { get; init; }

    public string? StoreId { get; init; }

    public string? StoreInfo { get; init; }

    public string? TerminalId { get; init; }

    public string? RedirectUrl { get; init; }

    public string? RedirectType { get; init; }

    public long? RequestedAt { get; init; }

    public JsonNode? OrderItems { get; init; }

    public JsonElement? Metadata { get; init; }

    public static CodeCreated Of(CodeOrder order, Uri address)
    {
        var url = new Uri(address, "pay/" + order.CodeId).AbsoluteUri;
        return new CodeCreated(
            order.CodeId,
            url,
            "paypay://payment?link_key=" + Uri.EscapeDataString(url),
            order.ExpiresAt.ToUnixTimeSeconds(),
            order.MerchantPaymentId,
            new Money(order.Amount))
        {
            OrderDescription = order.OrderDescription,
            StoreId = order.StoreId,
            StoreInfo = order.StoreInfo,
            TerminalId = order.TerminalId,
            RedirectUrl = order.RedirectUrl,
            RedirectType = order.RedirectType,
            RequestedAt = order.RequestedAt,
            OrderItems = WithUnderscore(order.OrderItems),
            Metadata = order.Metadata,
        };
    }

    /// <summary>This one answer of the provider says unit_price where its request and its look-up say unitPrice.</summary>
    private static JsonArray? WithUnderscore(JsonElement? items)
    {
        if (items is not { } list) return null;
        return new JsonArray([.. list.EnumerateArray().Select(item => (JsonNode)new JsonObject(
            item.EnumerateObject().Select(field => KeyValuePair.Create(
                field.NameEquals("unitPrice") ? "unit_price" : field.Name,
                JsonSerializer.SerializeToNode(field.Value)))))]);
    }
}

/// <summary>Money on the wire: a whole number of yen, never a text.</summary>
internal sealed record Money(long Amount)
{
    public string Currency { get; init; } = "JPY";
}
