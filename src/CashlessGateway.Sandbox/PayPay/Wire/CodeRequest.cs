using System.Text.Json;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>What POST /v2/codes asks for.</summary>
internal sealed record CodeRequest(string MerchantPaymentId, long Amount)
{
    private const int MostItems = 100;

    public string? OrderDescription { get; init; }

    public string? StoreId { get; init; }

    public string? StoreInfo { get; init; }

    public string? TerminalId { get; init; }

    public string? RedirectUrl { get; init; }

    public string? RedirectType { get; init; }

    public long? RequestedAt { get; init; }

    public JsonElement? OrderItems { get; init; }

    public JsonElement? Metadata { get; init; }

    public static (CodeRequest? Request, ApiAnswer? Problem) Read(byte[] body)
    {
        if (Fields.Parse(body) is not { } fields) return (null, Refusals.Invalid("body"));
        var request = new CodeRequest(fields.Id("merchantPaymentId"), fields.Yen("amount", lowest: 1))
        {
            OrderDescription = fields.Text("orderDescription"),
            StoreId = fields.Text("storeId"),
            StoreInfo = fields.Text("storeInfo"),
            TerminalId = fields.Text("terminalId"),
            RedirectUrl = fields.Text("redirectUrl"),
            RedirectType = fields.OneOf("redirectType", "WEB_LINK", "APP_DEEP_LINK"),
            RequestedAt = fields.Number("requestedAt"),
            OrderItems = Items(fields),
            Metadata = fields.Object("metadata"),
        };
        if (fields.RequiredText("codeType") != "ORDER_QR") fields.Wrong(Refusals.Invalid("codeType"));
        // Pre-authorisation is another product with other states; no adapter of this project uses it.
        if (fields.Flag("isAuthorization")) fields.Wrong(Refusals.BadCode);
        return fields.Problem is null ? (request, null) : (null, fields.Problem);
    }

    private static JsonElement? Items(Fields fields)
    {
        if (fields.List("orderItems") is not { } items) return null;
        if (items.GetArrayLength() > MostItems) fields.Wrong(Refusals.Invalid("orderItems"));
        foreach (var json in items.EnumerateArray().Take(MostItems))
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                fields.Wrong(Refusals.Invalid("orderItems"));
                break;
            }

            var item = new Fields(json);
            item.RequiredText("name");
            item.Text("category");
            item.Text("productId");
            item.RequiredNumber("quantity", lowest: 1);
            item.Yen("unitPrice", lowest: 0);
            fields.Wrong(item.Problem);
        }

        return items;
    }
}
