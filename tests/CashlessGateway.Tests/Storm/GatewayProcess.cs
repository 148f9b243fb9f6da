using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CashlessGateway.Tests.Storm;

/// <summary>The gateway as a process of its own, so that it can be killed.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _log = new();

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process, Uri address)
    {
        _process = process;
        Till = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Till { get; }

    public Task Ended => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>What it printed until it was ready.</summary>
    public IReadOnlyList<string> Output { get; private set; } = [];

    public static async Task<GatewayProcess> Start(string directory, params string[] more)
    {
        var port = FreePort();
        var process = Run([$"--Storage:Directory={directory}", $"--Urls=http://127.0.0.1:{port}", "--environment=Development", "--Limits:RequestsPerMinutePerClient=10000000", .. more]);
        var gateway = new GatewayProcess(process, new Uri($"http://127.0.0.1:{port}"));
        _ = gateway.Follow(process.StandardOutput);
        _ = gateway.Follow(process.StandardError);
        try
        {
            await gateway._ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            await gateway.DisposeAsync();
            throw new InvalidOperationException($"The gateway did not start:\n{gateway.Log}", error);
        }

        gateway.Till.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Output.First(IsKey));
        return gateway;
    }

    /// <summary>Reads what it prints to the end, so that the pipe never fills; ready when both keys were printed.</summary>
    private async Task Follow(StreamReader printed)
    {
        while (await printed.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.Enqueue(line);
                while (_log.Count > 200) _log.Dequeue();
                if (_log.Count(IsKey) == 2 && !_ready.Task.IsCompleted)
                {
                    Output = [.. _log];
                    _ready.TrySetResult();
                }
            }
        }

        _ready.TrySetException(new InvalidOperationException("It ended."));
    }

    private static bool IsKey(string line) => line.StartsWith("cgk_", StringComparison.Ordinal);

    /// <summary>Runs it to its end: for starts that must fail.</summary>
    public static async Task<(int ExitCode, string Error)> RunToEnd(params string[] args)
    {
        using var process = Run(args);
        var error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await error);
    }

    /// <summary>The end of its log, for whoever reads a failed test.</summary>
    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<int> Interrupt()
    {
        using (var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    /// <summary>No file of the process may grow beyond this; null lifts the limit. Writing over it is refused as on a full disk.</summary>
    public async Task LimitFileSize(long? bytes)
    {
        var id = _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var limit = Process.Start("prlimit", ["--pid", id, $"--fsize={bytes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    private static Process Run(IEnumerable<string> args)
    {
        // XFSZ is ignored, so that a file over its limit is an error to the writer and not the end of the process (see LimitFileSize).
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        // Its own port would be everybody's; a test that wants a sandbox says so.
        start.Environment["Sandbox__Port"] = "0";
        foreach (var word in new[] { "-c", "trap '' XFSZ; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "CashlessGateway.dll") }) start.ArgumentList.Add(word);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Till.Dispose();
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }
}
