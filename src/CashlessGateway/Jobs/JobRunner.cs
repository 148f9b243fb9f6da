using CashlessGateway.Money;
using CashlessGateway.Recovery;
using CashlessGateway.Storage;

namespace CashlessGateway.Jobs;

/// <summary>Runs one work for each city and leaves the record. One city's trouble does not stop the others.</summary>
public sealed class JobRunner(Database database, Clock clock, JobRuns runs, ILogger<JobRunner> log, RecoveryMode? recovery = null)
{
    private static readonly Sql Municipalities = new("""
        select code
        from municipality
        order by code
        """);

    public async Task Run(IMunicipalityWork work, int limit, CancellationToken cancellation)
    {
        if (work.WaitsForRecovery && recovery is { IsOn: true }) return;
        foreach (var municipality in await database.All<string>(Municipalities, cancellation: cancellation))
        {
            if (cancellation.IsCancellationRequested) return;
            await RunFor(municipality, work, limit, cancellation);
        }
    }

    private async Task RunFor(string municipality, IMunicipalityWork work, int limit, CancellationToken cancellation)
    {
        var startedAt = clock.Now();
        try
        {
            var done = await work.Run(municipality, limit, cancellation);
            await runs.Record(work.Name, municipality, startedAt, clock.Now(), JobOutcome.Ok, done, null, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The gateway is stopping. What is left is done after the next start.
        }
        catch (Exception error)
        {
            log.LogError(error, "Job {Job} failed for {Municipality}.", work.Name, municipality);
            await RecordFailure(municipality, work, startedAt, error);
        }
    }

    private async Task RecordFailure(string municipality, IMunicipalityWork work, Instant startedAt, Exception failure)
    {
        try
        {
            await runs.Record(work.Name, municipality, startedAt, clock.Now(), JobOutcome.Failed, 0, FailureDetail.Of(failure), CancellationToken.None);
        }
        catch (StorageUnavailableException error)
        {
            // Most often the very reason of the failure; it stands in the log, and the next run tries again.
            log.LogWarning("The failed run of {Job} could not be recorded: {Reason}", work.Name, error.Message);
        }
    }
}
