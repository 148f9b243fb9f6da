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
    /// <param name="folder">Where plug-ins from outside lie.</param>
    /// <exception cref="StartupException">A plug-in or a setting is wrong; one sentence says which file or setting, and why.</exception>
    public static IReadOnlyList<ProviderInstance> Open(IReadOnlyList<ProviderConfiguration> configurations, string folder, TimeProvider time, bool sandbox)
    {
        if (configurations.Count == 0) return [];
        var plugins = Find(folder);
        return [.. configurations.Select(configuration => Open(configuration, plugins, time, sandbox))];
    }

    private static ProviderInstance Open(ProviderConfiguration configuration, IReadOnlyList<LoadedPlugin> plugins, TimeProvider time, bool sandbox)
    {
        var plugin = plugins.FirstOrDefault(plugin => plugin.Name == configuration.Type)
            ?? throw new StartupException($"Providers:{configuration.Name}:Type is '{configuration.Type}'; there is no such plug-in. Known: {string.Join(", ", plugins.Select(plugin => plugin.Name).Order(StringComparer.Ordinal))}.");
        try
        {
            var provider = plugin.Plugin.Open(new ProviderSetup(configuration.Name, configuration.Values, Http(), time, sandbox));
            return provider is { Abilities: not null }
                ? new ProviderInstance(configuration.Name, configuration.Type, provider, configuration.Terms, time)
                : throw new StartupException($"Providers:{configuration.Name} cannot be opened: the plug-in {plugin.File} gives no provider, or one that does not say what it can do.");
        }
        catch (ProviderSettingException error)
        {
            throw new StartupException($"Providers:{configuration.Name}:{error.Setting} {error.Why}.");
        }
        catch (Exception error) when (error is not StartupException)
        {
            // Its message may hold a setting's value, and that may be a secret.
            var why = UnfitPlugin.Code(error, plugin.Contract) ?? $"it threw {error.GetType().Name}, which says nothing about a setting (ProviderSettingException does)";
            throw new StartupException($"Providers:{configuration.Name} cannot be opened by the plug-in {plugin.File}: {why}.", error);
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

    private static List<LoadedPlugin> Find(string folder)
    {
        var plugins = new List<LoadedPlugin>();
        foreach (var plugin in PluginFolder.BuiltIn().Select(LoadedPlugin.BuiltIn).OfType<LoadedPlugin>().Concat(PluginFolder.FromOutside(folder).Select(LoadedPlugin.FromOutside)))
        {
            if (plugins.Find(other => other.Name == plugin.Name) is { } first)
                throw new StartupException($"Two plug-ins call themselves '{plugin.Name}': {first.File} and {plugin.File}. Take one away.");
            plugins.Add(plugin);
        }

        return plugins;
    }
}
