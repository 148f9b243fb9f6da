using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Pages;
using CashlessGateway.Sandbox.Stripe.Wire;
using Microsoft.AspNetCore.Builder;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>A Stripe for development and tests.</summary>
public sealed class StripeHost : StandInHost
{
    private StripeHost(WebApplication app, StripeSandbox stripe) : base(app, stripe)
    {
        Stripe = stripe;
        stripe.Address = Address;
    }

    public StripeSandbox Stripe { get; }

    public static async Task<StripeHost> Start(StripeOptions options, CancellationToken cancellation = default)
    {
        var stripe = new StripeSandbox(options);
        return new StripeHost(await Run(options.Port, options.Logging, stripe, app => Map(app, stripe), cancellation), stripe);
    }

    /// <summary>Where notices of the account with this name or id go from now on.</summary>
    public void NotifyAt(string account, Uri target)
    {
        if (Stripe.Accounts.FirstOrDefault(one => one.Name == account || one.AccountId == account) is { } known) Stripe.Webhooks.SetTarget(known.AccountId, target);
    }

    private static void Map(WebApplication app, StripeSandbox stripe)
    {
        stripe.StopWith(app.Lifetime.ApplicationStopping);
        new StripeApi(stripe).Map(app);
        FaultEndpoints.Map(app, stripe.Faults);
        StripeControls.Map(app, stripe);
        StripePages.Map(app, stripe);
    }
}
