using System.Text.Json;
using CashlessGateway.Instances;
using CashlessGateway.Routing;
using CashlessGateway.Sandbox;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>A terminal of the demo city that is paired from the beginning.</summary>
public sealed record DemoDevice(string Terminal, string Provider, string Device);

/// <summary>Where one provider of the demo answers, and its stand-in if this process runs it.</summary>
public sealed record DemoSandbox(string Type, Uri Address, IRunningStandIn? Own);

/// <summary>
/// The demo city's contracts, and the stand-ins for their providers' servers inside this process. The adapters are the real ones;
/// only the address they call is another.
/// </summary>
public static class DemoProviders
{
    private const string File = "providers.json";

    /// <summary>Three seconds: the other node's stand-in listens within one.</summary>
    private const int MostLooks = 15;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private sealed record Contract(string Name, string Type, string? Shop, Dictionary<string, string> Settings, Dictionary<string, string>? Terms, Dictionary<string, string>? Devices);

    /// <summary>Each provider on a port of its own: the chosen one, and those after it.</summary>
    public static async Task<IReadOnlyList<DemoSandbox>> Start(string folder, Settings settings, TimeProvider time)
    {
        var contracts = Read(folder);
        var running = new List<DemoSandbox>();
        try
        {
            foreach (var (index, type) in StandIns.Types.Index())
                if (contracts.Where(contract => contract.Type == type).ToList() is { Count: > 0 } own)
                    running.Add(await Start(type, own, settings.SandboxPort <= 0 ? 0 : settings.SandboxPort + index, settings, time));
            return running;
        }
        catch
        {
            foreach (var sandbox in running)
                if (sandbox.Own is { } started) await started.DisposeAsync();
            throw;
        }
    }

    private static async Task<DemoSandbox> Start(string type, List<Contract> contracts, int port, Settings settings, TimeProvider time)
    {
        var setup = new StandInSetup([.. contracts.Select(static contract => new StandInContract(contract.Shop ?? contract.Name, contract.Settings, contract.Devices is null ? [] : [.. contract.Devices.Values]))], port, Path.Combine(settings.Directory, StateFile(type)), time);
        try
        {
            return Of(await StandIns.Start(type, setup));
        }
        catch (IOException error) when (settings.SandboxPortIsChosen)
        {
            throw new StartupException($"The sandbox cannot start on port {port}: {error.Message} Choose another with Sandbox:Port ({StandIns.Types.Count} ports from there on are used).");
        }
        catch (IOException)
        {
            // Two nodes of one database must mean the same provider; a second city on the machine has its own.
            if (settings.Engine != Engine.Sqlite && await IsSandbox(port)) return new DemoSandbox(type, new Uri($"http://127.0.0.1:{port}/"), null);
            return Of(await StandIns.Start(type, setup with { Port = 0, StateFile = settings.Engine == Engine.Sqlite ? setup.StateFile : null }));
        }
    }

    /// <summary>The first of them has the file that was there before there were others.</summary>
    private static string StateFile(string type) => type == StandIns.Types[0] ? "sandbox.jsonl" : $"sandbox-{type}.jsonl";

    private static DemoSandbox Of(IRunningStandIn running) => new(running.Type, running.Address, running);

    /// <summary>A node that starts at the same moment has taken the file before it listens.</summary>
    private static async Task<bool> IsSandbox(int port)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var attempt = 1; attempt <= MostLooks; attempt++)
        {
            try
            {
                return (await http.GetAsync($"http://127.0.0.1:{port}/_faults")).IsSuccessStatusCode;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(BetweenLooks);
            }
        }

        return false;
    }

    /// <summary>What configuration names itself wins over the demo's contract of that name.</summary>
    public static IReadOnlyList<ProviderConfiguration> Contracts(string folder, Settings settings, IReadOnlyList<DemoSandbox> sandboxes) =>
    [
        .. settings.Providers,
        .. from contract in Read(folder)
           where settings.Providers.All(own => own.Name != contract.Name)
           join sandbox in sandboxes on contract.Type equals sandbox.Type
           select new ProviderConfiguration(contract.Name, contract.Type, new Dictionary<string, string>(contract.Settings, StringComparer.OrdinalIgnoreCase) { ["BaseUrl"] = sandbox.Address.AbsoluteUri })
           {
               Terms = ContractTerms.Read(contract.Name, contract.Terms ?? []),
           },
    ];

    /// <summary>Where the sandboxes post their notices; known only once the gateway listens.</summary>
    public static void TellSandboxes(IReadOnlyList<DemoSandbox> sandboxes, IReadOnlyList<ProviderConfiguration> contracts, string address)
    {
        // Listening on all addresses is no address to post to.
        var own = new UriBuilder(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Uri;
        foreach (var sandbox in sandboxes)
            foreach (var contract in contracts.Where(contract => contract.Values.GetValueOrDefault("BaseUrl") == sandbox.Address.AbsoluteUri))
                sandbox.Own?.NotifyAt(contract.Values, new Uri(own, Payments.IncomingNotices.PathOf(contract)));
    }

    public static IReadOnlyList<DemoDevice> Devices(string folder) =>
        [.. Read(folder).SelectMany(static contract => (contract.Devices ?? []).Select(device => new DemoDevice(device.Key, contract.Name, device.Value)))];

    private static List<Contract> Read(string folder)
    {
        var path = Path.Combine(folder, File);
        try
        {
            return JsonSerializer.Deserialize<List<Contract>>(System.IO.File.ReadAllText(path), JsonSerializerOptions.Web) ?? [];
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new StartupException($"{File} of the demo city cannot be read: {error.Message}");
        }
    }
}
