using System.Text.Json;
using CashlessGateway.Money;

namespace CashlessGateway.Recovery;

/// <summary>What the call logs tell about the time since a backup.</summary>
/// <param name="Incomplete">Why they do not hold every order of that time; null when they do.</param>
public sealed record CalledSince(IReadOnlyList<CalledLine> Lines, string? Incomplete);

/// <summary>
/// Reads the call log. Several processes on one database have a log each: after a restore the others' are laid beside the one that
/// starts first, with any word between name and ending (provider-calls.node2.log).
/// </summary>
public static class CallLogFile
{
    /// <summary>The clocks of two machines may differ; a line too many is found in the database and left alone.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    public static CalledSince Read(string path, Instant since)
    {
        var from = since.Plus(-ClockDifference);
        var lines = new List<CalledLine>();
        string? incomplete = null;
        foreach (var file in Files(path))
        {
            if (ReadOne(file, from, since, lines) is { } why) incomplete = $"{Path.GetFileName(file)} {why}.";
        }

        return new CalledSince(lines, incomplete);
    }

    private static IEnumerable<string> Files(string path)
    {
        var pattern = $"{Path.GetFileNameWithoutExtension(path)}*{Path.GetExtension(path)}";
        return Directory.GetFiles(Path.GetDirectoryName(path)!, pattern).Order(StringComparer.Ordinal);
    }

    /// <summary>Null when it holds everything since; else why not, as the end of a sentence.</summary>
    private static string? ReadOne(string file, Instant from, Instant since, List<CalledLine> lines)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var begins = Begins(reader.ReadLine());
        string? unreadable = null;
        for (var number = 2; reader.ReadLine() is { } text; number++)
        {
            // A line without its end was never on disk as a whole, so its order was never sent.
            if (!text.EndsWith('}')) continue;
            if (Parse(text) is not { } line) unreadable = $"has a line that cannot be read ({number})";
            else if (line.At >= from) lines.Add(line);
        }

        return begins is not { } first ? "does not say from when on it was kept" : first > since ? $"begins at {first}, after the backup" : unreadable;
    }

    private static Instant? Begins(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<LogBegins>(text, CalledLineJson.Options)?.Begins;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CalledLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<CalledLine>(text, CalledLineJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
