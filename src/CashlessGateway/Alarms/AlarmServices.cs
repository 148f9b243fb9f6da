using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>Alarms: their checks on /health/ready, their job and their mail.</summary>
public static class AlarmServices
{
    public static IServiceCollection AddAlarms(this IServiceCollection services, Settings settings, Instant startedAt)
    {
        services.AddSingleton(new AlarmMeasures.Start(startedAt));
        services.AddSingleton<Func<IReadOnlyList<ScheduledWork>>>(provider => () => [.. provider.GetServices<ScheduledWork>()]);
        services.AddSingleton<AlarmMeasures>();
        services.AddSingleton<AlarmStore>();
        services.AddSingleton(provider => new AlarmBoard(provider.GetRequiredService<Storage.Database>(), provider.GetRequiredService<AlarmMeasures>(), TimeProvider.System));
        if (settings.Alarms.Mail is { } mail) services.AddSingleton<IMailer>(new SmtpMailer(mail));
        // The limit is of no use here: a city has as many alarms as there are kinds.
        services.AddWork<WatchAlarms>(JobSchedule.Every(TimeSpan.FromMinutes(1), limit: 100));
        foreach (var kind in Enum.GetValues<AlarmKind>()) Check(services, (board, cancellation) => board.Check(kind, cancellation));
        Check(services, static (board, _) => Task.FromResult(board.UnknownNotices()));
        if (settings.Alarms.Mail is not null) services.AddSingleton<Func<CancellationToken, Task<HealthCheck>>>(provider => _ => Task.FromResult(provider.GetRequiredService<WatchAlarms>().Check()));
        return services;
    }

    private static void Check(IServiceCollection services, Func<AlarmBoard, CancellationToken, Task<HealthCheck>> check) =>
        services.AddSingleton<Func<CancellationToken, Task<HealthCheck>>>(provider => cancellation => check(provider.GetRequiredService<AlarmBoard>(), cancellation));
}
