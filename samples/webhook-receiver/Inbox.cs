using Microsoft.Data.Sqlite;

namespace WebhookReceiver;

/// <summary>What became of an event.</summary>
public enum Kept
{
    /// <summary>The newest of its object so far.</summary>
    New,

    /// <summary>This very event is here already.</summary>
    Duplicate,

    /// <summary>Something later of its object is here already: noted, and changes nothing.</summary>
    Older,
}

/// <summary>
/// Events in a SQLite file: each once by its webhook-id, and of each object the newest state by `sequence`. It is on disk when
/// <see cref="Keep"/> returns, so a 2xx after it is true whatever happens to this process.
/// </summary>
public sealed class Inbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    public Inbox(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        // synchronous=full: committed means on disk, and not only in the operating system's memory.
        Run("""
            pragma journal_mode = wal;
            pragma synchronous = full;
            create table if not exists event (id text primary key, type text not null, object text not null, sequence integer not null, kept text not null, body text not null);
            create table if not exists object (id text primary key, sequence integer not null, event text not null);
            """);
    }

    /// <param name="item">Whose event it is; sequences count per object.</param>
    public Kept Keep(string id, string type, string item, long sequence, string body)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            if (Run("insert or ignore into event (id, type, object, sequence, kept, body) values (@id, @type, @object, @sequence, 'New', @body)",
                ("@id", id), ("@type", type), ("@object", item), ("@sequence", sequence), ("@body", body)) == 0) return Kept.Duplicate;
            var kept = Run("""
                insert into object (id, sequence, event)
                values (@object, @sequence, @id)
                on conflict (id) do update set sequence = excluded.sequence, event = excluded.event where excluded.sequence >= object.sequence
                """, ("@object", item), ("@sequence", sequence), ("@id", id)) == 1 ? Kept.New : Kept.Older;
            if (kept == Kept.Older) Run("update event set kept = 'Older' where id = @id", ("@id", id));
            transaction.Commit();
            return kept;
        }
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Received> All()
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "select id, type, object, sequence, kept from event order by rowid";
            using var rows = command.ExecuteReader();
            var all = new List<Received>();
            while (rows.Read()) all.Add(new Received(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.GetString(4)));
            return all;
        }
    }

    private int Run(string text, params (string Name, object Value)[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();
}

public sealed record Received(string Id, string Type, string Object, long Sequence, string Kept);
