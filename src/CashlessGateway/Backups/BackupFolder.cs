using System.Globalization;
using CashlessGateway.Commands;
using CashlessGateway.Money;

namespace CashlessGateway.Backups;

/// <summary>One folder per backup, named by its moment in UTC, so that a list by name is a list by time.</summary>
public static class BackupFolder
{
    /// <summary>Webhook secrets and key hashes are in a backup: its owner alone may read it.</summary>
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Make(string parent, Instant takenAt)
    {
        var folder = Path.Combine(Path.GetFullPath(parent), takenAt.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));
        if (Directory.Exists(folder)) throw new CommandException($"{folder} is there already.");
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{folder} cannot be made: {error.Message}");
        }
    }
}
