using System.Globalization;
using CashlessGateway.Commands;
using CashlessGateway.Storage;

namespace CashlessGateway.Backups;

/// <summary>
/// The copy is made ready under another name and gets its own at the very end: whatever ends a restore in the middle, the gateway
/// never starts on a restored database that is not marked.
/// </summary>
public static class SqliteRestore
{
    /// <summary>The log and the shared memory belong to the file; without them the newest payments would be missing from what was moved aside.</summary>
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    private const string Unfinished = ".restoring";

    /// <exception cref="StartupException">A restore broke off between moving the old file aside and giving the new one its name: an empty database must not be begun in their place.</exception>
    public static void RefuseUnfinished(string target)
    {
        if (!File.Exists(target) && File.Exists(target + Unfinished))
            throw new StartupException($"A restore was broken off: '{target}' is missing and '{target}{Unfinished}' is there. Run the restore again.");
    }

    public static async Task Run(CommandWorld world, string copy, BackupManifest manifest, bool replace)
    {
        var target = world.DatabaseFile;
        var present = Parts.Where(part => File.Exists(target + part)).ToList();
        if (present.Count > 0 && !replace) throw new CommandException($"{target} is there already. With --replace it is moved aside (never deleted) and the backup takes its place.");
        var unfinished = target + Unfinished;
        foreach (var part in Parts) File.Delete(unfinished + part);
        File.Copy(copy, unfinished);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Migrations.Apply(Engine.Sqlite, CommandWorld.ConnectionTo(unfinished), world.Clock);
        await using (var database = SqliteDatabase.Open(unfinished)) await RestoreBackup.Mark(database, manifest, world.Clock);
        await using (var stream = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) stream.Flush(flushToDisk: true);
        if (present.Count > 0) await MoveAside(world, target, present);
        File.Move(unfinished, target);
    }

    private static async Task MoveAside(CommandWorld world, string target, List<string> present)
    {
        var aside = Path.Combine(Path.GetDirectoryName(target)!, "replaced-" + world.Clock.Now().ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(aside);
        foreach (var part in present) File.Move(target + part, Path.Combine(aside, Path.GetFileName(target) + part));
        await world.Say($"The database that was there is now in {aside}.");
    }
}
