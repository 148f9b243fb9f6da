using System.Text;
using System.Text.Json.Nodes;
using CashlessGateway.Sandbox;

namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>A merchant's program that calls the sandbox over HTTP.</summary>
public sealed class ApiClient(HttpClient http, Uri address, SandboxMerchant merchant, TimeProvider time)
{
    public const string Json = "application/json";

    public Task<Answer> Create(string id, long amount = 300, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["merchantPaymentId"] = id,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "JPY" },
            ["codeType"] = "ORDER_QR",
        };
        change?.Invoke(body);
        return Post("/v2/codes", body);
    }

    public Task<Answer> Get(string id) => Call(HttpMethod.Get, "/v2/codes/payments/" + id);

    public Task<Answer> GetNative(string id) => Call(HttpMethod.Get, "/v2/payments/" + id);

    public Task<Answer> Cancel(string id) => Call(HttpMethod.Delete, "/v2/payments/" + id);

    public Task<Answer> DeleteCode(string codeId) => Call(HttpMethod.Delete, "/v2/codes/" + codeId);

    public Task<Answer> Refund(string id, string paymentId, long amount, string path = "/v2/refunds") => Post(path, new JsonObject
    {
        ["merchantRefundId"] = id,
        ["paymentId"] = paymentId,
        ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "JPY" },
        ["requestedAt"] = time.GetUtcNow().ToUnixTimeSeconds(),
        ["reason"] = "重複",
    });

    public Task<Answer> GetRefund(string id) => Call(HttpMethod.Get, "/v2/refunds/" + id);

    public Task<Answer> Post(string path, JsonNode body) => Call(HttpMethod.Post, path, body.ToJsonString());

    public Task<Answer> Call(HttpMethod method, string path, string body = "", string contentType = Json, string? assume = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var authorization = Signer.Authorization(merchant.ApiKey, merchant.Secret, method.Method, path, bytes, contentType, time.GetUtcNow().ToUnixTimeSeconds());
        return Send(method, path, authorization, bytes, contentType, assume);
    }

    /// <summary>With a header that the caller made.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, string authorization, byte[] body, string contentType, string? assume = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (assume is not null) request.Headers.Add("X-ASSUME-MERCHANT", assume);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
