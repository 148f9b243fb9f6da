using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Money;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CashlessGateway.Storage;

/// <summary>One numbered file of db/.</summary>
public sealed record Migration(int Number, string Name, string Text)
{
    /// <summary>Of the text with Unix line ends, so that a checkout on Windows has the same.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    public static IReadOnlyList<Migration> All(Engine engine)
    {
        var folder = $"db/{engine.ToString().ToLowerInvariant()}/";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Select(static name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[folder.Length..]))
            .ToList();
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(file[..4], CultureInfo.InvariantCulture), file[5..^4], reader.ReadToEnd());
    }
}

/// <summary>Applies the numbered files once, in order, under a lock; an edited old file stops the start.</summary>
public static class Migrations
{
    /// <summary>Another node may be migrating a big table; longer than this is a person's case.</summary>
    private const int LockPatienceSeconds = 120;

    /// <summary>The advisory lock's number: any number, but always this one.</summary>
    private const long LockNumber = 7_205_759_403;

    public static Task Apply(Engine engine, string connectionString, Clock clock) =>
        Apply(engine, connectionString, clock, Migration.All(engine));

    public static Task Apply(Engine engine, string connectionString, Clock clock, IReadOnlyList<Migration> files) =>
        UnderLock(engine, connectionString, connection => ApplyUnderLock(engine, connection, clock, files));

    /// <summary>For what several processes may want to do at their first start, and only one of them must.</summary>
    public static Task Once(Engine engine, string connectionString, Func<Task> work) => UnderLock(engine, connectionString, _ => work());

    private static async Task UnderLock(Engine engine, string connectionString, Func<DbConnection, Task> work)
    {
        try
        {
            await using var connection = Connection(engine, connectionString);
            await connection.OpenAsync();
            await Lock(engine, connection);
            try
            {
                await work(connection);
            }
            finally
            {
                await Unlock(engine, connection);
            }
        }
        catch (Exception error) when (error is DbException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new StartupException($"The {engine} database cannot be reached or migrated: {error.Message}", error);
        }
    }

    private static DbConnection Connection(Engine engine, string connectionString)
    {
        if (engine == Engine.Sqlite) SqliteLibrary.Use();
        return engine switch
        {
            Engine.Sqlite => new SqliteConnection(connectionString),
            Engine.PostgreSql => new NpgsqlConnection(connectionString),
            Engine.SqlServer => new SqlConnection(connectionString),
        };
    }

    private static async Task ApplyUnderLock(Engine engine, DbConnection connection, Clock clock, IReadOnlyList<Migration> files)
    {
        await connection.ExecuteAsync(engine == Engine.SqlServer
            ? "if object_id('migration') is null create table migration (number int not null primary key, name nvarchar(200) not null, checksum nvarchar(64) not null, applied_at bigint not null)"
            : "create table if not exists migration (number integer not null primary key, name text not null, checksum text not null, applied_at bigint not null)");
        var applied = (await connection.QueryAsync<(long Number, string Name, string Checksum)>("select number, name, checksum from migration order by number")).ToDictionary(row => row.Number);
        foreach (var row in applied.Values.Where(row => files.All(file => file.Number != row.Number)))
            throw new StartupException($"The database knows migration {row.Number:D4}_{row.Name}, this program does not: it is older than its database. Start the newer version.");
        foreach (var file in files)
        {
            if (applied.TryGetValue(file.Number, out var before))
            {
                if (!string.Equals(before.Checksum, file.Checksum, StringComparison.Ordinal))
                    throw new StartupException($"Migration {file.Number:D4}_{file.Name} was changed after it had been applied (checksum {file.Checksum[..12]}…, applied {before.Checksum[..12]}…). Restore the file; a change belongs in a new migration.");
                continue;
            }

            await ApplyOne(engine, connection, clock, file);
        }
    }

    private static async Task ApplyOne(Engine engine, DbConnection connection, Clock clock, Migration file)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var batch in Batches(engine, file.Text))
            await connection.ExecuteAsync(batch, transaction: transaction, commandTimeout: 0);
        await connection.ExecuteAsync("insert into migration (number, name, checksum, applied_at) values (@number, @name, @checksum, @at)",
            new { number = file.Number, name = file.Name, checksum = file.Checksum, at = clock.Now().Milliseconds }, transaction);
        await transaction.CommitAsync();
    }

    /// <summary>SQL Server wants each trigger in a batch of its own; the word between them is 'go' on its own line.</summary>
    internal static IEnumerable<string> Batches(Engine engine, string text) =>
        engine == Engine.SqlServer
            ? text.ReplaceLineEndings("\n").Split("\ngo\n", StringSplitOptions.RemoveEmptyEntries)
            : [text];

    private static Task Lock(Engine engine, DbConnection connection) => engine switch
    {
        // One process per data directory: its lock file is the lock.
        Engine.Sqlite => Task.CompletedTask,
        Engine.PostgreSql => connection.ExecuteAsync("select pg_advisory_lock(@number)", new { number = LockNumber }, commandTimeout: LockPatienceSeconds),
        Engine.SqlServer => connection.ExecuteAsync(
            "declare @r int; exec @r = sp_getapplock @Resource = 'cashlessgateway-migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @ms; if @r < 0 throw 51001, 'another process holds the migration lock', 1;",
            new { ms = LockPatienceSeconds * 1000 }, commandTimeout: LockPatienceSeconds + 5),
    };

    /// <summary>A broken connection has dropped its lock already.</summary>
    private static Task Unlock(Engine engine, DbConnection connection) => connection.State != System.Data.ConnectionState.Open ? Task.CompletedTask : engine switch
    {
        Engine.Sqlite => Task.CompletedTask,
        Engine.PostgreSql => connection.ExecuteAsync("select pg_advisory_unlock(@number)", new { number = LockNumber }),
        Engine.SqlServer => connection.ExecuteAsync("exec sp_releaseapplock @Resource = 'cashlessgateway-migrations', @LockOwner = 'Session'"),
    };
}
