using System.Text;
using System.Text.RegularExpressions;
using CashlessGateway.Events;

namespace CashlessGateway.Tests.Events;

/// <summary>docs/events.md says what the code does.</summary>
public sealed partial class EventDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "events.md"));

    [Fact]
    public void The_page_lists_every_type_that_goes_out_and_no_other() => Assert.Equal(
        EventTypes.Outgoing.Order(StringComparer.Ordinal), TypeRow().Matches(Page).Select(row => row.Groups["type"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_worked_example_is_signed_as_it_says()
    {
        var secret = Convert.FromBase64String(Secret().Match(Page).Groups["key"].Value);
        var call = Call().Match(Page);
        Assert.Equal(call.Groups["signature"].Value, WebhookSignature.Of([secret], call.Groups["id"].Value, long.Parse(call.Groups["time"].Value, System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(call.Groups["body"].Value)));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^\| `(?<type>[a-z]+\.[a-zA-Z]+)` \|", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex TypeRow();

    [GeneratedRegex("`whsec_(?<key>[A-Za-z0-9+/=]{20,})`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex(@"webhook-id: (?<id>\S+)\nwebhook-timestamp: (?<time>[0-9]+)\nwebhook-signature: (?<signature>\S+)\n\n(?<body>[^\n]+)\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();
}
