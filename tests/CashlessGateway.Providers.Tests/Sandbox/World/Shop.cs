using System.Net.Http.Json;
using System.Text.Json;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>A sandbox whose clock stands still, a merchant's program and a customer in front of it.</summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Shop(SandboxHost host, ManualTime time)
    {
        Host = host;
        Time = time;
        // A connection of its own for every call: on a kept one the client may silently repeat a call whose connection was cut.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        _http.DefaultRequestHeaders.ConnectionClose = true;
        Api = As(host.PayPay.Merchants[0]);
    }

    public SandboxHost Host { get; }

    public ManualTime Time { get; }

    public ApiClient Api { get; }

    public HttpClient Http => _http;

    public PayPaySandbox PayPay => Host.PayPay;

    public static async Task<Shop> Open(Func<SandboxOptions, SandboxOptions>? change = null, ManualTime? time = null)
    {
        time ??= ManualTime.Noon();
        var options = new SandboxOptions { Time = time };
        return new Shop(await SandboxHost.Start(change is null ? options : change(options)), time);
    }

    public ApiClient As(SandboxMerchant merchant) => new(_http, Host.Address, merchant, Time);

    /// <summary>Through the address for tests; the result in one word.</summary>
    public async Task<string> Pay(string id, string outcome = "pay")
    {
        using var response = await _http.PostAsJsonAsync(new Uri("_customer/pay", UriKind.Relative), new { merchantPaymentId = id, outcome });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result").GetString()!;
    }

    /// <summary>A code that the customer has paid; the provider's number of the payment.</summary>
    public async Task<string> Paid(string id, long amount = 300)
    {
        await Api.Create(id, amount);
        await Pay(id);
        return (await Api.Get(id)).Field("paymentId");
    }

    /// <summary>Through the address for tests, as JSON text.</summary>
    public async Task Fault(string json)
    {
        using var content = new StringContent(json);
        using var response = await _http.PostAsync(new Uri("_faults", UriKind.Relative), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }
}
