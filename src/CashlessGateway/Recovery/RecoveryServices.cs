using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Recovery;

/// <summary>The recovery's door for the rest of the gateway.</summary>
public static class RecoveryServices
{
    public static IServiceCollection AddRecovery(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(provider => CallLog.Open(settings.CallLog, provider.GetRequiredService<Clock>()));
        services.AddSingleton<RecoveryMode>();
        services.AddSingleton<BookFound>();
        services.AddSingleton<BookListed>();
        services.AddSingleton<AskForKnown>();
        services.AddSingleton<AskForCalled>();
        services.AddSingleton<RecoverPayments>();
        services.AddHostedService<RecoveryHost>();
        services.AddSingleton<Func<CancellationToken, Task<HealthCheck>>>(provider => _ => Task.FromResult(provider.GetRequiredService<RecoveryMode>().Check()));
        services.AddSingleton<Func<CancellationToken, Task<HealthCheck>>>(provider => _ => Task.FromResult(OfCallLog(provider.GetRequiredService<CallLog>())));
        return services;
    }

    /// <summary>Cash goes on; an order that cannot be written down is not sent.</summary>
    private static HealthCheck OfCallLog(CallLog log) => new("callLog", log.Unwell is null, Blocks: false, log.Unwell);

    /// <summary>A call log that cannot be written, and a recovery that has not ended, must be known before the first call.</summary>
    public static async Task Prepare(IServiceProvider services)
    {
        services.GetRequiredService<CallLog>();
        if (await services.GetRequiredService<RecoveryMode>().ReadAgain() is { } row) services.GetRequiredService<Clock>().NotBefore(row.RestoredAt);
    }
}
