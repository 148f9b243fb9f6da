using System.Xml;
using System.Xml.Linq;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// The data-protection keys as files that only the gateway's own user can read: they open what the database holds encrypted, so they
/// never lie in it. All nodes share the folder. A key is never deleted: what an old one encrypted still has to be read.
/// </summary>
internal sealed class KeysInFolder(string folder) : IXmlRepository
{
    /// <summary>One key each 90 days: a folder with more is something else.</summary>
    private const int MostKeys = 1_000;

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <exception cref="StartupException">The folder cannot be made or written.</exception>
    public static KeysInFolder Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerFolder);
            var probe = Path.Combine(folder, $".probe-{Path.GetRandomFileName()}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Secrets:Directory '{folder}' cannot be written: {error.Message}", error);
        }

        return new KeysInFolder(folder);
    }

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Take(MostKeys).Select(Read)];

    public void StoreElement(XElement element, string friendlyName)
    {
        // Under another name first: another node must never read half a key.
        var half = Path.Combine(folder, $"{Path.GetRandomFileName()}.new");
        using (var file = new FileStream(half, OwnerOnly()))
        {
            element.Save(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, Path.Combine(folder, $"{SafeName(friendlyName)}.xml"), overwrite: false);
    }

    private static XElement Read(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }

    private static string SafeName(string name) =>
        name.Length is > 0 and <= 100 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? name : Guid.CreateVersion7().ToString();

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        // Windows has no mode bits; there the folder's permissions count.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return options;
    }
}
