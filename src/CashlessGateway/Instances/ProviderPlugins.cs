using System.Reflection;
using CashlessGateway.Providers;
using CashlessGateway.Routing;
using CashlessGateway.Storage;

namespace CashlessGateway.Instances;

/// <summary>One instance as configuration names it.</summary>
/// <param name="Values">The adapter's own settings.</param>
public sealed record ProviderConfiguration(string Name, string Type, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>What the gateway needs to know of the contract.</summary>
    public ContractTerms Terms { get; init; } = new();
}

/// <summary>Finds plug-ins beside the program and in plugins/, and opens the instances that configuration asks for.</summary>
public static class ProviderPlugins
{
    private const string Beside = "CashlessGateway.Providers.*.dll";
    private const string Folder = "plugins";

    public static IReadOnlyList<ProviderInstance> Open(IReadOnlyList<ProviderConfiguration> configurations, TimeProvider time, bool sandbox)
    {
        if (configurations.Count == 0) return [];
        var plugins = Find();
        return [.. configurations.Select(configuration => Open(configuration, plugins, time, sandbox))];
    }

    private static ProviderInstance Open(ProviderConfiguration configuration, IReadOnlyList<IProviderPlugin> plugins, TimeProvider time, bool sandbox)
    {
        var plugin = plugins.FirstOrDefault(plugin => plugin.Type == configuration.Type)
            ?? throw new StartupException($"Providers:{configuration.Name}:Type is '{configuration.Type}'; there is no such plug-in. Known: {string.Join(", ", plugins.Select(plugin => plugin.Type).Order(StringComparer.Ordinal))}.");
        try
        {
            return new ProviderInstance(configuration.Name, configuration.Type, plugin.Open(new ProviderSetup(configuration.Name, configuration.Values, Http(), time, sandbox)), configuration.Terms, time);
        }
        catch (ProviderSettingException error)
        {
            throw new StartupException($"Providers:{configuration.Name}:{error.Setting} {error.Why}.");
        }
    }

    /// <summary>A redirect or a cookie has no business between two servers; the time limit is each call's own.</summary>
    private static HttpClient Http() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A provider that moves behind its name is followed within this time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static List<IProviderPlugin> Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Folder);
        var files = Directory.EnumerateFiles(AppContext.BaseDirectory, Beside).Concat(Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.dll") : []);
        var plugins = new List<IProviderPlugin>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var named in Load(file).GetCustomAttributes<ProviderPluginAttribute>())
            {
                if (Activator.CreateInstance(named.Plugin) is not IProviderPlugin plugin) throw new StartupException($"{Path.GetFileName(file)} names {named.Plugin} as its plug-in, and that is none.");
                if (plugins.Any(other => other.Type == plugin.Type)) throw new StartupException($"Two plug-ins call themselves '{plugin.Type}'; one of them is {Path.GetFileName(file)}.");
                plugins.Add(plugin);
            }
        }

        return plugins;
    }

    private static Assembly Load(string file)
    {
        try
        {
            return Assembly.LoadFrom(file);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            throw new StartupException($"The plug-in {Path.GetFileName(file)} cannot be loaded: {error.Message}");
        }
    }
}
