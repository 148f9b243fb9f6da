using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace CashlessGateway.Storage;

/// <summary>
/// PostgreSQL or SQL Server: one transaction at read committed per unit. Correctness rests on unique indexes and conditional
/// updates, so a unit that meets a deadlock or a lost connection is simply run again.
/// </summary>
public sealed class ServerDatabase : Database
{
    /// <summary>A deadlock met five times in a row is not chance; the caller gets a 503 and comes back.</summary>
    private const int MostTries = 5;

    /// <summary>A server that restarts or fails over needs seconds; five tries with this growing pause wait about two.</summary>
    private static readonly TimeSpan ReadBackPause = TimeSpan.FromMilliseconds(200);

    private readonly Func<CancellationToken, Task<DbConnection>> _connect;
    private readonly IAsyncDisposable? _pool;
    private readonly PostgreSqlLanes? _lanes;

    private ServerDatabase(Engine engine, Func<CancellationToken, Task<DbConnection>> connect, IAsyncDisposable? pool)
    {
        Mapping.Register();
        Engine = engine;
        _connect = connect;
        _pool = pool;
        if (engine == Engine.PostgreSql) _lanes = new PostgreSqlLanes(async cancellation => (NpgsqlConnection)await connect(cancellation));
    }

    public override Engine Engine { get; }

    public static ServerDatabase PostgreSql(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        // Bounded, so that a slow database makes callers wait here and not the server's processes pile up.
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 24;
        // Statements are few and always the same: prepared after their second use, they skip the planner.
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        if (!settings.ContainsKey("Timeout")) settings.Timeout = 5;
        settings.NoResetOnClose = true;
        // Our statements find rows by key and always the same way; planning them anew for each payment was a tenth of its cost.
        if (string.IsNullOrEmpty(settings.Options)) settings.Options = "-c plan_cache_mode=force_generic_plan";
        var pool = NpgsqlDataSource.Create(settings.ConnectionString);
        return new ServerDatabase(Engine.PostgreSql, async cancellation => await pool.OpenConnectionAsync(cancellation), pool);
    }

    public static ServerDatabase SqlServer(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Max Pool Size")) settings.MaxPoolSize = 24;
        if (!settings.ShouldSerialize("Connect Timeout")) settings.ConnectTimeout = 5;
        var text = settings.ConnectionString;
        return new ServerDatabase(Engine.SqlServer, async cancellation =>
        {
            var connection = new SqlConnection(text);
            try
            {
                await connection.OpenAsync(cancellation);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }, pool: null);
    }

    public override Task<Written<T>> WriteGrouped<T>(string lane, Func<Unit, Task<T>> work, ReadBack readBack) => _lanes is null
        ? Write(work, readBack)
        : _lanes.Write(lane, work, async ifThere => ifThere is not null && readBack is ReadBack.Row row && await IsThere(row) ? ifThere : await Write(work, readBack));

    public override async Task<Written<T>> Write<T>(Func<Unit, Task<T>> work, ReadBack readBack, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnce(work, readBack, cancellation);
            }
            catch (MissedException missed)
            {
                return new Written<T>.Taken(missed.Name);
            }
            catch (DbException error) when (ServerErrors.ViolatedIndex(error) is { } index)
            {
                return new Written<T>.Taken(index);
            }
            catch (Exception error) when (ServerErrors.MayRunAgain(error) && attempt < MostTries)
            {
                // Two units that met once meet again if they wait equally long.
                await Task.Delay(Random.Shared.Next(5, 30 * attempt), cancellation);
            }
            catch (Exception error) when (ServerErrors.IsUnavailable(error))
            {
                throw new StorageUnavailableException($"{Engine}: {error.Message}", error);
            }
        }
    }

    private async Task<Written<T>> WriteOnce<T>(Func<Unit, Task<T>> work, ReadBack readBack, CancellationToken cancellation)
    {
        await using var connection = await _connect(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var unit = new Unit(connection, transaction, Engine, cancellation);
        var answer = await work(unit);
        if (unit.IsAbandoned)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return new Written<T>.Done(answer);
        }

        cancellation.ThrowIfCancellationRequested();
        try
        {
            // From here on the caller's wish to stop no longer counts: half a commit does not exist.
            if (!await unit.FlushAndCommit()) await transaction.CommitAsync(CancellationToken.None);
            return new Written<T>.Done(answer);
        }
        catch (Exception error) when (ServerErrors.LostTheConnection(error))
        {
            if (readBack is ReadBack.Row row && await IsThere(row)) return new Written<T>.Done(answer);
            throw new LostBeforeCommitException(error);
        }
    }

    /// <summary>
    /// The commit's answer was lost: only the database knows. While it cannot be asked the unit must not run again, for it may be
    /// there; then the caller gets a 503, and its retry under the same key finds what happened.
    /// </summary>
    private async Task<bool> IsThere(ReadBack.Row row)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _connect(CancellationToken.None);
                return await new Reader(connection, null, Engine, CancellationToken.None).Exists(row.Select, row.Values);
            }
            catch (Exception error) when (ServerErrors.IsUnavailable(error) || ServerErrors.LostTheConnection(error))
            {
                if (attempt == MostTries) throw new StorageUnavailableException($"{Engine}: the connection was lost at commit and the outcome cannot be read yet: {error.Message}", error);
                await Task.Delay(ReadBackPause * attempt);
            }
        }
    }

    public override async Task<T> Read<T>(Func<Reader, Task<T>> work, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _connect(cancellation);
                return await work(new Reader(connection, null, Engine, cancellation));
            }
            catch (Exception error) when (ServerErrors.LostTheConnection(error) && attempt < 2)
            {
                // A pooled connection may have died while it lay idle (server restart); the next one is fresh.
                cancellation.ThrowIfCancellationRequested();
            }
            catch (Exception error) when (ServerErrors.IsUnavailable(error))
            {
                throw new StorageUnavailableException($"{Engine}: {error.Message}", error);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_lanes is not null) await _lanes.DisposeAsync();
        if (_pool is not null) await _pool.DisposeAsync();
        if (Engine == Engine.SqlServer) SqlConnection.ClearAllPools();
    }
}

/// <summary>The connection broke at commit and the unit's row is not there: it may run again.</summary>
internal sealed class LostBeforeCommitException(Exception inner) : DbException("The connection was lost before the commit took effect.", inner);
