using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CashlessGateway.Storage;

/// <summary>
/// A text of one or more writing statements, prepared once on one connection and bound by position. On SQLite preparing costs
/// more than running a small insert, and the one writer's time is what bounds the payments per second.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly List<(sqlite3_stmt Statement, string[] Names, int[] Positions)> _parts = [];

    public SqliteStatement(sqlite3 database, string text)
    {
        _database = database;
        var rest = text;
        while (!string.IsNullOrWhiteSpace(rest))
        {
            var code = raw.sqlite3_prepare_v2(database, rest, out var statement, out rest);
            if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
            var names = Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(i => raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string()[1..]).ToArray();
            _parts.Add((statement, names, Enumerable.Repeat(-1, names.Length).ToArray()));
        }
    }

    /// <returns>The rows written by all parts.</returns>
    public int Run(IReadOnlyList<ColumnValue> values)
    {
        var rows = 0;
        foreach (var (statement, names, positions) in _parts)
        {
            for (var i = 0; i < names.Length; i++) Bind(statement, i + 1, values[Position(values, names, positions, i)].Value);
            var code = raw.sqlite3_step(statement);
            var reset = raw.sqlite3_reset(statement);
            if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) SqliteException.ThrowExceptionForRC(reset == raw.SQLITE_OK ? code : reset, _database);
            rows += raw.sqlite3_changes(_database);
        }

        return rows;
    }

    /// <summary>The values of one text come in the same order each time; where they do not, they are looked for by name.</summary>
    private static int Position(IReadOnlyList<ColumnValue> values, string[] names, int[] positions, int index)
    {
        var known = positions[index];
        if (known >= 0 && known < values.Count && string.Equals(values[known].Name, names[index], StringComparison.Ordinal)) return known;
        for (var i = 0; i < values.Count; i++)
            if (string.Equals(values[i].Name, names[index], StringComparison.Ordinal)) return positions[index] = i;
        throw new InvalidOperationException($"The statement asks for @{names[index]}, and no value has that name.");
    }

    private static void Bind(sqlite3_stmt statement, int index, object? value)
    {
        var code = value switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            string text => raw.sqlite3_bind_text(statement, index, text),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            _ => throw new InvalidOperationException($"A column cannot hold a {value.GetType().Name}."),
        };
        if (code != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite could not bind parameter {index}: error {code}.");
    }

    public void Dispose()
    {
        foreach (var (statement, _, _) in _parts) statement.Dispose();
    }
}
