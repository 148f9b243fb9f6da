namespace CashlessGateway.Providers;

/// <summary>
/// A plug-in: an assembly names it with <see cref="ProviderPluginAttribute"/>, configuration asks for it by <see cref="Type"/>.
/// </summary>
public interface IProviderPlugin
{
    /// <summary>The name that configuration uses, in small letters.</summary>
    string Type { get; }

    /// <summary>Opens one contract. Checks every setting, calls nobody.</summary>
    /// <exception cref="ProviderSettingException">A setting is missing or impossible; the gateway does not start and names it.</exception>
    IProvider Open(ProviderSetup setup);
}

/// <summary>Says which class of an assembly is its plug-in.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ProviderPluginAttribute(Type plugin) : Attribute
{
    /// <summary>A class with a constructor without parameters that implements <see cref="IProviderPlugin"/>.</summary>
    public Type Plugin { get; } = plugin;
}

/// <summary>What an instance is opened with.</summary>
/// <param name="Instance">Its name, unique in the deployment.</param>
/// <param name="Values">Its own part of the configuration, names without regard to case.</param>
/// <param name="Http">For this instance alone: no redirects, no cookies, no time limit of its own (each call's token carries it).</param>
/// <param name="Time">The only clock.</param>
/// <param name="Sandbox">Test keys and sandbox addresses are expected; without it they are refused.</param>
public sealed record ProviderSetup(string Instance, IReadOnlyDictionary<string, string> Values, HttpClient Http, TimeProvider Time, bool Sandbox)
{
    /// <summary>A value that must be there.</summary>
    public string Required(string name) =>
        Values.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new ProviderSettingException(name, "is missing");

    /// <summary>A value that may be there.</summary>
    public string? Optional(string name) => Values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}

/// <summary>A setting of an instance is missing or impossible.</summary>
public sealed class ProviderSettingException(string setting, string why) : Exception($"{setting} {why}")
{
    /// <summary>The setting's name below its instance.</summary>
    public string Setting { get; } = setting;

    /// <summary>What is wrong with it, as the end of a sentence.</summary>
    public string Why { get; } = why;
}
