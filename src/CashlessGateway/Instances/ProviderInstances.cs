using System.Collections.Frozen;

namespace CashlessGateway.Instances;

/// <summary>All contracts of this deployment, by name.</summary>
public sealed class ProviderInstances(IEnumerable<ProviderInstance> instances) : IDisposable
{
    private readonly FrozenDictionary<string, ProviderInstance> _byName = instances.ToFrozenDictionary(instance => instance.Name, StringComparer.Ordinal);

    public IEnumerable<ProviderInstance> All => _byName.Values;

    /// <summary>Null for a contract that is not configured (any more): its payments cannot be asked for until it is.</summary>
    public ProviderInstance? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var instance in All) instance.Dispose();
    }
}
