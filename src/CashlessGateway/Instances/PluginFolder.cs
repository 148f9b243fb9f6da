using CashlessGateway.Storage;

namespace CashlessGateway.Instances;

/// <summary>Where plug-ins lie: those that come with the gateway beside the program, all others in a folder of their own below plugins/.</summary>
internal static class PluginFolder
{
    private const string Beside = "CashlessGateway.Providers.*.dll";
    private const string Extension = ".dll";

    public static IEnumerable<string> BuiltIn() => Directory.EnumerateFiles(AppContext.BaseDirectory, Beside).Order(StringComparer.Ordinal);

    /// <summary><c>plugins/Foo.dll</c> and <c>plugins/Foo/Foo.dll</c>. Nothing when there is no such folder.</summary>
    /// <exception cref="StartupException">A folder holds no plug-in of its name: it would otherwise be passed over without a word.</exception>
    public static IEnumerable<string> FromOutside(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var alone = Directory.EnumerateFiles(folder, "*" + Extension);
        // A mounted volume keeps folders of its own there, and their names begin with a dot.
        var inFolders = Directory.EnumerateDirectories(folder).Where(static inner => !Path.GetFileName(inner).StartsWith('.')).Select(Inside);
        return alone.Concat(inFolders).Order(StringComparer.Ordinal);
    }

    private static string Inside(string folder)
    {
        var file = Path.Combine(folder, Path.GetFileName(folder) + Extension);
        return File.Exists(file) ? file : throw new StartupException($"The folder {folder} holds no {Path.GetFileName(file)}. A plug-in and what it needs lie together in a folder that has the plug-in's name.");
    }
}
