using CashlessGateway.Commands;
using CashlessGateway.Storage;

namespace CashlessGateway.Backups;

/// <summary>backup --to DIR: a copy of the database while the gateway runs.</summary>
public static class MakeBackup
{
    public static async Task Run(CommandWorld world, CommandLine line)
    {
        var parent = line.Required("--to");
        var takenAt = world.Clock.Now();
        var settings = world.Settings;
        if (settings.Engine == Engine.Sqlite && !File.Exists(world.DatabaseFile)) throw new CommandException($"There is no database at {world.DatabaseFile}.");
        var folder = BackupFolder.Make(parent, takenAt);
        var manifest = settings.Engine switch
        {
            Engine.Sqlite => Local(folder, SqliteBackup.FileName, await SqliteBackup.Copy(world.DatabaseFile, Path.Combine(folder, SqliteBackup.FileName))),
            Engine.PostgreSql => Local(folder, PostgreSqlTools.FileName, await PostgreSqlTools.Dump(settings, Path.Combine(folder, PostgreSqlTools.FileName))),
            Engine.SqlServer => await OnServer(folder),
        };
        manifest.Write(folder);
        await world.Say($"Backup: {folder} ({manifest.Payments} payments, {manifest.JournalEntries} journal entries).");

        BackupManifest Local(string in_, string file, BackupCounts counts) =>
            BackupManifest.Of(settings.Engine, counts, takenAt, file, BackupManifest.HashOf(Path.Combine(in_, file)));

        async Task<BackupManifest> OnServer(string in_)
        {
            var (file, counts) = await SqlServerBackup.Make(settings, in_);
            return BackupManifest.Of(Engine.SqlServer, counts, takenAt, file, sha256: null);
        }
    }
}
