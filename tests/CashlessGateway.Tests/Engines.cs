using System.Data.Common;
using System.Reflection;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;

namespace CashlessGateway.Tests;

/// <summary>Runs a theory once per engine. An engine that is not there is a skipped row with its reason; PostgreSQL missing in CI fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Engine>().Select(static engine => new TheoryDataRow<Engine>(engine) { Skip = Engines.WhyMissing(engine) })]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

public static class Engines
{
    public const string PostgreSqlVariable = "CASHLESS_TEST_POSTGRES";
    public const string SqlServerVariable = "CASHLESS_TEST_SQLSERVER";

    public static string? WhyMissing(Engine engine) => engine switch
    {
        Engine.Sqlite => null,
        Engine.PostgreSql => Server(PostgreSqlVariable) is null && !InCi ? $"{PostgreSqlVariable} is not set" : null,
        Engine.SqlServer => Server(SqlServerVariable) is null ? $"{SqlServerVariable} is not set" : null,
    };

    public static string? Server(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";
}

/// <summary>A migrated database of one engine, of this test alone, gone when the test is over. It has one city.</summary>
public sealed class TestStore : IAsyncDisposable
{
    public const string City = "131016";

    private readonly Func<Task> _drop;
    private readonly Func<DbConnection> _connect;

    private TestStore(Engine engine, string connectionString, Database database, FakeTime time, Clock clock, Func<DbConnection> connect, string directory, Func<Task> drop)
    {
        (Engine, ConnectionString, Database, Time, Clock, Directory) = (engine, connectionString, database, time, clock, directory);
        (_connect, _drop) = (connect, drop);
        Ids = new Ids(clock);
    }

    public Engine Engine { get; }
    public string ConnectionString { get; }
    public Database Database { get; }
    public FakeTime Time { get; }
    public Clock Clock { get; }
    public Ids Ids { get; }

    /// <summary>A folder of this test's own.</summary>
    public string Directory { get; }

    public static async Task<TestStore> Open(Engine engine = Engine.Sqlite)
    {
        var (time, directory) = (new FakeTime(), System.IO.Directory.CreateTempSubdirectory("cashless-test-").FullName);
        var store = engine switch
        {
            Engine.Sqlite => await Sqlite(time, directory),
            Engine.PostgreSql => await PostgreSql(time, directory),
            Engine.SqlServer => await SqlServer(time, directory),
        };
        await store.AddCity(City);
        return store;
    }

    public Task AddCity(string code) => Execute("insert into municipality (code, name, created_at) values (@code, @code, 0)", new { code });

    /// <summary>What somebody with a database tool could do, past the gateway.</summary>
    public async Task<int> Execute(string text, object? values = null)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        return await connection.ExecuteAsync(text, values);
    }

    public async Task<T?> Scalar<T>(string text, object? values = null)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<T>(text, values);
    }

    /// <summary>Takes the append-only guards of a table away, as somebody with the right to do so could.</summary>
    public async Task DropGuards(string table)
    {
        foreach (var trigger in await TriggersOf(table))
            await Execute(Engine == Engine.PostgreSql ? $"drop trigger {trigger} on {table}" : $"drop trigger {trigger}");
    }

    private async Task<List<string>> TriggersOf(string table)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        return (await connection.QueryAsync<string>(Engine switch
        {
            Engine.Sqlite => "select name from sqlite_master where type = 'trigger' and tbl_name = @table",
            Engine.PostgreSql => "select tgname::text from pg_trigger where tgrelid = @table::regclass and not tgisinternal",
            Engine.SqlServer => "select name from sys.triggers where parent_id = object_id(@table)",
        }, new { table })).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _drop();
        try
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
        catch (IOException)
        {
            // A file that is still held (Windows) is the system's to clean up.
        }
    }

    private static async Task<TestStore> Sqlite(FakeTime time, string directory)
    {
        var file = Path.Combine(directory, "cashless.db");
        var connectionString = $"Data Source={file};Pooling=False";
        var clock = new Clock(time);
        await Migrations.Apply(Engine.Sqlite, connectionString, clock);
        return new TestStore(Engine.Sqlite, connectionString, SqliteDatabase.Open(file), time, clock, () => new SqliteConnection(connectionString), directory, static () => Task.CompletedTask);
    }

    private static async Task<TestStore> PostgreSql(FakeTime time, string directory)
    {
        var (own, drop) = await NewDatabase(Engine.PostgreSql);
        var clock = new Clock(time);
        await Migrations.Apply(Engine.PostgreSql, own, clock);
        var pooled = new NpgsqlConnectionStringBuilder(own) { Pooling = true, MaxPoolSize = 20 }.ConnectionString;
        return new TestStore(Engine.PostgreSql, own, ServerDatabase.PostgreSql(pooled), time, clock, () => new NpgsqlConnection(own), directory, drop);
    }

    private static async Task<TestStore> SqlServer(FakeTime time, string directory)
    {
        var (own, drop) = await NewDatabase(Engine.SqlServer);
        var clock = new Clock(time);
        await Migrations.Apply(Engine.SqlServer, own, clock);
        var pooled = new SqlConnectionStringBuilder(own) { Pooling = true, MaxPoolSize = 20 }.ConnectionString;
        return new TestStore(Engine.SqlServer, own, ServerDatabase.SqlServer(pooled), time, clock, () => new SqlConnection(own), directory, drop);
    }

    /// <summary>An empty database on the server of that engine, and how to be rid of it.</summary>
    internal static async Task<(string ConnectionString, Func<Task> Drop)> NewDatabase(Engine engine)
    {
        var name = $"cashless_{Guid.NewGuid():N}";
        if (engine == Engine.PostgreSql)
        {
            var server = new NpgsqlConnectionStringBuilder(Engines.Server(Engines.PostgreSqlVariable)
                ?? throw new InvalidOperationException($"{Engines.PostgreSqlVariable} is not set; in CI the tests need PostgreSQL."))
            { Pooling = false };
            await Run(new NpgsqlConnection(server.ConnectionString), $"create database {name}");
            return (new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString,
                () => Run(new NpgsqlConnection(server.ConnectionString), $"drop database {name} with (force)"));
        }

        var sqlServer = new SqlConnectionStringBuilder(Engines.Server(Engines.SqlServerVariable)) { Pooling = false };
        await Run(new SqlConnection(sqlServer.ConnectionString), $"create database {name}");
        return (new SqlConnectionStringBuilder(sqlServer.ConnectionString) { InitialCatalog = name }.ConnectionString,
            () => Run(new SqlConnection(sqlServer.ConnectionString), $"alter database {name} set single_user with rollback immediate; drop database {name}"));
    }

    private static async Task Run(DbConnection connection, string text)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(text);
        }
    }
}
