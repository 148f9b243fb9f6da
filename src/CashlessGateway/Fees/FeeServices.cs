using CashlessGateway.Audit;

namespace CashlessGateway.Fees;

/// <summary>The catalogue: what may be charged, since when, by whose approval.</summary>
public static class FeeServices
{
    public static IServiceCollection AddFees(this IServiceCollection services)
    {
        services.AddSingleton<KnownFees>();
        services.AddSingleton<ProposeFees>();
        services.AddSingleton<ImportFees>();
        return services.AddSingleton(static provider => FeeProposal.Kind(provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<KnownFees>()));
    }
}
