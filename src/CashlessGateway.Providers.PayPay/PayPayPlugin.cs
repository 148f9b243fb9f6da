using CashlessGateway.Providers;
using CashlessGateway.Providers.PayPay;

[assembly: ProviderPlugin(typeof(PayPayPlugin))]

namespace CashlessGateway.Providers.PayPay;

/// <summary>PayPay by its Open Payment API: a code on our screen, paid in the customer's app.</summary>
public sealed class PayPayPlugin : IProviderPlugin
{
    /// <inheritdoc />
    public string Type => "paypay";

    /// <inheritdoc />
    public IProvider Open(ProviderSetup setup) => new PayPayProvider(PayPaySettings.From(setup), setup.Http, setup.Time);
}
