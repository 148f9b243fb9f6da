using System.Net;
using CashlessGateway.Access.Roles;
using TillStore = CashlessGateway.Counter.TillStore;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Counter;

/// <summary>紙, QR or 不要: what a till hands out, and that a second paper says so.</summary>
public sealed class TillReceiptTests
{
    private const string Till = "/counter/till/pos-01";

    [Fact]
    public async Task The_first_paper_is_the_original_and_the_next_one_says_so()
    {
        await using var city = await City.Open();
        var clerk = await Paid(city);
        var first = await Desk.Post(clerk, $"{Till}?handler=Paper");
        var again = await Desk.Post(clerk, $"{Till}?handler=Paper");
        Assert.Equal((303, 303), (first.Status, again.Status));
        Assert.DoesNotContain("再発行", WebUtility.HtmlDecode((await Desk.Get(clerk, first.Headers["Location"])).Text), StringComparison.Ordinal);
        Assert.Contains("再発行 1回目", WebUtility.HtmlDecode((await Desk.Get(clerk, again.Headers["Location"])).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_shown_to_its_customer_and_gone_for_the_next_one()
    {
        await using var city = await City.Open();
        var clerk = await Paid(city);
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Link", ("key", "link"))).Status);
        var link = (await city.Gateway.Database.Read(reader => TillStore.Find(reader, City.Code, "pos-01"))).ReceiptLink!;
        Assert.Contains("受け取れます", WebUtility.HtmlDecode((await Desk.Get(clerk, "/counter/customer?terminal=pos-01")).Text), StringComparison.Ordinal);
        Assert.Contains("住民票の写し", WebUtility.HtmlDecode((await city.Get(new Uri(link).AbsolutePath, city.Nobody)).Text), StringComparison.Ordinal);
        await Desk.Post(clerk, $"{Till}?handler=Next");
        Assert.Null((await city.Gateway.Database.Read(reader => TillStore.Find(reader, City.Code, "pos-01"))).ReceiptLink);
    }

    [Fact]
    public async Task A_spoilt_paper_is_recorded_and_stays_in_the_count()
    {
        await using var city = await City.Open();
        var clerk = await Paid(city);
        await Desk.Post(clerk, $"{Till}?handler=Paper");
        var sale = (await city.Get("/v1/receivables?place=shimin-1")).Json.GetProperty("items").EnumerateArray().First(item => item.GetProperty("kind").GetString() == "counterSale").GetProperty("id").GetString()!;
        var page = WebUtility.HtmlDecode((await Desk.Get(clerk, $"/counter/sales/{sale}")).Text);
        var print = page[(page.IndexOf("name=\"row\" value=\"", StringComparison.Ordinal) + 18)..][..26];
        Assert.Equal(303, (await Desk.Post(clerk, $"/counter/sales/{sale}?handler=Spoil", ("row", print), ("why", "paperJam"), ("key", "spoil"))).Status);
        Assert.Contains("書損", WebUtility.HtmlDecode((await Desk.Get(clerk, $"/counter/sales/{sale}")).Text), StringComparison.Ordinal);
        var auditor = new Desk(city);
        Assert.Equal(403, (await Desk.Post(auditor.As(await auditor.Person(Role.Auditor)), $"/counter/sales/{sale}?handler=Spoil", ("row", print), ("why", "paperJam"), ("key", "x"))).Status);
    }

    private static async Task<HttpClient> Paid(City city)
    {
        var desk = new Desk(city);
        var clerk = desk.As(await desk.Person(Role.Clerk));
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        var till = await city.Gateway.Database.Read(reader => TillStore.Find(reader, City.Code, "pos-01"));
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Pay", ("way", "cash/counter/"), ("key", "pay"), ("shown", till.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Status);
        return clerk;
    }
}
