using System.Text.Json;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Files that Stripe published; see Fixtures/README.md.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");

        return File.ReadAllBytes(Path.Combine(folder.FullName, "tests", "CashlessGateway.Providers.Tests", "Stripe", "Fixtures", name));
    }

    public static JsonElement Object(string kind) => JsonDocument.Parse(Bytes("openapi-fixtures.json")).RootElement.GetProperty(kind);
}
