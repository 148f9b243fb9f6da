using System.Reflection;
using System.Runtime.InteropServices;

namespace CashlessGateway.Storage;

/// <summary>
/// Debian and Ubuntu keep libsqlite3 patched; the bundle at hand carries 3.35. The system's library is used when it is newer,
/// the bundle everywhere else.
/// </summary>
public static partial class SqliteLibrary
{
    private const int Bundled = 3_035_000;
    private static readonly Lazy<bool> Initialized = new(Initialize);

    public static void Use() => _ = Initialized.Value;

    public static string Version => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    private static bool Initialize()
    {
        var provider = Assembly.Load("SQLitePCLRaw.provider.e_sqlite3");
        NativeLibrary.SetDllImportResolver(provider, static (name, assembly, path) =>
            name == "e_sqlite3" && SystemLibrary() is { } handle ? handle : IntPtr.Zero);
        SQLitePCL.Batteries_V2.Init();
        // Each connection is used by one thread at a time, so the mutex that SQLite takes around every call guards nothing here.
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        return true;
    }

    private static IntPtr? SystemLibrary()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var handle)) return null;
        if (NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var export)
            && Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)() > Bundled)
            return handle;
        NativeLibrary.Free(handle);
        return null;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
