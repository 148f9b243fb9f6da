using CashlessGateway.Ledger;

namespace CashlessGateway.Jobs;

/// <summary>What runs by itself. Adding a job is one line: its work and its schedule.</summary>
public static class JobList
{
    /// <summary>40 full blocks of the chain; at 5 s that is 4,000 entries a second.</summary>
    private const int SealedPerRun = 20_000;

    public static IServiceCollection AddJobs(this IServiceCollection services, Settings settings, string schedulerConnectionString)
    {
        services.AddSingleton(new SchedulerState(settings.Jobs));
        services.AddSingleton<JobRuns>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton(new SchedulerStore(settings.Engine, schedulerConnectionString));
        services.AddWork<SealingWork>(JobSchedule.Every(settings.SealEvery, SealedPerRun));
        if (settings.Jobs) services.AddHostedService<SchedulerHost>();
        return services;
    }

    public static IServiceCollection AddWork<TWork>(this IServiceCollection services, JobSchedule schedule) where TWork : class, IMunicipalityWork
    {
        services.AddSingleton<TWork>();
        return services.AddSingleton(provider => new ScheduledWork(provider.GetRequiredService<TWork>(), schedule));
    }
}
