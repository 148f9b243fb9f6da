using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The provider's notice about a payment: unsigned, without a number of its own, without a promise to arrive.</summary>
internal sealed record TransactionNotice(
    [property: JsonPropertyName("merchant_id")] string MerchantId,
    [property: JsonPropertyName("store_id")] string StoreId,
    [property: JsonPropertyName("pos_id")] string PosId,
    [property: JsonPropertyName("order_id")] string OrderId,
    [property: JsonPropertyName("merchant_order_id")] string MerchantOrderId,
    [property: JsonPropertyName("paid_at")] string? PaidAt,
    [property: JsonPropertyName("order_amount")] long OrderAmount,
    [property: JsonPropertyName("state")] string State) : INotice
{
    // "By type": two seconds per try, at most three more tries 100 ms apart.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static WebhookPlan Plan { get; } = new(TimeSpan.FromSeconds(2), [Pause, Pause, Pause]);

    [JsonIgnore]
    public string Merchant => MerchantId;

    [JsonIgnore]
    public string Reference => MerchantOrderId;

    [JsonPropertyName("notification_type")]
    public string NotificationType => "Transaction";

    /// <summary>Of pre-authorisation only; sent as null.</summary>
    [JsonPropertyName("authorized_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? AuthorizedAt => null;

    [JsonPropertyName("expires_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ExpiresAt => null;

    public static TransactionNotice Of(BookEntry entry, string state) => new(
        entry.Order.MerchantId,
        entry.Order.StoreId ?? "",
        entry.Order.TerminalId ?? "",
        entry.Progress.PaymentId ?? "",
        entry.Order.MerchantPaymentId,
        entry.Progress.PaidAt is { } paid ? JapanTime.Write(paid, "yyyy-MM-dd'T'HH:mm:ssK") : null,
        entry.Order.Amount,
        state);

    public HttpRequestMessage Request(Uri target)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(this, SandboxJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
    }

    public INotice Forged() => this with { OrderId = Numbers.NewPaymentId(), OrderAmount = OrderAmount + 1, State = "COMPLETED" };
}
