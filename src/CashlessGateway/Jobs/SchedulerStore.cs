using CashlessGateway.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace CashlessGateway.Jobs;

/// <summary>
/// Where the scheduler keeps what is due: beside SQLite in a file of its own, so that its writes never wait for a payment's nor
/// a payment for them; on the server engines in the same database, shared by all nodes.
/// </summary>
public sealed class SchedulerStore(Engine engine, string connectionString)
{
    /// <summary>Jobs that may run at once. There are two cores on the smallest machine, and a payment comes first.</summary>
    private const int Threads = 2;

    /// <summary>A run missed by more than this is made up for once, not once for each time it was missed.</summary>
    private static readonly TimeSpan MisfireThreshold = TimeSpan.FromSeconds(5);

    /// <summary>For people: without a password.</summary>
    public string Place => engine switch
    {
        Engine.Sqlite => new SqliteConnectionStringBuilder(connectionString).DataSource,
        Engine.PostgreSql => new NpgsqlConnectionStringBuilder(connectionString).Host + "/" + new NpgsqlConnectionStringBuilder(connectionString).Database,
        Engine.SqlServer => new SqlConnectionStringBuilder(connectionString).DataSource + "/" + new SqlConnectionStringBuilder(connectionString).InitialCatalog,
    };

    /// <summary>A scheduler that is not started yet. It has services of its own, so that a failed try leaves nothing behind.</summary>
    public async Task<IScheduler> Build(JobRunner runner, IReadOnlyList<ScheduledWork> works, ILoggerFactory logs, CancellationToken cancellation)
    {
        if (engine == Engine.Sqlite) await PrepareFile(cancellation);
        return await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(logs);
            quartz.Services.AddSingleton(runner);
            quartz.Services.AddSingleton(works);
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "cashless-gateway";
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(Threads);
            quartz.UsePersistentStore(Configure);
        }).BuildScheduler(cancellation);
    }

    private void Configure(IPersistentStoreBuilder store)
    {
        store.UseSystemTextJsonSerializer();
        store.ProvisionSchema();
        store.ConfigureStore(options => options.MisfireThreshold = MisfireThreshold);
        switch (engine)
        {
            case Engine.Sqlite: store.UseSqlite(SqliteFactory.Instance, connectionString); break;
            case Engine.PostgreSql: store.UsePostgres(NpgsqlFactory.Instance, connectionString); store.UseClustering(); break;
            case Engine.SqlServer: store.UseSqlServer(SqlClientFactory.Instance, connectionString); store.UseClustering(); break;
        }
    }

    /// <summary>WAL is kept in the file itself: each due job is then one small append instead of a journal file made and deleted.</summary>
    private async Task PrepareFile(CancellationToken cancellation)
    {
        SqliteLibrary.Use();
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal";
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
