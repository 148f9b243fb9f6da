using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Pages;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Sandbox.PayPay.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace CashlessGateway.Sandbox;

/// <summary>
/// A provider's server for development and tests, on a loopback port of its own. Disposing it frees the port; a new one started
/// on the same port with the same <see cref="SandboxOptions.StateFile"/> goes on with the same truth.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, PayPaySandbox payPay, Uri address)
    {
        _app = app;
        PayPay = payPay;
        Address = address;
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address { get; }

    public PayPaySandbox PayPay { get; }

    public static async Task<SandboxHost> Start(SandboxOptions options, CancellationToken cancellation = default)
    {
        var payPay = new PayPaySandbox(options);
        var app = LoopbackServer.Build(options.Port, options.Logging);
        try
        {
            payPay.StopWith(app.Lifetime.ApplicationStopping);
            Map(app, payPay);
            await app.StartAsync(cancellation);
            payPay.Address = LoopbackServer.AddressOf(app);
            return new SandboxHost(app, payPay, payPay.Address);
        }
        catch
        {
            await app.DisposeAsync();
            await payPay.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where notices of the contract with this name or merchant id go from now on.</summary>
    public void NotifyAt(string merchantName, Uri target)
    {
        if (PayPay.Merchants.FirstOrDefault(merchant => merchant.Name == merchantName || merchant.MerchantId == merchantName) is { } known) PayPay.Webhooks.SetTarget(known.MerchantId, target);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await PayPay.DisposeAsync();
    }

    private static void Map(WebApplication app, PayPaySandbox payPay)
    {
        new PayPayApi(payPay).Map(app);
        FaultEndpoints.Map(app, payPay.Faults);
        TruthEndpoints.Map(app, payPay);
        CustomerEndpoints.Map(app, payPay);
        CustomerPages.Map(app, payPay);
    }
}
