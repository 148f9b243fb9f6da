using System.Reflection;
using CashlessGateway.Providers;

namespace CashlessGateway.Instances;

/// <summary>
/// A plug-in and where it came from. Everything that can be wrong with its file is found here and stops the start: found later, it would be
/// found in the middle of a payment.
/// </summary>
/// <param name="Plugin">The plug-in.</param>
/// <param name="Name">What it calls its type.</param>
/// <param name="File">Where it came from.</param>
/// <param name="Contract">The version of the contract it was built against.</param>
internal sealed record LoadedPlugin(IProviderPlugin Plugin, string Name, string File, Version? Contract)
{
    private const string Attribute = "[assembly: ProviderPlugin(typeof(...))]";

    /// <summary>An assembly beside the program; null when it holds no plug-in.</summary>
    public static LoadedPlugin? BuiltIn(string file)
    {
        var assembly = Guarded(file, null, () => Assembly.LoadFrom(file));
        return assembly.GetCustomAttribute<ProviderPluginAttribute>() is { } named ? Make(file, null, named.Plugin) : null;
    }

    /// <summary>An assembly from plugins/, in a load context of its own.</summary>
    public static LoadedPlugin FromOutside(string file)
    {
        var facts = Guarded(file, null, () => PluginFacts.Read(file)) ?? throw UnfitPlugin.Because(file, "it is no .NET assembly");
        if (UnfitPlugin.Framework(facts.Framework) is { } framework) throw UnfitPlugin.Because(file, framework);
        if (!facts.NamesAPlugin)
            throw UnfitPlugin.Because(file, $"it does not say which class is the plug-in, {Attribute} is missing. (What is no plug-in itself but needed by one belongs into that plug-in's own folder)");
        var assembly = Guarded(file, facts.Contract, () => Load(file, facts));
        return Make(file, facts.Contract, assembly.GetCustomAttribute<ProviderPluginAttribute>()!.Plugin);
    }

    private static Assembly Load(string file, PluginFacts facts)
    {
        var context = ContextOf(file);
        var assembly = context.LoadFromAssemblyPath(file);
        foreach (var needed in assembly.GetReferencedAssemblies()) context.LoadFromAssemblyName(needed);
        // A member that is not there would otherwise be missed by the payment that first needs it.
        foreach (var token in facts.Uses) assembly.ManifestModule.ResolveMember(token);
        assembly.GetTypes();
        return assembly;
    }

    private static PluginContext ContextOf(string file)
    {
        try
        {
            return new PluginContext(file);
        }
        catch (InvalidOperationException error)
        {
            throw UnfitPlugin.Because(file, $"the list of what it needs ({Path.ChangeExtension(file, ".deps.json")}) cannot be read", error);
        }
    }

    private static LoadedPlugin Make(string file, Version? contract, Type? named)
    {
        if (named is null || !named.IsAssignableTo(typeof(IProviderPlugin))) throw UnfitPlugin.Because(file, $"{Attribute} names {named?.FullName ?? "nothing"}, and that is no IProviderPlugin");
        if (named.IsAbstract || named.ContainsGenericParameters || named.GetConstructor(Type.EmptyTypes) is null)
            throw UnfitPlugin.Because(file, $"{named.FullName} must be a class with a public constructor without parameters");
        var plugin = Run(file, contract, $"the constructor of {named.FullName}", () => (IProviderPlugin)Activator.CreateInstance(named, BindingFlags.DoNotWrapExceptions, null, null, null)!);
        var name = Run(file, contract, $"{named.FullName}.Type", () => plugin.Type);
        if (string.IsNullOrEmpty(name) || name.Any(static letter => char.IsUpper(letter) || char.IsWhiteSpace(letter)))
            throw UnfitPlugin.Because(file, $"{named.FullName}.Type is '{name}', and it must be a name in small letters");
        return new LoadedPlugin(plugin, name, file, contract);
    }

    /// <summary>Its own code: whatever it throws ends the start.</summary>
    private static T Run<T>(string file, Version? contract, string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error)
        {
            throw UnfitPlugin.Because(file, UnfitPlugin.Code(error, contract) ?? $"{what} threw {error.GetType().Name}: {error.Message}", error);
        }
    }

    /// <summary>Reading and loading it.</summary>
    private static T Guarded<T>(string file, Version? contract, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (UnfitPlugin.Code(error, contract) is not null)
        {
            throw UnfitPlugin.Because(file, UnfitPlugin.Code(error, contract)!, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnfitPlugin.Because(file, $"it cannot be read ({error.Message})", error);
        }
    }
}
