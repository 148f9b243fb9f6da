using CashlessGateway.Providers;
using CashlessGateway.Providers.Square;

[assembly: ProviderPlugin(typeof(SquarePlugin))]

namespace CashlessGateway.Providers.Square;

/// <summary>Square by its Terminal API, in Japan: e-money, cards and QR codes at a Square Terminal.</summary>
public sealed class SquarePlugin : IProviderPlugin
{
    /// <inheritdoc />
    public string Type => "square";

    /// <inheritdoc />
    public IProvider Open(ProviderSetup setup) => new SquareProvider(SquareSettings.From(setup), setup.Http, setup.Time);
}
