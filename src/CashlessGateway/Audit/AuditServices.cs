using CashlessGateway.Jobs;

namespace CashlessGateway.Audit;

/// <summary>The audit trail: its parts and its two jobs. Its chain is sealed with the journal's.</summary>
public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RefusedAccess>();
        services.AddSingleton<SettingsSeen>();
        services.AddSingleton(AuditChain.Chain);
        services.AddSingleton(AuditAnchors.At(settings));
        services.AddSingleton<AuditVerifier>();
        // After the day's close and before people come; 100,000 are more than a day's entries of a large city.
        services.AddWork<RedactAudit>(JobSchedule.DailyAt(new TimeOnly(3, 20), limit: 100_000));
        services.AddWork<AnchorAudit>(JobSchedule.DailyAt(new TimeOnly(3, 40), limit: 1));
        return services;
    }
}
