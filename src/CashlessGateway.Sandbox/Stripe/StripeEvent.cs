using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>A signed notice. Each try is signed anew with the time of the try; the body stays the same.</summary>
internal sealed record StripeEvent(string Type, string Reference, JsonObject About) : INotice
{
    /// <summary>In a sandbox Stripe tries three more times over some hours; and a receiver has some seconds to answer.</summary>
    public static WebhookPlan Plan { get; } = new(TimeSpan.FromSeconds(10), [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(2)]);

    public string Id { get; init; } = Ids.New("evt_");

    public required StripeAccount Account { get; init; }

    public required TimeProvider Time { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Secret { get; init; }

    public string Merchant => Account.AccountId;

    public HttpRequestMessage Request(Uri target)
    {
        var body = Body();
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", Sign(body));
        return request;
    }

    /// <summary>Somebody who knows the address and the reference, but not the secret.</summary>
    public INotice Forged() => this with { Id = Ids.New("evt_"), Secret = "whsec_of_somebody_else" };

    private byte[] Body() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["id"] = Id,
        ["object"] = "event",
        ["api_version"] = "2026-08-26.dahlia",
        ["created"] = Created.ToUnixTimeSeconds(),
        ["data"] = new JsonObject { ["object"] = About.DeepClone() },
        ["livemode"] = false,
        ["pending_webhooks"] = 1,
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
        ["type"] = Type,
    }.ToJsonString());

    private string Sign(byte[] body)
    {
        var time = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.UTF8.GetBytes(time + "."), .. body]);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
