using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using CashlessGateway.Commands;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Backups;

/// <summary>What was copied, as the copy itself says.</summary>
public sealed record BackupCounts(int Migration, long Payments, long JournalEntries);

/// <summary>What lies beside a copy and makes it a backup. Written last: a folder without it was never finished.</summary>
/// <param name="TakenAt">Before the copy began: everything that was committed by then is in it.</param>
/// <param name="File">The copy's name in the same folder; for SQL Server the server's own path.</param>
/// <param name="Sha256">Null where the server keeps the file itself (SQL Server), which has checksums of its own.</param>
public sealed record BackupManifest(int Format, string Gateway, Engine Engine, int Migration, Instant TakenAt, string File, string? Sha256, long Payments, long JournalEntries)
{
    public const string FileName = "manifest.json";
    private const int KnownFormat = 1;

    /// <summary>Ours has a few hundred bytes; anything beyond is another file.</summary>
    private const int LargestFile = 65_536;

    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    public static BackupManifest Of(Engine engine, BackupCounts counts, Instant takenAt, string file, string? sha256) =>
        new(KnownFormat, Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "", engine, counts.Migration, takenAt, file, sha256, counts.Payments, counts.JournalEntries);

    /// <summary>Under its own name only once it is whole and on disk.</summary>
    public void Write(string folder)
    {
        var unfinished = Path.Combine(folder, FileName + ".part");
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(this, Indented));
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(unfinished, Path.Combine(folder, FileName));
    }

    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder)) throw new CommandException($"There is no folder {folder}.");
        if (!System.IO.File.Exists(path)) throw new CommandException($"{folder} has no {FileName}: the backup was not finished, or this is not one.");
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new CommandException($"{path} is not a manifest of a backup: it is too large.");
            var manifest = JsonSerializer.Deserialize<BackupManifest>(System.IO.File.ReadAllBytes(path), Json.Options);
            if (manifest is not { Format: KnownFormat }) throw new CommandException($"{path} is of a format that this program does not know.");
            return manifest;
        }
        catch (JsonException error)
        {
            throw new CommandException($"{path} cannot be read: {error.Message}");
        }
    }

    public static string HashOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
