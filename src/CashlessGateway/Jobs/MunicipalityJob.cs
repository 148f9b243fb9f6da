using Quartz;

namespace CashlessGateway.Jobs;

/// <summary>
/// The shell between the scheduler and every work: the job's key is the work's name. One class for all, because the scheduler
/// stores the class's name, and the database must not be tied to the names and generic arguments of our classes.
/// </summary>
[DisallowConcurrentExecution]
public sealed class MunicipalityJob(JobRunner runner, IReadOnlyList<ScheduledWork> works) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var found = works.FirstOrDefault(work => work.Work.Name == context.JobDetail.Key.Name);
        if (found is not null) await runner.Run(found.Work, found.Schedule.Limit, cancellationToken);
    }
}
