using System.Globalization;
using CashlessGateway.Money;

namespace CashlessGateway.Ledger;

/// <summary>What the chain's head was when a day was closed.</summary>
public sealed record Anchor(Instant At, string Municipality, BusinessDate Date, string Place, long Block, string Hash)
{
    private const int Fields = 6;

    /// <summary>Tabs between, so that it opens in a spreadsheet; none of the fields can hold one.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{At}\t{Municipality}\t{Date}\t{Place}\t{Block}\t{Hash}");

    public static Anchor? Parse(string line)
    {
        var fields = line.Split('\t');
        return fields.Length == Fields
            && DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && BusinessDate.TryParse(fields[2], out var date)
            && long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var block)
            && fields[5].Length == SealHash.Bytes * 2 && fields[5].All(char.IsAsciiHexDigitLower)
                ? new Anchor(Instant.From(at), fields[1], date, fields[3], block, fields[5])
                : null;
    }
}

/// <summary>
/// Heads of the chain, one line per closed day, in a text file outside the database: who rewrites the whole chain must rewrite
/// this file too, and its copies. Only ever appended to.
/// </summary>
public sealed class Anchors(string file)
{
    private readonly Lock _gate = new();

    public static Anchors At(Settings settings) => new(Path.Combine(settings.Directory, settings.AnchorFile));

    public string File { get; } = Path.GetFullPath(file);

    /// <summary>Returns when the line is on disk.</summary>
    public void Append(Anchor anchor)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            using var stream = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var line = (EndsInTheMiddle(stream) ? "\n" : "") + anchor.Line + "\n";
            stream.Seek(0, SeekOrigin.End);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(line));
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>The lines in their order, null for one that cannot be read. No file, no anchors.</summary>
    public IEnumerable<(int Number, Anchor? Anchor)> Read()
    {
        if (!System.IO.File.Exists(File)) yield break;
        using var reader = new StreamReader(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        for (var number = 1; reader.ReadLine() is { } line; number++) yield return (number, Anchor.Parse(line));
    }

    /// <summary>A power cut may leave half a line; the next one must not be glued to it.</summary>
    private static bool EndsInTheMiddle(FileStream stream)
    {
        if (stream.Length == 0) return false;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }
}
