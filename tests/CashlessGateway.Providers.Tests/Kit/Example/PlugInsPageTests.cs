namespace CashlessGateway.Providers.Tests.Kit.Example;

/// <summary>The example that plug-in writers read is the one that is compiled and tested here.</summary>
public sealed class PlugInsPageTests
{
    [Theory]
    [InlineData("IchiPlugin.cs")]
    [InlineData("IchiKitTests.cs")]
    public void The_page_shows_this_file_word_for_word(string file)
    {
        var root = Root();
        var code = File.ReadAllText(Path.Combine(root, "tests/CashlessGateway.Providers.Tests/Kit/Example", file));

        Assert.Contains($"```csharp\n{code}```", File.ReadAllText(Path.Combine(root, "docs/plug-ins.md")), StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");

        return folder.FullName;
    }
}
