using System.Text;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>A small file for its owner's eyes only.</summary>
internal static class OwnersFile
{
    /// <summary>Under another name first: a kill in the middle leaves the old file or the new one, never half of one.</summary>
    public static void Write(string file, string text, string what)
    {
        var half = file + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Delete(half);
            using (var stream = new FileStream(half, OwnerOnly()))
            {
                stream.Write(Encoding.ASCII.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(half, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{what} cannot be written to '{file}': {error.Message}", error);
        }
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        // Windows has no mode bits; there the folder's permissions count.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
