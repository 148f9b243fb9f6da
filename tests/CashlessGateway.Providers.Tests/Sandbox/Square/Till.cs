using System.Net;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

/// <summary>A seller's program that calls the stand-in over HTTP, and a clock that stands still.</summary>
internal sealed class Till : IAsyncDisposable
{
    public const string Reference = "R08_1";

    private readonly HttpClient _http;

    private Till(SquareHost host, ManualTime time)
    {
        Host = host;
        Time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
    }

    public SquareHost Host { get; }

    public ManualTime Time { get; }

    public SquareSandbox Square => Host.Square;

    public string Token { get; set; } = SquareSeller.Demo.AccessToken;

    public string? Version { get; set; } = "2025-08-20";

    public static async Task<Till> Open(SquareOptions? options = null, ManualTime? time = null)
    {
        time ??= ManualTime.Noon();
        return new Till(await SquareHost.Start((options ?? new SquareOptions()) with { Time = time }), time);
    }

    /// <summary>The request of Square's own example, in yen.</summary>
    public static string Checkout(string key = "28a0c3bc-7839-11ea-bc55-0242ac130003", string reference = Reference, long amount = 300, string type = "CARD_PRESENT") =>
        $$"""
        {"idempotency_key":"{{key}}","checkout":{"amount_money":{"amount":{{amount}},"currency":"JPY"},"reference_id":"{{reference}}","note":"住民票の写し","payment_type":"{{type}}",
         "device_options":{"device_id":"{{SquareDevice.Demo.Id}}","skip_receipt_screen":true} } }
        """;

    public async Task<(HttpStatusCode Status, JsonElement Json)> Send(HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        if (Version is not null) request.Headers.TryAddWithoutValidation("Square-Version", Version);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(text) : JsonSerializer.SerializeToElement(text));
    }

    public Task<(HttpStatusCode Status, JsonElement Json)> Post(string path, string? body = null) => Send(HttpMethod.Post, path, body);

    public Task<(HttpStatusCode Status, JsonElement Json)> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>"code of the first error, and its field".</summary>
    public async Task<string> Refused(HttpMethod method, string path, string? body = null)
    {
        var (_, json) = await Send(method, path, body);
        var error = json.GetProperty("errors")[0];
        return error.GetProperty("code").GetString() + (error.TryGetProperty("field", out var field) ? " " + field.GetString() : "");
    }

    /// <summary>A checkout that was begun; its id.</summary>
    public async Task<string> Begun(string type = "CARD_PRESENT")
    {
        var (status, json) = await Post("/v2/terminals/checkouts", Checkout(type: type));
        Assert.Equal(HttpStatusCode.OK, status);
        return json.GetProperty("checkout").GetProperty("id").GetString()!;
    }

    /// <summary>As the wire says it now.</summary>
    public async Task<string> StatusOf(string checkout) => (await Get($"/v2/terminals/checkouts/{checkout}")).Json.GetProperty("checkout").GetProperty("status").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }
}
