using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>Reads what alarms are about. A few rows by index each: it runs each minute per city, and for /health/ready.</summary>
/// <param name="works">Asked for late: the work that watches the alarms is one of them.</param>
public sealed class AlarmMeasures(
    Database database, Clock clock, Settings settings, WebhookBacklog backlog, JobRuns runs, ProviderInstances instances, KnownRouting routing, Func<IReadOnlyList<ScheduledWork>> works, AlarmMeasures.Start start)
{
    /// <summary>When the process started: a job that never ran is late from then on.</summary>
    public sealed record Start(Instant At);

    /// <summary>captured_at and succeeded_at stand here so that the partial indexes serve.</summary>
    private static readonly Sql PaymentsInDoubt = new("""
        select cast(count(*) as bigint) as count, min(created_at) as oldest_at, min(id) as oldest_id
        from payment
        where municipality = @municipality and status = 'inDoubt' and captured_at is null
        """);

    private static readonly Sql RefundsInDoubt = new("""
        select cast(count(*) as bigint) as count, min(created_at) as oldest_at, min(id) as oldest_id
        from refund
        where municipality = @municipality and status = 'inDoubt' and succeeded_at is null
        """);

    private static readonly Sql OldestUnsealed = new("""
        select e.recorded_at
        from unsealed u
        join journal_entry e on e.municipality = u.municipality and e.id = u.item
        where u.municipality = @municipality and u.chain = @chain
        order by u.item
        {{limit 1}}
        """);

    private static readonly Sql OldestUnsealedAudit = new("""
        select e.at
        from unsealed u
        join audit_entry e on e.municipality = u.municipality and e.id = u.item
        where u.municipality = @municipality and u.chain = @chain
        order by u.item
        {{limit 1}}
        """);

    private static readonly Sql SessionsPastTheirHour = new("""
        select cast(count(*) as bigint) as count, min(id) as oldest
        from session
        where municipality = @municipality and state = 'open' and due_at is not null and due_at < @now
        """);

    /// <summary>A deadline is a whole day.</summary>
    private static readonly Sql CarriedPastTheirDeadline = new("""
        select cast(count(*) as bigint) as count, min(c.deadline) as oldest
        from payment p
        join carried_over c on c.municipality = p.municipality and c.payment = p.id
        where p.municipality = @municipality and p.status in ('created', 'pending', 'cancelling', 'inDoubt') and p.captured_at is null and c.deadline < @today
        """);

    /// <summary>A refund that waits for somebody: 110 of them were forgotten in one city (TAX-15).</summary>
    private static readonly Sql RefundsPastTheirTime = new("""
        select cast(count(*) as bigint) as count, min(id) as oldest
        from refund
        where municipality = @municipality and status in ('requested', 'awaitingApproval', 'pending') and succeeded_at is null and created_at < @before
        """);

    private AlarmSettings Thresholds => settings.Alarms;

    public async Task<IReadOnlyList<AlarmReading>> OfCity(string municipality, CancellationToken cancellation)
    {
        var now = clock.Now();
        var scope = AlarmScope.City(municipality);
        var doubtful = await database.Read(reader => Doubtful(reader, municipality, now), cancellation);
        var unsealed = Earlier(
            await database.One<long?>(OldestUnsealed, new { municipality, chain = Journal.Chain }, cancellation),
            await database.One<long?>(OldestUnsealedAudit, new { municipality, chain = AuditChain.Name }, cancellation));
        var designations = (await routing.Of(municipality)).Designations;
        return
        [
            Reading(AlarmKind.Designations, scope, AlarmRules.Designations([.. designations.Where(one => one.EndsSoon(BusinessDate.Of(now), designations))])),
            Reading(AlarmKind.InDoubt, scope, AlarmRules.InDoubt(doubtful, Thresholds.InDoubt)),
            Reading(AlarmKind.Outbox, scope, AlarmRules.Outbox(await backlog.Of(municipality, cancellation), Thresholds.Outbox)),
            Reading(AlarmKind.Unsealed, scope, AlarmRules.Unsealed(unsealed is { } since ? now - new Instant(since) : null, Thresholds.Unsealed)),
            Reading(AlarmKind.OpenSessions, scope, AlarmRules.OpenSessions(await Overdue(SessionsPastTheirHour, PublicId.Session, new { municipality, now }, cancellation))),
            Reading(AlarmKind.CarriedOver, scope, AlarmRules.CarriedOver(await Overdue(CarriedPastTheirDeadline, "", new { municipality, today = BusinessDate.Of(now) }, cancellation))),
            Reading(AlarmKind.Refunds, scope, AlarmRules.Refunds(await Overdue(RefundsPastTheirTime, PublicId.Refund, new { municipality, before = BusinessDate.Of(now).AddDays(-settings.RefundWithinDays).Begins }, cancellation), settings.RefundWithinDays)),
            Reading(AlarmKind.Jobs, scope, AlarmRules.Jobs(await Jobs(municipality, now, cancellation))),
        ];
    }

    private async Task<Overdue> Overdue(Sql sql, string prefix, object values, CancellationToken cancellation)
    {
        var row = (await database.One<OverdueRow>(sql, values, cancellation))!;
        return new Overdue(row.Count, prefix + row.Oldest);
    }

    private static long? Earlier(long? one, long? other) => one is { } first && other is { } second ? Math.Min(first, second) : one ?? other;

    /// <summary>What only this machine knows; it needs no database.</summary>
    public IReadOnlyList<AlarmReading> OfMachine()
    {
        var scope = AlarmScope.Machine(Environment.MachineName);
        return
        [
            Reading(AlarmKind.ProviderErrors, scope, AlarmRules.ProviderErrors(Calls(), Thresholds.ProviderErrorPercent)),
            Reading(AlarmKind.Disk, scope, AlarmRules.Disk(Disk.Of(settings.Directory), Thresholds.DiskFreePercent, Thresholds.DiskFreeMegabytes)),
        ];
    }

    /// <summary>Since the start. Each is somebody who knows the address of our notices but none of our payments, or a payment that a backup has lost.</summary>
    public IReadOnlyList<(string Instance, long Count)> UnknownNotices() =>
        [.. instances.All.Select(static instance => (instance.Name, instance.UnknownNotices)).Where(static one => one.UnknownNotices > 0).OrderBy(static one => one.Name, StringComparer.Ordinal)];

    private static AlarmReading Reading(AlarmKind kind, AlarmScope scope, (bool IsOn, Words Detail) measured) => new(kind, scope, measured.IsOn, measured.Detail);

    private static async Task<Doubtful?> Doubtful(Reader reader, string municipality, Instant now)
    {
        var payments = await reader.One<DoubtRow>(PaymentsInDoubt, new { municipality });
        var refunds = await reader.One<DoubtRow>(RefundsInDoubt, new { municipality });
        var found = new[] { (Row: payments!, Prefix: PublicId.Payment), (Row: refunds!, Prefix: PublicId.Refund) }.Where(static one => one.Row.Count > 0).ToList();
        if (found.Count == 0) return null;
        var (row, prefix) = found.MinBy(static one => one.Row.OldestAt);
        return new Doubtful(found.Sum(static one => one.Row.Count), now - new Instant(row.OldestAt!.Value), prefix + row.OldestId);
    }

    private async Task<IReadOnlyList<JobWatch>> Jobs(string municipality, Instant now, CancellationToken cancellation)
    {
        var silence = database.Engine == Engine.Sqlite ? TimeSpan.Zero : JobRuns.SilenceAtMost;
        var watched = new List<JobWatch>();
        foreach (var work in works())
        {
            var run = await runs.Newest(work.Work.Name, municipality, cancellation);
            var since = run is not null && run.FinishedAt > start.At ? run.FinishedAt : start.At;
            watched.Add(new JobWatch(work.Work.Name, now - since, AlarmRules.Allowed(work.Schedule.Interval ?? TimeSpan.FromDays(1), Thresholds.JobLateFactor, silence), run?.Outcome == JobOutcome.Failed));
        }

        return watched;
    }

    private List<ProviderCalls> Calls() => [.. instances.All
        .Select(static instance => (instance.Name, instance.Circuit.Recent))
        .Select(static one => new ProviderCalls(one.Name, one.Recent.Calls, one.Recent.Unwell))
        .OrderBy(static one => one.Instance, StringComparer.Ordinal)];

    private sealed class OverdueRow
    {
        public long Count { get; init; }
        public string? Oldest { get; init; }
    }

    private sealed class DoubtRow
    {
        public long Count { get; init; }
        public long? OldestAt { get; init; }
        public string? OldestId { get; init; }
    }
}

/// <summary>The drive on which a folder lies.</summary>
public static class Disk
{
    public static DiskSpace Of(string folder)
    {
        // On the server engines the folder is made with its first file.
        var existing = new DirectoryInfo(Path.GetFullPath(folder));
        while (!existing.Exists && existing.Parent is { } parent) existing = parent;
        var drive = new DriveInfo(existing.FullName);
        return new DiskSpace(Path.GetFullPath(folder), drive.AvailableFreeSpace, drive.TotalSize);
    }
}
