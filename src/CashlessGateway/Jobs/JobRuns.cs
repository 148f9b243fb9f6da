using System.Collections.Concurrent;
using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Jobs;

public enum JobOutcome
{
    Ok,
    Failed,
}

/// <summary>One run of one job for one city, as a person reads it.</summary>
public sealed record JobRun(string Job, string Municipality, string Node, Instant StartedAt, Instant FinishedAt, JobOutcome Outcome, int Done, string? Detail);

/// <summary>
/// The record of what ran. A run that did nothing is written once an hour only, and the same failure once a minute: a job of
/// five seconds would otherwise write 17,000 rows a day that say nothing.
/// </summary>
public sealed class JobRuns(Database database, Ids ids)
{
    /// <summary>How long an idle job leaves no row: who looks at the rows of another node must allow for it.</summary>
    internal static readonly TimeSpan SilenceAtMost = TimeSpan.FromHours(1);
    private static readonly TimeSpan SameFailureEvery = TimeSpan.FromMinutes(1);

    /// <summary>A year and its 出納整理期間 audit; older runs prove nothing any more.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private static readonly string Node = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    private static readonly Sql Insert = new("""
        insert into job_run (id, job, municipality, node, started_at, finished_at, outcome, done, detail)
        values (@id, @job, @municipality, @node, @startedAt, @finishedAt, @outcome, @done, @detail)
        """);

    private static readonly Sql IsThere = new("""
        select 1
        from job_run
        where id = @id
        """);

    private static readonly Sql DeleteOld = new("""
        delete from job_run
        where id in (
            select id
            from job_run
            where municipality = @municipality
                and job = @job
                and started_at < @before
            order by started_at
            {{limit 500}})
        """);

    private static readonly Sql LastOfEach = new("""
        select r.job, r.municipality, r.node, r.started_at, r.finished_at, r.outcome, r.done, r.detail
        from job_run r
        where not exists (
            select 1
            from job_run later
            where later.municipality = r.municipality
                and later.job = r.job
                and (later.started_at > r.started_at or (later.started_at = r.started_at and later.id > r.id)))
        order by r.job, r.municipality
        """);

    private static readonly Sql LastOf = new("""
        select job, municipality, node, started_at, finished_at, outcome, done, detail
        from job_run
        where municipality = @municipality and job = @job
        order by started_at desc
        {{limit 1}}
        """);

    private readonly ConcurrentDictionary<(string Job, string Municipality), JobRun> _written = new();

    /// <summary>This process's own runs, also those that are not worth a row.</summary>
    private readonly ConcurrentDictionary<(string Job, string Municipality), JobRun> _ran = new();

    public async Task Record(string job, string municipality, Instant startedAt, Instant finishedAt, JobOutcome outcome, int done, string? detail, CancellationToken cancellation = default)
    {
        var run = new JobRun(job, municipality, Node, startedAt, finishedAt, outcome, done, detail);
        _ran[(job, municipality)] = run;
        if (!IsWorthARow(run, _written.GetValueOrDefault((job, municipality)))) return;
        var row = new
        {
            id = ids.Next(),
            job,
            municipality,
            node = Node,
            startedAt,
            finishedAt,
            outcome = Names.Of(outcome),
            done = (long)done,
            detail,
            before = startedAt.Plus(-Kept),
        };
        await database.WriteSurely(async unit =>
        {
            await unit.Execute(Insert, row);
            return await unit.Execute(DeleteOld, row);
        }, ReadBack.ByRow(IsThere, row), cancellation);
        _written[(job, municipality)] = run;
    }

    /// <summary>The last recorded run of each job and city, for /health/ready.</summary>
    public async Task<IReadOnlyList<JobRun>> Last(CancellationToken cancellation = default) =>
        (await database.All<Row>(LastOfEach, cancellation: cancellation)).ConvertAll(static row => row.ToRun());

    /// <summary>The last run of a job for a city, this process's or a recorded one. Null when there was none.</summary>
    public async Task<JobRun?> Newest(string job, string municipality, CancellationToken cancellation = default)
    {
        var own = _ran.GetValueOrDefault((job, municipality));
        var recorded = (await database.One<Row>(LastOf, new { municipality, job }, cancellation))?.ToRun();
        return recorded is null || own?.StartedAt >= recorded.StartedAt ? own : recorded;
    }

    internal static bool IsWorthARow(JobRun run, JobRun? before) => (run, before) switch
    {
        (_, null) => true,
        _ when run.Outcome != before.Outcome => true,
        ({ Outcome: JobOutcome.Failed }, _) => run.Detail != before.Detail || run.FinishedAt - before.FinishedAt >= SameFailureEvery,
        _ => run.Done > 0 || run.FinishedAt - before.FinishedAt >= SilenceAtMost,
    };

    private sealed record Row
    {
        public required string Job { get; init; }
        public required string Municipality { get; init; }
        public required string Node { get; init; }
        public Instant StartedAt { get; init; }
        public Instant? FinishedAt { get; init; }
        public required string Outcome { get; init; }
        public long Done { get; init; }
        public string? Detail { get; init; }

        public JobRun ToRun() => new(Job, Municipality, Node, StartedAt, FinishedAt ?? StartedAt, Names.Parse<JobOutcome>(Outcome), checked((int)Done), Detail);
    }
}
