using System.Text.Json;
using System.Threading.Channels;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>
/// Every order that goes to a provider, written to disk before it goes, in a file that no backup holds and no restore replaces: after a
/// restore it tells for which payments the providers have to be asked. Only ever appended to.
/// </summary>
public sealed class CallLog : IAsyncDisposable
{
    private const byte NewLine = (byte)'\n';

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly FileStream _stream;
    private readonly Task _writer;
    private volatile string? _unwell;

    /// <summary>As many as units may wait for the database; beyond it their callers wait here.</summary>
    private const int MostWaiting = 10_000;

    private CallLog(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        _writer = Task.Run(Write);
    }

    public string Path { get; }

    /// <summary>Why the last line could not be written; null when it could.</summary>
    public string? Unwell => _unwell;

    private sealed record Waiting(byte[] Line, TaskCompletionSource Written);

    /// <exception cref="StartupException">The file cannot be written, or another process writes it.</exception>
    public static CallLog Open(string path, Clock clock)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            // No buffer of ours: what is not on disk must not look as if it were.
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            Begin(stream, clock);
            return new CallLog(path, stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The call log '{path}' cannot be written: {error.Message} Providers:CallLog names another place.", error);
        }
    }

    /// <summary>Returns when the line is on disk. Those that wait together share one flush.</summary>
    public async Task Append(CalledLine line)
    {
        var waiting = new Waiting([.. JsonSerializer.SerializeToUtf8Bytes(line, CalledLineJson.Options), NewLine], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting);
        await waiting.Written.Task;
    }

    /// <summary>A new file says from when on it holds everything. A power cut may have left half a line; the next one must not be glued to it.</summary>
    private static void Begin(FileStream stream, Clock clock)
    {
        if (stream.Length == 0)
        {
            stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(new LogBegins(clock.Now()), CalledLineJson.Options), NewLine]);
            stream.Flush(flushToDisk: true);
            return;
        }

        stream.Seek(-1, SeekOrigin.End);
        if (stream.ReadByte() != NewLine) stream.WriteByte(NewLine);
    }

    private async Task Write()
    {
        var together = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            together.Clear();
            while (_queue.Reader.TryRead(out var next)) together.Add(next);
            try
            {
                Put(together);
                foreach (var waiting in together) waiting.Written.SetResult();
                _unwell = null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _unwell = error.Message;
                foreach (var waiting in together) waiting.Written.SetException(error);
            }
        }
    }

    private void Put(List<Waiting> together)
    {
        var before = _stream.Length;
        try
        {
            _stream.Seek(0, SeekOrigin.End);
            _stream.Write([.. together.SelectMany(waiting => waiting.Line)]);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk takes half a line; none of these orders is sent, so none of them need stand here.
            _stream.SetLength(before);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete()) return;
        await _writer;
        await _stream.DisposeAsync();
    }
}

/// <summary>The first line of a log.</summary>
public sealed record LogBegins(Instant Begins);
