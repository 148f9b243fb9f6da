using CashlessGateway.Exceptions;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>The one row that says that this database was restored, and from when on it knows nothing.</summary>
public sealed record RecoveryRow
{
    public const string Recovering = "recovering";

    public string State { get; init; } = "";
    public Instant Since { get; init; }
    public Instant RestoredAt { get; init; }
    public Instant? FinishedAt { get; init; }
    public string? Note { get; init; }

    public bool IsOn => State == Recovering;
}

/// <summary>How many, and how much.</summary>
public sealed record FoundSum
{
    public long Count { get; init; }
    public Yen Amount { get; init; }
}

/// <summary>The recovery as it lies in the database.</summary>
public static class RecoveryStore
{
    private static readonly Sql DeleteAnswers = new("delete from recovery_answer");

    private static readonly Sql Delete = new("delete from recovery");

    private static readonly Sql Insert = new("""
        insert into recovery (id, state, since, restored_at, from_date, to_date)
        values (1, 'recovering', @since, @now, @from, @to)
        """);

    private static readonly Sql SetDone = new("""
        update recovery
        set state = 'done', finished_at = @now, note = @note
        where id = 1 and state = 'recovering'
        """);

    private static readonly Sql FindRow = new("""
        select state, since, restored_at, finished_at, note
        from recovery
        where id = 1
        """);

    private static readonly Sql DeleteAnswer = new("delete from recovery_answer where instance = @instance");

    private static readonly Sql InsertAnswer = new("""
        insert into recovery_answer (instance, way, answered_at)
        values (@instance, @way, @now)
        """);

    private static readonly Sql ListAnswers = new("""
        select instance
        from recovery_answer
        order by instance
        """);

    /// <summary>Payments that the backup knew as unfinished and that were found to be paid.</summary>
    private static readonly Sql Known = new("""
        select count(*) as count, cast(coalesce(sum(p.amount), 0) as bigint) as amount
        from payment p
        where p.created_at < @restoredAt
          and exists (
              select 1
              from event e
              where e.municipality = p.municipality and e.payment = p.id and e.type = 'payment.captured' and e.occurred_at >= @restoredAt)
        """);

    private static readonly Sql Unknown = new("""
        select count(*) as count, cast(coalesce(sum(x.amount), 0) as bigint) as amount
        from exception x
        where x.kind = @kind and x.opened_at >= @restoredAt
        """);

    public static async Task<int> Begin(Unit unit, Instant since, Instant now)
    {
        await unit.Execute(DeleteAnswers);
        await unit.Execute(Delete);
        return await unit.Execute(Insert, new { since, now, from = BusinessDate.Of(since), to = BusinessDate.Of(now) });
    }

    public static Task<RecoveryRow?> Find(Reader reader) => reader.One<RecoveryRow>(FindRow);

    /// <summary>False when it had ended before.</summary>
    public static Task<bool> End(Unit unit, Instant now, string? note) => unit.Hit(SetDone, new { now, note });

    public static async Task<int> Answered(Unit unit, string instance, string way, Instant now)
    {
        await unit.Execute(DeleteAnswer, new { instance });
        return await unit.Execute(InsertAnswer, new { instance, way, now });
    }

    public static Task<List<string>> Answers(Reader reader) => reader.All<string>(ListAnswers);

    public static async Task<FoundSum> KnownAndFound(Reader reader, RecoveryRow row) => (await reader.One<FoundSum>(Known, new { restoredAt = row.RestoredAt }))!;

    public static async Task<FoundSum> UnknownAndFound(Reader reader, RecoveryRow row) => (await reader.One<FoundSum>(Unknown, new { restoredAt = row.RestoredAt, kind = Difference.FoundAfterRestore }))!;
}
