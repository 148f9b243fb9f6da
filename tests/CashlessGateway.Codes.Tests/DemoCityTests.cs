using System.Text.RegularExpressions;

namespace CashlessGateway.Codes.Tests;

public sealed partial class DemoCityTests
{
    private static readonly SlipLayout Layout = new("912345");

    [Fact]
    public void Each_slip_of_the_demo_city_is_read() =>
        Assert.All(SlipsOfTheCity(), digits => Assert.Equal(Layout.Company, Read.Slip(digits).Company));

    [Fact]
    public void No_two_bills_of_the_demo_city_share_a_matching_key()
    {
        var keys = SlipsOfTheCity().Select(digits => Read.Slip(digits).MatchingKey(Layout)).ToList();

        Assert.Equal(37, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(37, keys.Count);
    }

    /// <summary>A bill of two lines repeats its slip on the second.</summary>
    private static string[] SlipsOfTheCity()
    {
        var bills = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "demo-city", "bills.csv"));
        return [.. SlipField().Matches(bills).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex("(?<=,)[0-9]{44}(?=,)", RegexOptions.ExplicitCapture)]
    private static partial Regex SlipField();
}
