using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>The ledger's door for the rest of the gateway.</summary>
public static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(SealedChain.OfJournal);
        services.AddSingleton(static provider => new Sealer(provider.GetRequiredService<Database>(), provider.GetRequiredService<Clock>(), SealedChain.OfJournal));
        services.AddSingleton(Anchors.At(settings));
        services.AddSingleton<Verifier>();
        services.AddSingleton<Balances>();
        services.AddSingleton<JournalList>();
        return services;
    }
}
