using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Pages;
using CashlessGateway.Sandbox.Stripe.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>
/// A Stripe for development and tests, on a loopback port of its own. Disposing it frees the port; a new one started on the same port
/// with the same <see cref="StripeOptions.StateFile"/> goes on with the same truth.
/// </summary>
public sealed class StripeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StripeHost(WebApplication app, StripeSandbox stripe, Uri address)
    {
        _app = app;
        Stripe = stripe;
        Address = address;
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address { get; }

    public StripeSandbox Stripe { get; }

    public static async Task<StripeHost> Start(StripeOptions options, CancellationToken cancellation = default)
    {
        var stripe = new StripeSandbox(options);
        var app = LoopbackServer.Build(options.Port, options.Logging);
        try
        {
            stripe.StopWith(app.Lifetime.ApplicationStopping);
            Map(app, stripe);
            await app.StartAsync(cancellation);
            stripe.Address = LoopbackServer.AddressOf(app);
            return new StripeHost(app, stripe, stripe.Address);
        }
        catch
        {
            await app.DisposeAsync();
            await stripe.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where notices of the account with this name or id go from now on.</summary>
    public void NotifyAt(string account, Uri target)
    {
        if (Stripe.Accounts.FirstOrDefault(one => one.Name == account || one.AccountId == account) is { } known) Stripe.Webhooks.SetTarget(known.AccountId, target);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    private static void Map(WebApplication app, StripeSandbox stripe)
    {
        new StripeApi(stripe).Map(app);
        FaultEndpoints.Map(app, stripe.Faults);
        StripeControls.Map(app, stripe);
        StripePages.Map(app, stripe);
    }
}
