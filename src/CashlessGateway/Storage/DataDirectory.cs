using System.Globalization;

namespace CashlessGateway.Storage;

/// <summary>
/// The folder of an embedded database, held by one process for its life: SQLite's group commit and its scheduler both rest on
/// there being one writer. The operating system drops the lock when the process dies, however it dies.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockName = "gateway.lock";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <exception cref="StartupException">The folder cannot be made, written or locked; one sentence says which.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var probe = System.IO.Path.Combine(full, $".probe-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
            System.IO.File.WriteAllText(probe, "");
            System.IO.File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory '{full}' cannot be written: {error.Message}", error);
        }

        return new DataDirectory(full, Hold(full));
    }

    private static FileStream Hold(string full)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory '{full}' is in use by another CashlessGateway process; stop it first, or set Storage:Directory to another folder.", error);
        }
    }

    public void Dispose() => _lock.Dispose();
}

/// <summary>The gateway cannot start. The message is one sentence for the operator, printed as it is.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
