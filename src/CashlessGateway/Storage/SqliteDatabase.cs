using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CashlessGateway.Storage;

/// <summary>
/// SQLite in WAL mode with one writer that commits many units together: each unit in its own savepoint, one durable commit for
/// all, and each caller is answered after that commit is on disk. So throughput is not one fsync per payment.
/// </summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>More units than this in one commit would only make the first of them wait longer.</summary>
    private const int MostUnitsInGroup = 256;

    /// <summary>A queue longer than this is overload: answering 503 at once is kinder than a timeout later.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>Another program (a backup, a curious person) may hold the file for a moment.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    /// <summary>Readers beyond this only compete for the cores.</summary>
    private static readonly int MostReaders = Math.Clamp(Environment.ProcessorCount * 4, 8, 32);

    /// <summary>Pages in the write-ahead log before the writer copies them into the file: few enough for a short pause, many enough to write a hot page once.</summary>
    private const int CheckpointPages = 4_000;

    private readonly string _file;
    private readonly CachingConnection _writer;
    private readonly BlockingCollection<WaitingUnit> _queue = new(MostWaiting);
    private readonly ConcurrentBag<CachingConnection> _idleReaders = [];
    private readonly SemaphoreSlim _readers = new(MostReaders);
    private readonly Thread _thread;
    private readonly SqliteIndexNames _indexes = new();
    private volatile bool _stopping;

    private SqliteDatabase(string file, CachingConnection writer)
    {
        _file = file;
        _writer = writer;
        _thread = new Thread(RunWriter) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    public override Engine Engine => Engine.Sqlite;

    public string File => _file;

    public static SqliteDatabase Open(string file)
    {
        SqliteLibrary.Use();
        Mapping.Register();
        return new SqliteDatabase(file, Connect(file, SqliteOpenMode.ReadWriteCreate));
    }

    private static CachingConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)LockPatience.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            using var pragma = connection.CreateCommand();
            // synchronous=FULL: with WAL this is what makes an answered payment survive a power cut.
            pragma.CommandText = mode == SqliteOpenMode.ReadOnly
                ? "pragma query_only = 1; pragma cache_size = -4096;"
                : $"pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = {CheckpointPages}; pragma cache_size = -32768; pragma temp_store = memory; pragma recursive_triggers = 1;";
            pragma.ExecuteNonQuery();
            return new CachingConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async Task<Written<T>> Write<T>(Func<Unit, Task<T>> work, ReadBack readBack, CancellationToken cancellation = default)
    {
        var waiting = new WaitingUnit<T>(work, _indexes, cancellation);
        if (_stopping) throw new StorageUnavailableException("The gateway is stopping.");
        if (!TryQueue(waiting)) throw new StorageUnavailableException("More writes are waiting than can be served soon.");
        return await waiting.Answer;
    }

    private bool TryQueue(WaitingUnit waiting)
    {
        try
        {
            return _queue.TryAdd(waiting);
        }
        catch (InvalidOperationException)
        {
            throw new StorageUnavailableException("The gateway is stopping.");
        }
    }

    public override async Task<T> Read<T>(Func<Reader, Task<T>> work, CancellationToken cancellation = default)
    {
        await _readers.WaitAsync(cancellation);
        CachingConnection? connection = null;
        try
        {
            if (!_idleReaders.TryTake(out connection)) connection = Connect(_file, SqliteOpenMode.ReadOnly);
            var answer = await work(new Reader(connection, null, Engine.Sqlite, cancellation));
            _idleReaders.Add(connection);
            connection = null;
            return answer;
        }
        catch (SqliteException error)
        {
            throw new StorageUnavailableException($"SQLite: {error.Message}", error);
        }
        finally
        {
            connection?.Dispose();
            _readers.Release();
        }
    }

    private void RunWriter()
    {
        var group = new List<WaitingUnit>(MostUnitsInGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < MostUnitsInGroup && _queue.TryTake(out var next)) group.Add(next);
            Commit(group);
        }
    }

    private void Commit(List<WaitingUnit> group)
    {
        try
        {
            Run("begin immediate");
            foreach (var unit in group) RunInSavepoint(unit);
            Run("commit");
            foreach (var unit in group) unit.Committed();
        }
        catch (Exception error)
        {
            RollBack();
            if (group.Count == 1)
            {
                group[0].Failed(error as StorageUnavailableException ?? new StorageUnavailableException($"SQLite: {error.Message}", error));
                return;
            }

            // The group itself failed (disk full, I/O error): one unit that cannot be written must not take the others with it.
            foreach (var unit in group) Commit([unit]);
        }
    }

    private void RunInSavepoint(WaitingUnit unit)
    {
        if (!unit.Begin()) return;
        Run("savepoint one");
        if (unit.Run(_writer))
        {
            Run("release one");
            return;
        }

        Run("rollback to one");
        Run("release one");
    }

    private void Run(string text) => _writer.Statement(text).ExecuteNonQuery();

    private void RollBack()
    {
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Inner.Handle) == 0) Run("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back by itself; there is nothing left to undo.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_stopping) return;
        _stopping = true;
        _queue.CompleteAdding();
        await Task.Run(_thread.Join);
        while (_idleReaders.TryTake(out var reader)) reader.Dispose();
        _writer.Dispose();
        _queue.Dispose();
        _readers.Dispose();
    }
}
