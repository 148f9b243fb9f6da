using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CashlessGateway.Tests.Storm;

/// <summary>The gateway as a process of its own, so that it can be killed.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, Uri address, IReadOnlyList<string> output)
    {
        _process = process;
        Address = address;
        Output = output;
        Till = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Till.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.First(line => line.StartsWith("cgk_", StringComparison.Ordinal)));
    }

    public Uri Address { get; }
    public HttpClient Till { get; }

    /// <summary>What it printed until it was ready.</summary>
    public IReadOnlyList<string> Output { get; }

    public static async Task<GatewayProcess> Start(string directory, params string[] more)
    {
        var port = FreePort();
        var process = Run([$"--Storage:Directory={directory}", $"--Urls=http://127.0.0.1:{port}", "--environment=Development", "--Limits:RequestsPerMinutePerClient=10000000", .. more]);
        var lines = new List<string>();
        while (lines.Count(line => line.StartsWith("cgk_", StringComparison.Ordinal)) < 2)
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
                ?? throw new InvalidOperationException($"The gateway did not start: {string.Join('\n', lines)}\n{await process.StandardError.ReadToEndAsync()}");
            lines.Add(line);
        }

        // Nobody reads further; the pipe must not fill.
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new GatewayProcess(process, new Uri($"http://127.0.0.1:{port}"), lines);
    }

    /// <summary>Runs it to its end: for starts that must fail.</summary>
    public static async Task<(int ExitCode, string Error)> RunToEnd(params string[] args)
    {
        using var process = Run(args);
        var error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await error);
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

    private static Process Run(IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CashlessGateway.dll"));
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
