using CashlessGateway.Providers;
using Matomete;

[assembly: ProviderPlugin(typeof(MatometePlugin))]

namespace Matomete;

/// <summary>Matomete (まとめて), an aggregator that does not exist: one contract and one scan for the codes of many payment apps.</summary>
public sealed class MatometePlugin : IProviderPlugin
{
    /// <inheritdoc />
    public string Type => "matomete";

    /// <inheritdoc />
    public IProvider Open(ProviderSetup setup) => new MatometeProvider(MatometeSettings.From(setup), setup.Http);
}
