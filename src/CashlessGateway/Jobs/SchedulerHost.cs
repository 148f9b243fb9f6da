using CashlessGateway.Storage;
using Quartz;

namespace CashlessGateway.Jobs;

/// <summary>
/// Starts the scheduler once the web server answers, and tries again while it cannot start. Payments never depend on it: a
/// scheduler without its database is one line in the log and a reason on /health/ready.
/// </summary>
public sealed class SchedulerHost(
    SchedulerStore store, JobRunner runner, IEnumerable<ScheduledWork> works, SchedulerState state,
    IHostApplicationLifetime lifetime, ILoggerFactory logs) : BackgroundService
{
    /// <summary>Long enough not to fill a log while a disk is full, short enough that sealing is back before anyone asks.</summary>
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(15);

    /// <summary>Ctrl-C means now; a work stops at its next question to the database.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = logs.CreateLogger<SchedulerHost>();
    private readonly IReadOnlyList<ScheduledWork> _works = [.. works];
    private IScheduler? _scheduler;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested && !await TryStart(stoppingToken))
            await Task.Delay(RetryEvery, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is null) return;
        try
        {
            await _scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken).AsTask().WaitAsync(StopPatience, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException or SchedulerException)
        {
            _log.LogWarning("The job scheduler did not stop within {Seconds} s; what it was doing is done after the next start.", StopPatience.TotalSeconds);
        }
    }

    private async Task Started(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var onStopping = stopping.Register(() => started.TrySetCanceled(stopping));
        await started.Task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<bool> TryStart(CancellationToken stopping)
    {
        IScheduler? scheduler = null;
        try
        {
            scheduler = await store.Build(runner, _works, logs, stopping);
            foreach (var work in _works) await Schedule(scheduler, work, stopping);
            await scheduler.Start(stopping);
            _scheduler = scheduler;
            state.Runs();
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception error)
        {
            Explain(error.GetBaseException().Message);
            if (scheduler is not null) await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
            return false;
        }
    }

    private void Explain(string cause)
    {
        var reason = $"The job scheduler cannot start ({store.Place}): {cause}";
        if (state.NotRunning != reason) _log.LogError("{Reason} Payments go on; sealing, expiry and day close wait. It is tried again every {Seconds} s.", reason, RetryEvery.TotalSeconds);
        state.Stands(reason);
    }

    /// <summary>A trigger that is already as it should be stays, so that a run missed while the gateway was down is still known to be missed.</summary>
    private static async Task Schedule(IScheduler scheduler, ScheduledWork work, CancellationToken stopping)
    {
        var wanted = Trigger(work);
        var stored = await scheduler.GetTrigger(wanted.Key, stopping);
        if (stored is not null && stored.Description == wanted.Description)
        {
            // The scheduler gives a trigger up after a few database errors in a row; a start is a new beginning.
            await scheduler.ResetTriggerFromErrorState(wanted.Key, stopping);
            return;
        }

        var job = JobBuilder.Create<MunicipalityJob>().WithIdentity(work.Work.Name).Build();
        await scheduler.ScheduleJob(job, [wanted], ScheduleJobOptions.Replacing, stopping);
    }

    private static ITrigger Trigger(ScheduledWork work)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(work.Work.Name).ForJob(work.Work.Name).StartNow();
        return work.Schedule.Interval is { } interval
            ? trigger.WithDescription($"every {interval:c}")
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount)).Build()
            : trigger.WithDescription($"daily at {work.Schedule.TimeOfDay:HH:mm:ss}")
                .WithSchedule(CronScheduleBuilder.Create($"{work.Schedule.TimeOfDay.Second} {work.Schedule.TimeOfDay.Minute} {work.Schedule.TimeOfDay.Hour} * * ?")
                    .InTimeZone(Tokyo).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
    }

    /// <summary>From the system's time-zone data, because the scheduler stores a zone by its id.</summary>
    private static TimeZoneInfo Tokyo => TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
}
