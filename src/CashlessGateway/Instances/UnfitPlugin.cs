using System.Reflection;
using System.Runtime.Versioning;
using CashlessGateway.Storage;

namespace CashlessGateway.Instances;

/// <summary>Why an assembly cannot be used, in words that tell whoever put it there what to do.</summary>
internal static class UnfitPlugin
{
    public static StartupException Because(string file, string why, Exception? cause = null) => new($"The plug-in {file} cannot be used: {why}.", cause);

    /// <summary>Null when it runs here.</summary>
    public static string? Framework(FrameworkName? built) => built is null or { Identifier: ".NETStandard" } || (built.Identifier == ".NETCoreApp" && built.Version <= Runtime)
        ? null
        : $"it is built for {built.Identifier} {built.Version}, and this gateway runs on .NET {Runtime}";

    /// <summary>What it means when code cannot even be run; null when something else happened.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="built">The version of the contract it was built against, where that is known.</param>
    public static string? Code(Exception error, Version? built) => error switch
    {
        BadImageFormatException => $"it is no .NET assembly that can be loaded here ({error.Message})",
        FileNotFoundException { FileName: { } name } when IsAssembly(name) => $"it needs {name}, and that is not in its folder",
        FileLoadException { FileName: { } name } when IsAssembly(name) => $"it needs {name}, and that cannot be loaded ({error.Message})",
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Code(first, built),
        TypeLoadException or MissingMemberException => $"it does not fit the contract of this gateway{Versions(built)}: {error.Message}",
        TypeInitializationException { InnerException: { } inner } => Code(inner, built),
        _ => null,
    };

    private static Version Runtime { get; } = new(Environment.Version.Major, Environment.Version.Minor);

    /// <summary>A file that its own code looked for and did not find is another matter.</summary>
    private static bool IsAssembly(string name) => name.Contains(", Version=", StringComparison.Ordinal);

    private static string Versions(Version? built) => built is null ? "" : $" (built against {built}, here it is {PluginContext.Contract.GetName().Version})";
}
