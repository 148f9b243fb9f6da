using CashlessGateway.Providers;
using CashlessGateway.Providers.Stripe;

[assembly: ProviderPlugin(typeof(StripePlugin))]

namespace CashlessGateway.Providers.Stripe;

/// <summary>Stripe: cards on Stripe's own page, and at a reader on the counter.</summary>
public sealed class StripePlugin : IProviderPlugin
{
    /// <inheritdoc />
    public string Type => "stripe";

    /// <inheritdoc />
    public IProvider Open(ProviderSetup setup) => new StripeProvider(StripeSettings.From(setup), setup.Http, setup.Time);
}
