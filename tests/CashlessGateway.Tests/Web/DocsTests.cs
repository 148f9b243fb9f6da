using System.Text.Json;
using System.Text.RegularExpressions;
using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Web;

/// <summary>What is written for people says what the code does.</summary>
public sealed partial class DocsTests(OpenApiTests.Running running) : IClassFixture<OpenApiTests.Running>
{
    private const string Later = "## Not yet in this release";

    [Fact]
    public void The_API_page_names_every_route_and_no_other()
    {
        string[] pages = ["GET /health/live", "GET /health/ready", "GET /problems/{code}", "GET /openapi/v1.json"];
        var expected = running.Operations.Select(operation => $"{operation.Method} {operation.Pattern}").Concat(pages);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Routes(Now()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_API_page_calls_not_yet_is_not_in_the_code()
    {
        var promised = Routes(ApiPage()[Now().Length..]);
        Assert.NotEmpty(promised);
        Assert.Empty(promised.Intersect(running.Operations.Select(operation => $"{operation.Method} {operation.Pattern}")));
    }

    [Fact]
    public void The_API_page_names_the_scope_of_every_route() => Assert.All(running.Operations, operation =>
    {
        var row = Now().Split('\n').First(line => line.StartsWith('|') && Routes(line).Contains($"{operation.Method} {operation.Pattern}"));
        Assert.Contains($"`{operation.Scope}`", row, StringComparison.Ordinal);
    });

    [Fact]
    public void The_API_pages_error_table_is_the_codes_own()
    {
        var written = ErrorRow().Matches(ApiPage()).Select(row => $"{row.Groups["code"].Value} {row.Groups["status"].Value} {row.Groups["ja"].Value} {row.Groups["en"].Value}");
        Assert.Equal(Errors.All.Select(error => $"{error.Code} {error.Status} {error.Title.Ja} {error.Title.En}").Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    /// <summary>"409 `already-paid`" wherever it stands.</summary>
    [Fact]
    public void Every_error_that_a_page_mentions_exists_with_that_status() => Assert.All(Pages(), page =>
    {
        var known = Errors.All.Select(error => $"{error.Status} {error.Code}").ToHashSet(StringComparer.Ordinal);
        Assert.All(MentionedError().Matches(File.ReadAllText(page)), error => Assert.Contains($"{error.Groups["status"].Value} {error.Groups["code"].Value}", known));
    });

    [Fact]
    public void Every_scope_is_named()
    {
        var page = Now();
        Assert.All(CashlessGateway.Access.Scopes.AllButApproval.Concat(CashlessGateway.Access.Scopes.Approver), scope => Assert.Contains($"`{scope}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_journal_page_names_every_kind_of_entry_and_every_finding()
    {
        var page = Read("docs/journal.md");
        var findings = typeof(FindingCode).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(Names.All<EntryKind>().Concat(findings), name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_running_page_names_every_setting_and_every_job()
    {
        var page = Read("docs/running.md");
        using var settings = JsonDocument.Parse(Read("appsettings.json"));
        var names = settings.RootElement.EnumerateObject().Where(section => section.Name != "Logging")
            .SelectMany(section => section.Value.ValueKind == JsonValueKind.Object ? section.Value.EnumerateObject().Select(member => $"{section.Name}:{member.Name}") : [section.Name]);
        var jobs = running.City.Gateway.App.Services.GetServices<ScheduledWork>().Select(job => job.Work.Name);
        Assert.All(names.Concat(jobs), name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_sample_request_goes_to_a_route_that_is_there()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "samples", "http"), "*.http");
        Assert.NotEmpty(files);
        Assert.All(files.SelectMany(file => SampleRequest().Matches(File.ReadAllText(file))), request => Assert.Contains(running.Operations, operation =>
            operation.Method == request.Groups["method"].Value && Regex.IsMatch(request.Groups["path"].Value, $"^{Parameter().Replace(operation.Pattern, "[^/]+")}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere() => Assert.All(Pages(), page =>
    {
        foreach (Match link in Link().Matches(File.ReadAllText(page)))
        {
            var target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["file"].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{Path.GetFileName(page)} links to {link.Groups["file"].Value}");
        }
    });

    [Fact]
    public void Every_decision_is_listed_and_short() => Assert.All(Directory.GetFiles(Path.Combine(Root, "docs", "decisions"), "0*.md"), file =>
    {
        Assert.Contains(Path.GetFileName(file), Read("docs/decisions/README.md"), StringComparison.Ordinal);
        Assert.InRange(File.ReadLines(file).Count(), 5, 40);
    });

    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string ApiPage() => Read("docs/api.md");

    private static string Now() => ApiPage()[..ApiPage().IndexOf(Later, StringComparison.Ordinal)];

    private static IEnumerable<string> Pages() => [Path.Combine(Root, "README.md"), Path.Combine(Root, "CHANGELOG.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)];

    /// <summary>`GET /v1/places/{code}`, in a table: what a route is called in running text may be shorter.</summary>
    private static IEnumerable<string> Routes(string text) => text.Split('\n').Where(line => line.StartsWith('|'))
        .SelectMany(line => Route().Matches(line).Select(route => $"{route.Groups["method"].Value} {route.Groups["path"].Value}")).Distinct();

    [GeneratedRegex("`(?<method>GET|POST|PUT|PATCH|DELETE) (?<path>/[^`? ]+)[^`]*`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    [GeneratedRegex(@"^\| `(?<code>[a-z-]+)` \| (?<status>\d{3}) \| (?<ja>[^|]+) \| (?<en>[^|]+) \| [^|]+ \|$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"\b(?<status>[45]\d\d) `(?<code>[a-z-]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MentionedError();

    [GeneratedRegex(@"^(?<method>GET|POST) \{\{host\}\}(?<path>/[^\s?]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex SampleRequest();

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\]\((?<file>[^):#]+)(#[^)]*)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
