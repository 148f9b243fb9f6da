using Microsoft.Data.Sqlite;

namespace CashlessGateway.Storage;

/// <summary>A unit in the writer's queue. Its caller is answered only when the group it ran in is committed.</summary>
internal abstract class WaitingUnit
{
    /// <summary>False when the caller has gone before the unit began: it is then not run at all.</summary>
    public abstract bool Begin();

    /// <summary>True when what was written may be kept.</summary>
    public abstract bool Run(CachingConnection connection);

    public abstract void Committed();

    public abstract void Failed(Exception error);
}

internal sealed class WaitingUnit<T>(Func<Unit, Task<T>> work, SqliteIndexNames indexes, CancellationToken cancellation) : WaitingUnit
{
    private readonly TaskCompletionSource<Written<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Written<T>? _written;
    private Exception? _surprise;

    public Task<Written<T>> Answer => _answer.Task;

    public override bool Begin()
    {
        (_written, _surprise) = (null, null);
        if (!cancellation.IsCancellationRequested) return true;
        _surprise = new OperationCanceledException(cancellation);
        return false;
    }

    public override bool Run(CachingConnection connection)
    {
        var unit = new Unit(connection, null, Engine.Sqlite, CancellationToken.None);
        try
        {
            var task = work(unit);
            if (!task.IsCompleted) throw new InvalidOperationException("A unit awaited something else than its connection.");
            _written = new Written<T>.Done(task.GetAwaiter().GetResult());
            return !unit.IsAbandoned;
        }
        catch (MissedException missed)
        {
            _written = new Written<T>.Taken(missed.Name);
            return false;
        }
        catch (SqliteException error) when (indexes.ViolatedBy(error, connection) is { } index)
        {
            _written = new Written<T>.Taken(index);
            return false;
        }
        catch (SqliteException error) when (IsTheDisks(error))
        {
            // Not this unit's fault and not this unit's alone: the whole group ends, and its units are tried one by one.
            throw;
        }
        catch (Exception error)
        {
            _surprise = error;
            return false;
        }
    }

    public override void Committed()
    {
        if (_surprise is { } surprise) _answer.TrySetException(surprise);
        else _answer.TrySetResult(_written!);
    }

    public override void Failed(Exception error) => _answer.TrySetException(error);

    /// <summary>busy, locked, nomem, readonly, interrupt, ioerr, corrupt, full, cantopen, protocol, notadb.</summary>
    private static bool IsTheDisks(SqliteException error) =>
        error.SqliteErrorCode is 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26;
}

/// <summary>SQLite names the columns of a violated unique index, not the index; the catalogue tells which one it is.</summary>
internal sealed class SqliteIndexNames
{
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;
    private const string Lead = "UNIQUE constraint failed: ";

    private Dictionary<string, string> _byColumns = new(StringComparer.Ordinal);

    public string? ViolatedBy(SqliteException error, CachingConnection connection)
    {
        if (error.SqliteExtendedErrorCode is not (ConstraintUnique or ConstraintPrimaryKey)) return null;
        var start = error.Message.IndexOf(Lead, StringComparison.Ordinal);
        if (start < 0) return null;
        var columns = error.Message[(start + Lead.Length)..].TrimEnd('.', '\'');
        if (!_byColumns.TryGetValue(columns, out var name))
        {
            _byColumns = Load(connection);
            name = _byColumns.GetValueOrDefault(columns, columns);
        }

        return name;
    }

    private static Dictionary<string, string> Load(CachingConnection connection)
    {
        using var command = connection.Inner.CreateCommand();
        command.CommandText = """
            select t.name, i.name, i.origin, c.name
            from sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
            where t.type = 'table' and i."unique" = 1
            order by t.name, i.name, c.seqno
            """;
        using var rows = command.ExecuteReader();
        var columns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (rows.Read())
        {
            var (table, index, origin, column) = (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3));
            var name = origin == "pk" ? table + "_pk" : index;
            if (!columns.TryGetValue(name, out var list)) columns.Add(name, list = []);
            list.Add($"{table}.{column}");
        }

        return columns.ToDictionary(index => string.Join(", ", index.Value), index => index.Key, StringComparer.Ordinal);
    }
}
