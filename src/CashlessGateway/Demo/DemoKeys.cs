using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>The texts of the demo city's two keys: a till's, and that of another pair of hands which approves refunds.</summary>
public sealed record DemoKeys(string Till, string Approver)
{
    /// <summary>Never the secrets: they are printed once at start, on purpose, and nowhere by accident.</summary>
    public override string ToString() => nameof(DemoKeys);
}

/// <summary>demo-keys.txt beside the embedded database: the till's key and below it the approver's, for their owner's eyes only.</summary>
public sealed class DemoKeyFile(string directory)
{
    private const string Name = "demo-keys.txt";

    /// <summary>Two keys have some 120 characters.</summary>
    private const long MostBytes = 1_000;

    private readonly string _file = Path.GetFullPath(Path.Combine(directory, Name));

    /// <summary>Null when the file is not there or holds something else than two keys.</summary>
    public (ApiKey Till, ApiKey Approver)? Read()
    {
        try
        {
            var file = new FileInfo(_file);
            if (!file.Exists || file.Length > MostBytes) return null;
            var lines = File.ReadAllLines(_file, Encoding.ASCII);
            return lines is [var first, var second] && ApiKey.Parse(first) is { } till && ApiKey.Parse(second) is { } approver ? (till, approver) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The demo keys in '{_file}' cannot be read: {error.Message}", error);
        }
    }

    public void Write(DemoKeys keys) => OwnersFile.Write(_file, $"{keys.Till}\n{keys.Approver}\n", "The demo keys");
}
