using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CashlessGateway.Codes.Tests.Decoding;

/// <summary>Whether the decoder can be asked.</summary>
internal abstract record DecoderStart
{
    private DecoderStart() { }

    internal sealed record Started(DecoderProcess Process) : DecoderStart;

    internal sealed record Missing(string What) : DecoderStart;
}

/// <summary>A picture as PNG or SVG. The process gives its answer under the same id.</summary>
internal sealed record DecoderRequest
{
    public long Id { get; init; }
    public byte[]? Png { get; init; }
    public byte[]? Svg { get; init; }
    public int? Dpi { get; init; }
}

/// <summary>node tests/decoder/decode.mjs: one line of JSON in, one line of JSON out.</summary>
internal sealed class DecoderProcess : IAsyncDisposable
{
    /// <summary>A picture takes 5 to 150 ms; the rest is for hundreds that wait before it, and for other work on the machine.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(60);

    /// <summary>It ends by itself as soon as its input ends.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private const int MostErrorLines = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Process _process;
    private readonly Task _answers;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<Answer>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Queue<string> _errors = new();
    private volatile bool _ended;
    private long _last;

    private DecoderProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += KeepError;
        _process.BeginErrorReadLine();
        _answers = Task.Run(ReadAnswers);
    }

    public static DecoderStart Start()
    {
        if (Folder() is not { } folder) return new DecoderStart.Missing("tests/decoder is not above the test program, so drawn symbols cannot be read back.");
        // npm writes this file last, so that a broken-off installation is not taken for one.
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))) return new DecoderStart.Missing("tests/decoder/node_modules is missing, so drawn symbols cannot be read back; test.sh installs it, or: npm ci --prefix tests/decoder");
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            var process = Process.Start(new ProcessStartInfo("node", ["decode.mjs"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = utf8,
                StandardOutputEncoding = utf8,
            });
            return new DecoderStart.Started(new DecoderProcess(process!));
        }
        catch (Win32Exception)
        {
            return new DecoderStart.Missing("node is missing, so drawn symbols cannot be read back; test.sh installs it where it can.");
        }
    }

    public async Task<IReadOnlyList<DecodedSymbol>> Ask(DecoderRequest request)
    {
        var id = Interlocked.Increment(ref _last);
        var waiting = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiting;
        try
        {
            await Send(JsonSerializer.Serialize(request with { Id = id }, Json));
            if (_ended) throw Ended();
            var answer = await waiting.Task.WaitAsync(AnswerPatience);
            return answer.Results ?? throw new InvalidOperationException($"The decoder did not accept the picture: {answer.Error}");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln")))
                return Path.Combine(folder.FullName, "tests", "decoder");
        return null;
    }

    private async Task Send(string line)
    {
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            throw Ended();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAnswers()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var answer = JsonSerializer.Deserialize<Answer>(line, Json) ?? throw new InvalidOperationException("The decoder answered null.");
                if (answer.Id is { } id && _waiting.TryGetValue(id, out var waiting)) waiting.TrySetResult(answer);
            }

            // Only then has all of its error output been read.
            await _process.WaitForExitAsync();
        }
        finally
        {
            _ended = true;
            foreach (var waiting in _waiting.Values) waiting.TrySetException(Ended());
        }
    }

    private void KeepError(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_errors)
        {
            _errors.Enqueue(line.Data);
            if (_errors.Count > MostErrorLines) _errors.Dequeue();
        }
    }

    private InvalidOperationException Ended()
    {
        lock (_errors) return new InvalidOperationException($"The decoder has ended:\n{string.Join('\n', _errors)}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(EndPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _answers;
        _process.Dispose();
        _writing.Dispose();
    }

    private sealed record Answer(long? Id, IReadOnlyList<DecodedSymbol>? Results, string? Error);
}
