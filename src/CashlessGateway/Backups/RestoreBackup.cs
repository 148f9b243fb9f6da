using CashlessGateway.Commands;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Recovery;
using CashlessGateway.Storage;

namespace CashlessGateway.Backups;

/// <summary>
/// restore --from DIR/TIMESTAMP: brings a backup back and marks it as recovering, so that the next start asks the providers for
/// everything since before it takes a new payment (mechanics 27).
/// </summary>
public static class RestoreBackup
{
    public static async Task Run(CommandWorld world, CommandLine line)
    {
        var folder = Path.GetFullPath(line.Required("--from"));
        using var directory = world.Hold();
        var manifest = BackupManifest.Read(folder);
        Check(world.Settings, folder, manifest);
        switch (world.Settings.Engine)
        {
            case Engine.Sqlite:
                await SqliteRestore.Run(world, Path.Combine(folder, manifest.File), manifest, line.Has("--replace"));
                break;
            case Engine.PostgreSql:
                await PostgreSqlTools.Restore(world.Settings, Path.Combine(folder, manifest.File));
                await Migrations.Apply(Engine.PostgreSql, world.Connection, world.Clock);
                await MarkIn(world, manifest);
                break;
            case Engine.SqlServer:
                await SqlServerBackup.Prove(world.Settings, manifest);
                await Migrations.Apply(Engine.SqlServer, world.Connection, world.Clock);
                await MarkIn(world, manifest);
                break;
        }

        await world.Say($"Restored: the state of {manifest.TakenAt} ({manifest.Payments} payments, {manifest.JournalEntries} journal entries).");
        await world.Say("Start the gateway: it takes no new payment until the providers were asked for everything since. See 'recovery --status'.");
    }

    /// <summary>The mark and the gap in the receipts' numbers are one commit.</summary>
    public static async Task Mark(Database database, BackupManifest manifest, Clock clock)
    {
        var now = clock.Now();
        await database.WriteSurely(async unit =>
        {
            await RecoveryStore.Begin(unit, manifest.TakenAt, now);
            return await ReceiptGap.Leave(unit);
        }, ReadBack.SafeToRepeat);
    }

    private static async Task MarkIn(CommandWorld world, BackupManifest manifest)
    {
        await using var database = world.Open();
        await Mark(database, manifest, world.Clock);
    }

    private static void Check(Settings settings, string folder, BackupManifest manifest)
    {
        if (manifest.Engine != settings.Engine) throw new CommandException($"{folder} is a backup of {manifest.Engine}, and Storage:Engine is {settings.Engine}.");
        if (manifest.Migration > Migration.All(settings.Engine)[^1].Number) throw new CommandException($"{folder} was made by gateway {manifest.Gateway}, which is newer than this program. Restore it with that version or a later one.");
        if (manifest.Sha256 is null) return;
        var file = Path.Combine(folder, manifest.File);
        if (Path.GetFileName(manifest.File) != manifest.File || !File.Exists(file)) throw new CommandException($"{folder} lacks {manifest.File}.");
        if (BackupManifest.HashOf(file) != manifest.Sha256) throw new CommandException($"{file} is not what was backed up: its SHA-256 is another than the manifest's. Take an earlier backup or another copy of this one.");
    }
}
