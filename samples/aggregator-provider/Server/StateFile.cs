using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MatometeServer;

/// <summary>The truth on disk: one line of JSON per change, on disk before anybody is told of it.</summary>
internal sealed class StateFile : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly FileStream _file;

    public StateFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // No sharing: two servers that write one truth would both be wrong.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>A kill in the middle leaves a torn line; the line break in front keeps it from spoiling the next.</summary>
    public void Append(StateLine line)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(line, Plain)]);
        _file.Flush(flushToDisk: true);
    }

    public IEnumerable<StateLine> Read()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } text)
            if (Parse(text) is { IsOne: true } line) yield return line;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A torn line was told to nobody: it did not happen.</summary>
    private static StateLine? Parse(string text)
    {
        if (text.Length == 0) return null;
        try
        {
            return JsonSerializer.Deserialize<StateLine>(text, Plain);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
