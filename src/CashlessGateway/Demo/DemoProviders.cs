using System.Text.Json;
using CashlessGateway.Instances;
using CashlessGateway.Routing;
using CashlessGateway.Sandbox;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>
/// The demo city's contracts, and the stand-in for their providers' servers inside this process. The adapters are the real ones;
/// only the address they call is another.
/// </summary>
public static class DemoProviders
{
    private const string File = "providers.json";
    private const string StateFile = "sandbox.jsonl";

    /// <summary>Three seconds: the other node's stand-in listens within one.</summary>
    private const int MostLooks = 15;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private sealed record Contract(string Name, string Type, string? Shop, Dictionary<string, string> Settings, Dictionary<string, string>? Terms);

    /// <summary>Where the demo's providers answer, and their stand-in if this process runs it.</summary>
    public sealed record Running(Uri Address, SandboxHost? Own);

    public static async Task<Running> Start(string folder, Settings settings, TimeProvider time)
    {
        var contracts = Read(folder);
        var options = new SandboxOptions
        {
            Port = Math.Max(settings.SandboxPort, 0),
            Time = time,
            StateFile = Path.Combine(settings.Directory, StateFile),
            Merchants = [.. contracts.Select(contract => new SandboxMerchant(contract.Settings["ApiKey"], contract.Settings["ApiSecret"], contract.Settings["MerchantId"], contract.Shop ?? contract.Name))],
        };
        try
        {
            return Of(await SandboxHost.Start(options));
        }
        catch (IOException error) when (settings.SandboxPortIsChosen)
        {
            throw new StartupException($"The sandbox cannot start on port {settings.SandboxPort}: {error.Message} Choose another with Sandbox:Port.");
        }
        catch (IOException)
        {
            // Two nodes of one database must mean the same provider; a second city on the machine has its own.
            if (settings.Engine != Engine.Sqlite && await IsSandbox(settings.SandboxPort)) return new Running(new Uri($"http://127.0.0.1:{settings.SandboxPort}/"), null);
            return Of(await SandboxHost.Start(options with { Port = 0, StateFile = settings.Engine == Engine.Sqlite ? options.StateFile : null }));
        }
    }

    private static Running Of(SandboxHost host) => new(host.Address, host);

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
    public static IReadOnlyList<ProviderConfiguration> Contracts(string folder, Settings settings, Uri sandbox) =>
    [
        .. settings.Providers,
        .. Read(folder).Where(contract => settings.Providers.All(own => own.Name != contract.Name))
            .Select(contract => new ProviderConfiguration(contract.Name, contract.Type, new Dictionary<string, string>(contract.Settings, StringComparer.OrdinalIgnoreCase) { ["BaseUrl"] = sandbox.AbsoluteUri }) { Terms = ContractTerms.Read(contract.Name, contract.Terms ?? []) }),
    ];

    /// <summary>Where the sandbox posts its notices; known only once the gateway listens.</summary>
    public static void TellSandbox(SandboxHost sandbox, IReadOnlyList<ProviderConfiguration> contracts, string address)
    {
        // Listening on all addresses is no address to post to.
        var own = new UriBuilder(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Uri;
        foreach (var contract in contracts.Where(contract => contract.Values.GetValueOrDefault("BaseUrl") == sandbox.Address.AbsoluteUri))
            sandbox.NotifyAt(contract.Values["MerchantId"], new Uri(own, Payments.IncomingNotices.PathOf(contract)));
    }

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
