using CashlessGateway.Commands;
using CashlessGateway.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CashlessGateway.Backups;

/// <summary>
/// SQLite's online backup. With a write-ahead log the copy reads one state of the database from beginning to end while the gateway
/// goes on writing; neither waits for the other, and the gateway's lock file is not needed.
/// </summary>
public static class SqliteBackup
{
    public const string FileName = "gateway.db";

    public static async Task<BackupCounts> Copy(string source, string target)
    {
        SqliteLibrary.Use();
        try
        {
            await using (var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
            await using (var to = new SqliteConnection(CommandWorld.ConnectionTo(target)))
            {
                await from.OpenAsync();
                await to.OpenAsync();
                from.BackupDatabase(to);
            }

            var counts = await Check(target);
            await using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            stream.Flush(flushToDisk: true);
            return counts;
        }
        catch (SqliteException error)
        {
            throw new CommandException($"{source} cannot be copied to {target}: {error.Message}");
        }
    }

    /// <summary>A copy that does not hold together must be known now, not on the day it is needed.</summary>
    private static async Task<BackupCounts> Check(string file)
    {
        await using var connection = new SqliteConnection(CommandWorld.ConnectionTo(file));
        await connection.OpenAsync();
        // One file and no log beside it.
        await connection.ExecuteAsync("pragma journal_mode = delete");
        var found = await connection.ExecuteScalarAsync<string>("pragma integrity_check");
        if (found != "ok") throw new CommandException($"The copy {file} does not hold together: {found}");
        return new BackupCounts(
            await connection.ExecuteScalarAsync<int>("select max(number) from migration"),
            await connection.ExecuteScalarAsync<long>("select count(*) from payment"),
            await connection.ExecuteScalarAsync<long>("select count(*) from journal_entry"));
    }
}
