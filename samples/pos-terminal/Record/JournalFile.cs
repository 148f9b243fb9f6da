using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PosTerminal.Record;

/// <summary>
/// The till's memory: one JSON line per step, on disk before the next thing happens. One program at a time holds it. What is left
/// unfinished in it is finished by the next start.
/// </summary>
public sealed class JournalFile : IDisposable
{
    /// <summary>Half a year of a busy till. A file that is this long and has nothing unfinished makes way for a new one.</summary>
    private const long LongEnough = 20_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream _file;
    private readonly Dictionary<string, Unfinished> _unfinished;

    private JournalFile(FileStream file, Dictionary<string, Unfinished> unfinished) => (_file, _unfinished) = (file, unfinished);

    public IReadOnlyList<Unfinished> Unfinished => [.. _unfinished.Values];

    /// <summary>Of the last answer that had one.</summary>
    public string? LastReceivable { get; private set; }

    /// <exception cref="PosException">It is held by another program, or cannot be read.</exception>
    public static JournalFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var file = Hold(full);
            var unfinished = Read(file);
            if (file.Length > LongEnough && unfinished.Count == 0) file = Begin(file, full);
            return new JournalFile(file, unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PosException($"記録ファイル {full} を開けません。同じ端末のPOSがすでに動いていないか確かめてください。（{error.Message}）");
        }
    }

    /// <summary>When this returns, the line survives a power cut.</summary>
    public void Write(Step step)
    {
        _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(step, Json) + "\n"));
        _file.Flush(flushToDisk: true);
        LastReceivable = step.Receivable ?? LastReceivable;
        Remember(_unfinished, step);
    }

    /// <summary>Only None is a lock on every system.</summary>
    private static FileStream Hold(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static Dictionary<string, Unfinished> Read(FileStream file)
    {
        var (bytes, unfinished) = (new byte[file.Length], new Dictionary<string, Unfinished>(StringComparer.Ordinal));
        file.ReadExactly(bytes);
        // A line without its end was cut off while it was written, so what it announces has not been done.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Position = whole;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries)) Remember(unfinished, Parse(line));
        return unfinished;
    }

    private static Step Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Step>(line, Json) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            // Guessing here could charge somebody twice.
            throw new PosException($"記録ファイルに読めない行があります。管理者に知らせてください。（{error.Message}）");
        }
    }

    private static void Remember(Dictionary<string, Unfinished> unfinished, Step step)
    {
        if (Record.Unfinished.After(unfinished.GetValueOrDefault(step.Key), step) is { } left) unfinished[step.Key] = left;
        else unfinished.Remove(step.Key);
    }

    private static FileStream Begin(FileStream old, string path)
    {
        old.Dispose();
        File.Move(path, path + ".old", overwrite: true);
        return Hold(path);
    }

    public void Dispose() => _file.Dispose();
}
