using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CashlessGateway.Storage;

/// <summary>
/// A SQLite connection that keeps its prepared statements. Preparing costs more than running a small insert, and Dapper makes a
/// new command each time; so its commands here are only notes (text and values) that run on the kept statement of the same text.
/// Used by one thread at a time.
/// </summary>
internal sealed class CachingConnection(SqliteConnection inner) : DbConnection
{
    /// <summary>The gateway has some 200 statements; a list query with filters has a few shapes more.</summary>
    private const int MostStatements = 512;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SqliteStatement> _writes = new(StringComparer.Ordinal);

    public SqliteConnection Inner { get; } = inner;

    /// <summary>A writing text, kept prepared.</summary>
    internal int Write(string text, IReadOnlyList<ColumnValue> values)
    {
        if (!_writes.TryGetValue(text, out var statement))
        {
            if (_writes.Count >= MostStatements) Forget();
            _writes.Add(text, statement = new SqliteStatement(Inner.Handle!, text));
        }

        return statement.Run(values);
    }

    internal SqliteCommand Statement(string text)
    {
        if (_statements.TryGetValue(text, out var statement)) return statement;
        if (_statements.Count >= MostStatements) Forget();
        statement = Inner.CreateCommand();
        statement.CommandText = text;
        _statements.Add(text, statement);
        return statement;
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        foreach (var write in _writes.Values) write.Dispose();
        _writes.Clear();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override DbCommand CreateDbCommand() => new CachedCommand(this);
    public override void Open() => Inner.Open();
    public override void Close() => Inner.Close();
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("The writer begins and ends transactions itself.");
    [AllowNull]
    public override string ConnectionString { get => Inner.ConnectionString; set => throw new NotSupportedException(); }
    public override string Database => Inner.Database;
    public override string DataSource => Inner.DataSource;
    public override string ServerVersion => Inner.ServerVersion;
    public override ConnectionState State => Inner.State;
}

internal sealed class CachedCommand(CachingConnection connection) : DbCommand
{
    private readonly NotedParameters _parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; } = 30;
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; } = connection;
    protected override DbParameterCollection DbParameterCollection => _parameters;
    protected override DbTransaction? DbTransaction { get; set; }
    public override void Cancel() { }
    public override void Prepare() { }
    protected override DbParameter CreateDbParameter() => new NotedParameter();
    public override int ExecuteNonQuery() => Bound().ExecuteNonQuery();
    public override object? ExecuteScalar() => Bound().ExecuteScalar();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Bound().ExecuteReader();

    private SqliteCommand Bound()
    {
        var statement = connection.Statement(CommandText);
        var kept = statement.Parameters;
        if (kept.Count != _parameters.Count || !SameNames(kept))
        {
            kept.Clear();
            foreach (var parameter in _parameters.Items) kept.Add(new SqliteParameter(parameter.ParameterName, parameter.Value ?? DBNull.Value));
            return statement;
        }

        for (var i = 0; i < kept.Count; i++) kept[i].Value = _parameters.Items[i].Value ?? DBNull.Value;
        return statement;
    }

    private bool SameNames(SqliteParameterCollection kept)
    {
        for (var i = 0; i < kept.Count; i++)
            if (!string.Equals(kept[i].ParameterName, _parameters.Items[i].ParameterName, StringComparison.Ordinal)) return false;
        return true;
    }
}

internal sealed class NotedParameter : DbParameter
{
    public override DbType DbType { get; set; }
    public override ParameterDirection Direction { get; set; } = ParameterDirection.Input;
    public override bool IsNullable { get; set; }
    [AllowNull]
    public override string ParameterName { get; set; } = "";
    public override int Size { get; set; }
    [AllowNull]
    public override string SourceColumn { get; set; } = "";
    public override bool SourceColumnNullMapping { get; set; }
    public override object? Value { get; set; }
    public override void ResetDbType() { }
}

internal sealed class NotedParameters : DbParameterCollection
{
    public List<NotedParameter> Items { get; } = [];

    public override int Count => Items.Count;
    public override object SyncRoot => Items;
    public override int Add(object value) { Items.Add((NotedParameter)value); return Items.Count - 1; }
    public override void AddRange(Array values) { foreach (var value in values) Add(value!); }
    public override void Clear() => Items.Clear();
    public override bool Contains(object value) => Items.Contains((NotedParameter)value);
    public override bool Contains(string value) => IndexOf(value) >= 0;
    public override void CopyTo(Array array, int index) => ((ICollection)Items).CopyTo(array, index);
    public override IEnumerator GetEnumerator() => Items.GetEnumerator();
    public override int IndexOf(object value) => Items.IndexOf((NotedParameter)value);
    public override int IndexOf(string parameterName) => Items.FindIndex(item => string.Equals(item.ParameterName, parameterName, StringComparison.Ordinal));
    public override void Insert(int index, object value) => Items.Insert(index, (NotedParameter)value);
    public override void Remove(object value) => Items.Remove((NotedParameter)value);
    public override void RemoveAt(int index) => Items.RemoveAt(index);
    public override void RemoveAt(string parameterName) => Items.RemoveAt(IndexOf(parameterName));
    protected override DbParameter GetParameter(int index) => Items[index];
    protected override DbParameter GetParameter(string parameterName) => Items[IndexOf(parameterName)];
    protected override void SetParameter(int index, DbParameter value) => Items[index] = (NotedParameter)value;
    protected override void SetParameter(string parameterName, DbParameter value) => Items[IndexOf(parameterName)] = (NotedParameter)value;
}
