using CashlessGateway.Commands;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CashlessGateway.Backups;

/// <summary>
/// SQL Server writes its backup itself, to a path as the server sees it. It comes back by the server's own RESTORE; the gateway then
/// proves that it is that backup, and marks it.
/// </summary>
public static class SqlServerBackup
{
    private const string FileName = "gateway.bak";

    public static async Task<(string File, BackupCounts Counts)> Make(Settings settings, string folder)
    {
        var name = Path.GetFileName(folder);
        var file = settings.SqlServerBackupPath is { } path ? $"{path.TrimEnd('/', '\\')}{(path.Contains('\\', StringComparison.Ordinal) ? '\\' : '/')}{name}.bak" : Path.Combine(folder, FileName);
        try
        {
            await using var connection = new SqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            // Rows may be added while it is copied: the counts are a lower bound, and a restored copy is held against them as one.
            var counts = await Counts(connection);
            var database = connection.Database.Replace("]", "]]", StringComparison.Ordinal);
            // copy_only: the city's own chain of backups is not disturbed. Its time is the server's, hence no limit.
            await connection.ExecuteAsync($"backup database [{database}] to disk = @file with copy_only, checksum, format", new { file }, commandTimeout: 0);
            await connection.ExecuteAsync("restore verifyonly from disk = @file with checksum", new { file }, commandTimeout: 0);
            return (file, counts);
        }
        catch (SqlException error)
        {
            throw new CommandException($"SQL Server cannot write the backup to {file}: {error.Message}");
        }
    }

    /// <summary>Another database, or an older backup, must not be marked as this one.</summary>
    public static async Task Prove(Settings settings, BackupManifest manifest)
    {
        try
        {
            await using var connection = new SqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            if (await connection.ExecuteScalarAsync<int?>("select object_id('payment')") is null)
                throw new CommandException($"The database '{connection.Database}' is empty. Restore {manifest.File} into it with SQL Server's own RESTORE DATABASE first, then run this again.");
            var counts = await Counts(connection);
            if (counts.Migration != manifest.Migration || counts.Payments < manifest.Payments || counts.JournalEntries < manifest.JournalEntries)
                throw new CommandException($"The database '{connection.Database}' is not this backup: it has migration {counts.Migration}, {counts.Payments} payments, {counts.JournalEntries} journal entries; the manifest says {manifest.Migration}, {manifest.Payments}, {manifest.JournalEntries}.");
        }
        catch (SqlException error)
        {
            throw new CommandException($"The SQL Server database cannot be reached: {error.Message}");
        }
    }

    private static async Task<BackupCounts> Counts(SqlConnection connection) => new(
        await connection.ExecuteScalarAsync<int>("select max(number) from migration"),
        await connection.ExecuteScalarAsync<long>("select count_big(*) from payment"),
        await connection.ExecuteScalarAsync<long>("select count_big(*) from journal_entry"));
}
