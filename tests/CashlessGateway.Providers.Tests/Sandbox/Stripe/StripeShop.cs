using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

/// <summary>A stand-in whose clock stands still, and a merchant's program in front of it that is not our adapter.</summary>
public sealed class StripeShop : IAsyncDisposable
{
    public const string Device = "tmr_counter1";

    private StripeShop(StripeHost host, ManualTime time)
    {
        Host = host;
        Time = time;
        // A connection of its own for every call: on a kept one the client may silently repeat a call whose connection was cut.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        Http.DefaultRequestHeaders.ConnectionClose = true;
    }

    public StripeHost Host { get; }

    public ManualTime Time { get; }

    public HttpClient Http { get; }

    public StripeSandbox Stripe => Host.Stripe;

    public static async Task<StripeShop> Open(Func<StripeOptions, StripeOptions>? change = null, ManualTime? time = null)
    {
        time ??= ManualTime.Noon();
        var options = new StripeOptions { Time = time, Readers = [new StripeReader(Device, "窓口1")] };
        return new StripeShop(await StripeHost.Start(change is null ? options : change(options)), time);
    }

    /// <summary>The parameters of a page for 300 yen.</summary>
    public string Page(string reference = "pay_1", string more = "") =>
        $"mode=payment&payment_method_types[0]=card&line_items[0][quantity]=1&line_items[0][price_data][currency]=jpy&line_items[0][price_data][unit_amount]=300&line_items[0][price_data][product_data][name]=住民票"
        + $"&client_reference_id={reference}&payment_intent_data[metadata][payment_id]={reference}&success_url=https://city.example.jp/ok&cancel_url=https://city.example.jp/no"
        + $"&expires_at={Time.GetUtcNow().AddMinutes(32).ToUnixTimeSeconds()}{more}";

    public Task<StripeReply> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<StripeReply> Post(string path, string form = "", string? key = null, string authorization = "Bearer sk_test_sandboxdemo", string? version = null) => Send(HttpMethod.Post, path, form, key, authorization, version);

    public async Task<StripeReply> Send(HttpMethod method, string path, string? form, string? key = null, string? authorization = "Bearer sk_test_sandboxdemo", string? version = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (version is not null) request.Headers.Add("Stripe-Version", version);
        if (form is not null) request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await Http.SendAsync(request);
        return new StripeReply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotent-Replayed"));
    }

    /// <summary>A page that was paid; the id of its payment.</summary>
    public async Task<string> Paid(string reference = "pay_1")
    {
        await Post("v1/checkout/sessions", Page(reference));
        Assert.True(Stripe.Pay(reference));
        return Stripe.Money().Last(money => money.Reference == reference).ProviderReference!;
    }

    /// <summary>Through the address for tests.</summary>
    public async Task<JsonElement> Control(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
public sealed record StripeReply(int Status, string Text, bool Replayed)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Id => Field("id")!;

    public string? Error => Json.GetProperty("error").TryGetProperty("code", out var code) ? code.GetString() : Json.GetProperty("error").GetProperty("type").GetString();

    public string? Param => Json.GetProperty("error").TryGetProperty("param", out var param) ? param.GetString() : null;

    public IReadOnlyList<JsonElement> Data => [.. Json.GetProperty("data").EnumerateArray()];

    public string? Field(string name) => Json.GetProperty(name).GetString();
}
