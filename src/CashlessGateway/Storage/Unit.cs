using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace CashlessGateway.Storage;

/// <summary>Reads through one connection.</summary>
public class Reader(DbConnection connection, DbTransaction? transaction, Engine engine, CancellationToken cancellation)
{
    protected DbConnection Connection { get; } = connection;
    protected DbTransaction? Transaction { get; } = transaction;
    protected CancellationToken Cancellation { get; } = cancellation;
    public Engine Engine { get; } = engine;

    public async Task<T?> One<T>(Sql sql, object? values = null)
    {
        await Flush();
        return await Connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));
    }

    public async Task<List<T>> All<T>(Sql sql, object? values = null)
    {
        await Flush();
        return (await Connection.QueryAsync<T>(Command(sql, values))).AsList();
    }

    /// <summary>Several questions in one round trip.</summary>
    public async Task<T> Several<T>(Sql sql, object? values, Func<SqlMapper.GridReader, Task<T>> read)
    {
        await Flush();
        await using var answers = await Connection.QueryMultipleAsync(Command(sql, values));
        return await read(answers);
    }

    /// <summary>A row of two parts, told apart at <paramref name="splitOn"/>.</summary>
    public async Task<List<(TFirst First, TSecond Second)>> Pairs<TFirst, TSecond>(Sql sql, object? values, string splitOn)
    {
        await Flush();
        return (await Connection.QueryAsync<TFirst, TSecond, (TFirst, TSecond)>(Command(sql, values), static (first, second) => (first, second), splitOn)).AsList();
    }

    public async Task<bool> Exists(Sql sql, object? values = null) => await One<long?>(sql, values) is not null;

    /// <summary>What waits to be written is written before a question is asked.</summary>
    internal virtual Task Flush() => Task.CompletedTask;

    protected CommandDefinition Command(Sql sql, object? values) =>
        new(sql.For(Engine), values, Transaction, cancellationToken: Cancellation);
}

/// <summary>
/// One transaction's work. A unit only talks to its connection: no provider call and no other await, because on SQLite it runs
/// on the writer's thread with others waiting, and because it may run again after a deadlock.
/// </summary>
public sealed partial class Unit(DbConnection connection, DbTransaction? transaction, Engine engine, CancellationToken cancellation, LaneMember? lane = null)
    : Reader(connection, transaction, engine, cancellation)
{
    /// <summary>A unit that writes more than this belongs in chunks (mechanics 14).</summary>
    public const int MostRows = 2_000;

    private static readonly ConcurrentDictionary<Sql, Part[]> Split = new();

    private int _rows;
    private NpgsqlBatch? _later;
    private List<(NpgsqlBatchCommand Command, string Name)>? _conditions;

    internal bool IsAbandoned { get; private set; }

    public async Task<int> Execute(Sql sql, object? values = null)
    {
        await Flush();
        var text = sql.For(Engine);
        return Count(Connection is CachingConnection sqlite ? sqlite.Write(text, ValueShape.Read(values)) : await Connection.ExecuteAsync(Command(sql, Dapped(values))), sql);
    }

    /// <summary>
    /// An insert whose outcome nothing in the unit asks for. PostgreSQL gets all of them in one message: a payment is nine inserts, and nine
    /// round trips would be most of its time. They are written before the next question and before the commit.
    /// </summary>
    /// <param name="orTaken">The statement is conditional and must hit one row; where it does not, the unit ends as Taken with this name.</param>
    public async Task Later(Sql sql, object values, string? orTaken = null)
    {
        if (lane is not null)
        {
            lane.Add(Commands(sql, values), orTaken);
            return;
        }

        if (Connection is not NpgsqlConnection)
        {
            var rows = await Execute(sql, values);
            if (orTaken is not null && rows != 1) throw new MissedException(orTaken);
            return;
        }

        _later ??= new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction?)Transaction);
        foreach (var command in Commands(sql, values)) _later.BatchCommands.Add(command);
        if (orTaken is not null) (_conditions ??= []).Add((_later.BatchCommands[^1], orTaken));
    }

    /// <summary>A question that goes out with all that waits to be written, behind it in the same message.</summary>
    public async Task<long?> AskLast(Sql sql, object values)
    {
        if (lane is not null) return await lane.Ask(Commands(sql, values));
        if (_later is not { } batch) return await One<long?>(sql, values);
        foreach (var command in Commands(sql, values)) batch.BatchCommands.Add(command);
        _later = null;
        long? answer = null;
        await using (batch)
        {
            await using (var rows = await batch.ExecuteReaderAsync(Cancellation))
            {
                do
                {
                    if (rows.FieldCount > 0 && await rows.ReadAsync(Cancellation)) answer = rows.GetInt64(0);
                }
                while (await rows.NextResultAsync(Cancellation));
                _rows += Math.Max(rows.RecordsAffected, 0);
            }

            CheckConditions();
        }

        return answer;
    }

    internal override async Task Flush()
    {
        if (lane is not null) throw new UngroupableException();
        if (_later is not { } batch) return;
        _later = null;
        await using (batch)
        {
            _rows += Math.Max(await batch.ExecuteNonQueryAsync(Cancellation), 0);
            CheckConditions();
        }
    }

    /// <summary>
    /// What still waits and the commit, in one message: a payment's rows lock its day's sheet for one round trip less. A statement
    /// that fails keeps PostgreSQL from reaching the commit. False when the caller has to commit itself.
    /// </summary>
    internal async Task<bool> FlushAndCommit()
    {
        if (_conditions is not null) await Flush();
        if (_later is not { } batch) return false;
        _later = null;
        await using (batch)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            _rows += Math.Max(await batch.ExecuteNonQueryAsync(CancellationToken.None), 0);
        }

        return true;
    }

    private void CheckConditions()
    {
        var conditions = _conditions;
        _conditions = null;
        foreach (var (command, name) in conditions ?? [])
            if (command.RecordsAffected != 1) throw new MissedException(name);
        Bounded("a batch");
    }

    /// <summary>
    /// One statement of a text of several, and the values it asks for in the order of its $1, $2. Named values would make the
    /// driver read and rewrite the text at every execution.
    /// </summary>
    private sealed class Part
    {
        private int[] _places = [];

        public Part(string text)
        {
            var names = new List<string>();
            Text = ParameterName().Replace(text, match =>
            {
                var name = match.Value[1..];
                var at = names.IndexOf(name);
                if (at < 0)
                {
                    at = names.Count;
                    names.Add(name);
                }

                return string.Create(CultureInfo.InvariantCulture, $"${at + 1}");
            });
            Names = [.. names];
        }

        public string Text { get; }
        private string[] Names { get; }

        /// <summary>Where the values lie among these columns; the same each time, as a statement has one kind of values.</summary>
        public int[] PlacesIn(IReadOnlyList<ColumnValue> columns)
        {
            var places = _places;
            if (places.Length == Names.Length && Fits(places, columns)) return places;
            return _places = [.. Names.Select(name => columns.Index().First(column => column.Item.Name == name).Index)];
        }

        private bool Fits(int[] places, IReadOnlyList<ColumnValue> columns)
        {
            for (var i = 0; i < places.Length; i++)
                if (places[i] >= columns.Count || columns[places[i]].Name != Names[i]) return false;
            return true;
        }
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(Sql sql, object values)
    {
        var parts = Split.GetOrAdd(sql, static sql => [.. sql.For(Engine.PostgreSql)
            .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static text => new Part(text))]);
        var columns = ValueShape.Read(values);
        foreach (var part in parts) yield return Command(part, columns);
    }

    private static NpgsqlBatchCommand Command(Part part, IReadOnlyList<ColumnValue> columns)
    {
        var command = new NpgsqlBatchCommand(part.Text);
        foreach (var place in part.PlacesIn(columns))
            command.Parameters.Add(new NpgsqlParameter { DbType = columns[place].Type, Value = columns[place].Value ?? DBNull.Value });
        return command;
    }

    [GeneratedRegex("@[A-Za-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ParameterName();

    /// <summary>Dapper reads members by itself; named values it gets one by one.</summary>
    private static object? Dapped(object? values)
    {
        if (values is not NamedValues named) return values;
        var parameters = new DynamicParameters();
        foreach (var value in named.Items) parameters.Add(value.Name, value.Value, value.Type);
        return parameters;
    }

    private int Count(int rows, Sql sql)
    {
        _rows += Math.Max(rows, 0);
        Bounded(sql.Text);
        return rows;
    }

    private void Bounded(string what)
    {
        if (_rows > MostRows) throw new InvalidOperationException($"A unit may write {MostRows} rows, this one wrote {_rows}: {what}");
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

/// <summary>A conditional write hit no row: someone else was faster. Ends the unit; its caller sees Taken.</summary>
internal sealed class MissedException(string name) : Exception($"The condition '{name}' no longer holds.")
{
    public string Name { get; } = name;
}

/// <summary>What became of a unit.</summary>
public abstract record Written<T>
{
    private Written() { }

    /// <summary>Committed and on disk, or abandoned by the unit itself with an answer.</summary>
    public sealed record Done(T Value) : Written<T>;

    /// <summary>A unique index was already held, or a condition no longer held; nothing of the unit stays. <paramref name="Index"/> is the index's name in db/, or the condition's.</summary>
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
