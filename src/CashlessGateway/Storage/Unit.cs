using System.Data.Common;
using Dapper;

namespace CashlessGateway.Storage;

/// <summary>Reads through one connection.</summary>
public class Reader(DbConnection connection, DbTransaction? transaction, Engine engine, CancellationToken cancellation)
{
    protected DbConnection Connection { get; } = connection;
    protected DbTransaction? Transaction { get; } = transaction;
    public Engine Engine { get; } = engine;

    public async Task<T?> One<T>(Sql sql, object? values = null) =>
        await Connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));

    public async Task<List<T>> All<T>(Sql sql, object? values = null) =>
        (await Connection.QueryAsync<T>(Command(sql, values))).AsList();

    /// <summary>A row of two parts, told apart at <paramref name="splitOn"/>.</summary>
    public async Task<List<(TFirst First, TSecond Second)>> Pairs<TFirst, TSecond>(Sql sql, object? values, string splitOn) =>
        (await Connection.QueryAsync<TFirst, TSecond, (TFirst, TSecond)>(Command(sql, values), static (first, second) => (first, second), splitOn)).AsList();

    public async Task<bool> Exists(Sql sql, object? values = null) => await One<long?>(sql, values) is not null;

    protected CommandDefinition Command(Sql sql, object? values) =>
        new(sql.For(Engine), values, Transaction, cancellationToken: cancellation);
}

/// <summary>
/// One transaction's work. A unit only talks to its connection: no provider call and no other await, because on SQLite it runs
/// on the writer's thread with others waiting, and because it may run again after a deadlock.
/// </summary>
public sealed class Unit(DbConnection connection, DbTransaction? transaction, Engine engine, CancellationToken cancellation)
    : Reader(connection, transaction, engine, cancellation)
{
    /// <summary>A unit that writes more than this belongs in chunks (mechanics 14).</summary>
    public const int MostRows = 2_000;

    private int _rows;

    internal bool IsAbandoned { get; private set; }

    public async Task<int> Execute(Sql sql, object? values = null)
    {
        var rows = await Connection.ExecuteAsync(Command(sql, values));
        _rows += Math.Max(rows, 0);
        if (_rows > MostRows) throw new InvalidOperationException($"A unit may write {MostRows} rows, this one wrote {_rows}: {sql.Text}");
        return rows;
    }

    /// <summary>True when the conditional write hit its row.</summary>
    public async Task<bool> Hit(Sql sql, object? values) => await Execute(sql, values) switch
    {
        0 => false,
        1 => true,
        var rows => throw new InvalidOperationException($"One row was to be written, {rows} were: {sql.Text}"),
    };

    /// <summary>Nothing that this unit wrote stays; its caller gets <paramref name="answer"/>.</summary>
    public T Abandon<T>(T answer)
    {
        IsAbandoned = true;
        return answer;
    }
}

/// <summary>What became of a unit.</summary>
public abstract record Written<T>
{
    private Written() { }

    /// <summary>Committed and on disk, or abandoned by the unit itself with an answer.</summary>
    public sealed record Done(T Value) : Written<T>;

    /// <summary>A unique index was already held; nothing of the unit stays. <paramref name="Index"/> is its name in db/.</summary>
    public sealed record Taken(string Index) : Written<T>;
}

/// <summary>How to learn, after a connection broke at commit, whether the unit is in the database.</summary>
public abstract record ReadBack
{
    private ReadBack() { }

    /// <summary>A row that only this unit can have written.</summary>
    public sealed record Row(Sql Select, object Values) : ReadBack;

    /// <summary>The unit is conditional throughout: a second run of a committed one changes nothing.</summary>
    public sealed record RunAgain : ReadBack;

    public static readonly ReadBack SafeToRepeat = new RunAgain();

    public static ReadBack ByRow(Sql select, object values) => new Row(select, values);
}

/// <summary>The database is away, full, read-only or locked for too long. Nothing was acknowledged; the caller answers 503.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
