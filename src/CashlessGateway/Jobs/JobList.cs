using CashlessGateway.Ledger;

namespace CashlessGateway.Jobs;

/// <summary>What runs by itself. A job is one line in Gateway.cs: its work and its schedule.</summary>
public static class JobList
{
    public static IServiceCollection AddJobs(this IServiceCollection services, Settings settings, string schedulerConnectionString)
    {
        services.AddSingleton(new SchedulerState(settings.Jobs));
        services.AddSingleton<JobRuns>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton(new SchedulerStore(settings.Engine, schedulerConnectionString));
        if (settings.Jobs) services.AddHostedService<SchedulerHost>();
        return services;
    }

    public static IServiceCollection AddWork<TWork>(this IServiceCollection services, JobSchedule schedule) where TWork : class, IMunicipalityWork
    {
        services.AddSingleton<TWork>();
        return services.AddSingleton(provider => new ScheduledWork(provider.GetRequiredService<TWork>(), schedule));
    }
}
