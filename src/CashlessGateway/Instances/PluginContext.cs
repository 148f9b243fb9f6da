using System.Reflection;
using System.Runtime.Loader;
using CashlessGateway.Providers;

namespace CashlessGateway.Instances;

/// <summary>
/// A plug-in's own world: what it needs comes from its own folder, whatever version the gateway or another plug-in has of it. Only the
/// contract, and what the contract itself is made of, are the gateway's: otherwise the two would speak of different types of the same name.
/// </summary>
internal sealed class PluginContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    public static readonly Assembly Contract = typeof(IProviderPlugin).Assembly;

    private static readonly HashSet<string> OfTheContract = [.. Contract.GetReferencedAssemblies().Select(static name => name.Name!)];

    private readonly AssemblyDependencyResolver _folder = new(file);

    /// <summary>Whatever version is asked for: whether it has all that the plug-in uses is looked at member by member.</summary>
    public static bool IsContract(string? name) => name == Contract.GetName().Name;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsContract(assemblyName.Name)) return Contract;
        if (OfTheContract.Contains(assemblyName.Name!)) return null;
        return _folder.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _folder.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
