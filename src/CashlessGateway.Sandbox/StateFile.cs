using System.Text;
using System.Text.Json;

namespace CashlessGateway.Sandbox;

/// <summary>
/// The truth on disk: one line of JSON per change, appended before the change can be seen by anybody. The bytes are handed to the
/// operating system, so they outlive a process that is killed; a power cut is not what the sandbox is for.
/// </summary>
internal sealed class StateFile<TLine> : IDisposable where TLine : class
{
    private readonly FileStream _file;
    private long _end;

    public StateFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // No sharing: two sandboxes that write one truth would both be wrong.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        _end = _file.Length;
    }

    /// <summary>
    /// Each writer takes its own stretch of the file, so writers do not wait for each other. A kill between taking and writing leaves
    /// zero bytes, a kill within a write leaves a torn line; the line break in front keeps either from spoiling the next line.
    /// </summary>
    public void Append(TLine line)
    {
        byte[] bytes = [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(line, SandboxJson.Options)];
        var offset = Interlocked.Add(ref _end, bytes.Length) - bytes.Length;
        RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
    }

    public IEnumerable<TLine> Read()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text.Trim('\0')) is { } line) yield return line;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A torn line was never visible to anybody: the change did not happen.</summary>
    private static TLine? Parse(string text)
    {
        if (text.Length == 0) return null;
        try
        {
            return JsonSerializer.Deserialize<TLine>(text, SandboxJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
