using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.Processes;

/// <summary>A server that we started, on a port of its own, and that we stop by its own id.</summary>
internal class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private const int MostLines = 50;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    protected ServerProcess(ProcessStartInfo start, int port)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public ProcessUsage Usage => new(_process.Id);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string Printed()
    {
        lock (_lines) return string.Join('\n', _lines);
    }

    protected async Task UntilItListens()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < StartPatience)
        {
            if (_process.HasExited) throw new BenchmarkException($"The server ended at its start:\n{Printed()}");
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Url.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        throw new BenchmarkException($"The server does not listen after {StartPatience.TotalSeconds:N0} s:\n{Printed()}");
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_lines)
        {
            _lines.Enqueue(line.Data);
            if (_lines.Count > MostLines) _lines.Dequeue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Tool.Run("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
            using var patience = new CancellationTokenSource(StopPatience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }
}

/// <summary>The gateway as an operator runs it: its own build output, settings from the environment.</summary>
internal sealed class GatewayProcess : ServerProcess
{
    private GatewayProcess(ProcessStartInfo start, int port) : base(start, port)
    {
    }

    /// <summary>Built in Release together with this program.</summary>
    public static string DefaultDll() => Path.Combine(Repository.Root(), "src", "CashlessGateway", "bin", "Release", "net10.0", "CashlessGateway.dll");

    /// <summary>With the demo city, on SQLite, and contracts that lead to stand-ins of ours.</summary>
    public static async Task<GatewayProcess> StartDemo(string dll, string directory, IReadOnlyList<(string Name, Uri Address)> contracts)
    {
        if (!File.Exists(dll)) throw new BenchmarkException($"{dll} is missing: build src/CashlessGateway in Release.");
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [dll]) { WorkingDirectory = directory };
        var settings = start.Environment;
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        settings["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["Storage__Directory"] = directory;
        settings["Limits__RequestsPerMinutePerClient"] = "10000000";
        settings["Logging__LogLevel__Default"] = "None";
        settings["Sandbox__Port"] = "0";
        foreach (var (name, address) in contracts)
            foreach (var (setting, value) in new[] { ("Type", "paypay"), ("BaseUrl", address.AbsoluteUri), ("ApiKey", "k"), ("ApiSecret", "s"), ("MerchantId", "m") })
                settings[$"Providers__{name}__{setting}"] = value;
        var gateway = new GatewayProcess(start, port);
        await gateway.UntilItListens();
        return gateway;
    }

    public static async Task<GatewayProcess> Start(string dll, Engine engine, string directory, string connection, bool jobs)
    {
        if (!File.Exists(dll)) throw new BenchmarkException($"{dll} is missing: build src/CashlessGateway in Release.");
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [dll]) { WorkingDirectory = directory };
        var settings = start.Environment;
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        settings["PublicUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        settings["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["Storage__Engine"] = engine.ToString();
        settings["Storage__Directory"] = directory;
        settings["Storage__ConnectionString"] = engine == Engine.Sqlite ? "" : connection;
        settings["Limits__RequestsPerMinutePerClient"] = "10000000";
        settings["Logging__LogLevel__Default"] = "None";
        settings["Jobs__Enabled"] = jobs ? "true" : "false";
        settings["DOTNET_gcServer"] = "0";
        var gateway = new GatewayProcess(start, port);
        await gateway.UntilItListens();
        return gateway;
    }
}

/// <summary>The floor: this very program in a process of its own.</summary>
internal sealed class FloorProcess : ServerProcess
{
    private FloorProcess(ProcessStartInfo start, int port) : base(start, port)
    {
    }

    public static async Task<FloorProcess> Start(Engine engine, string rows, string where)
    {
        var port = FreePort();
        string[] arguments = [typeof(FloorProcess).Assembly.Location, engine == Engine.Sqlite ? "floor-sqlite" : "floor-postgres", "--rows", rows,
            engine == Engine.Sqlite ? "--directory" : "--connection", where, "--port", port.ToString(CultureInfo.InvariantCulture)];
        var floor = new FloorProcess(new ProcessStartInfo("dotnet", arguments), port);
        await floor.UntilItListens();
        return floor;
    }
}

/// <summary>A command of the system, run to its end.</summary>
internal static class Tool
{
    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" })
            ?? throw new BenchmarkException($"{program} cannot be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new BenchmarkException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }
}
