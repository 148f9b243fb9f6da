using CashlessGateway.Audit;
using CashlessGateway.Ledger;

namespace CashlessGateway.Tests.Audit;

/// <summary>The auditor's page says what the code does.</summary>
public sealed class AuditDocsTests
{
    [Fact]
    public void It_names_every_deed_in_both_languages_and_no_other()
    {
        var rows = Page().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.All(AuditActions.All, action => Assert.Contains($"| `{action.Name}` | {action.Deed.Ja} | {action.Deed.En} |", rows));
    }

    [Fact]
    public void It_names_the_finding_that_only_the_trail_has() => Assert.Contains($"`{FindingCode.DetailTouched}`", Page(), StringComparison.Ordinal);

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln"))) return File.ReadAllText(Path.Combine(folder.FullName, "docs", "audit.md"));
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
