using CashlessGateway.Ledger;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class CloseDaysTests
{
    [Theory, EachEngine]
    public async Task Yesterdays_automatic_day_is_closed_uncounted_and_today_goes_on(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Sell();
        await city.BooksAreWhole();
        city.Time.Advance(TimeSpan.FromDays(1));
        await city.Sell();

        Assert.Equal(1, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));

        var yesterday = await city.Day();
        var session = yesterday.Json.GetProperty("sessions")[0];
        Assert.Equal(("closed", "automatic"), (yesterday["state"], yesterday["closedBy"]));
        Assert.Equal(("closed", 600, "Null"), (session.GetProperty("state").GetString(), session.GetProperty("expectedAmount").GetInt64(), session.GetProperty("countedAmount").ValueKind.ToString()));
        Assert.Equal("open", (await city.Day("2026-11-22"))["state"]);
        Assert.Equal(0, await city.Balance("cashDifference/"));
        Assert.Equal(yesterday["sealedHash"], Assert.Single(city.Of<Anchors>().Read()).Anchor!.Hash);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Two_nodes_close_each_day_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        foreach (var place in Counters) await city.Sell(1, place);
        city.Time.Advance(TimeSpan.FromDays(1));

        var closed = await Task.WhenAll(city.CloseDays().Run(City.Code, 100, CancellationToken.None), city.CloseDays().Run(City.Code, 100, CancellationToken.None));

        Assert.Equal(Counters.Length, closed.Sum());
        Assert.Equal(Counters.Length, await city.Count("event where type = 'day.closed'"));
        Assert.Equal(0, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));
    }

    [Fact]
    public async Task A_payment_whose_outcome_is_open_leaves_its_day_to_a_person()
    {
        await using var city = await City.Open();
        await city.Sell();
        await city.Pending("pos-01");
        city.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));

        Assert.Equal("open", (await city.Day())["state"]);
    }

    [Theory, EachEngine]
    public async Task A_drawer_that_a_clerk_left_open_leaves_its_day_to_a_person(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.LetClerkControl();
        var session = await city.Begin();
        city.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));

        await city.Close(session, 20_000);

        Assert.Equal(1, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));
    }

    [Fact]
    public async Task Days_that_wait_for_a_person_do_not_stand_in_the_way_of_others()
    {
        await using var city = await City.Open();
        await city.LetClerkControl();
        await city.Begin();
        city.Time.Advance(TimeSpan.FromDays(1));
        foreach (var place in Counters.Where(place => place != Drawers.Place)) await city.Sell(1, place);
        city.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await city.CloseDays().Run(City.Code, 1, CancellationToken.None));
        Assert.Equal(Counters.Length - 2, await city.CloseDays().Run(City.Code, 100, CancellationToken.None));
    }

    [Fact]
    public async Task A_sale_after_the_close_is_listed_on_the_next_day()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        await city.Close(session, 20_000, closeDay: true);

        var sale = await city.Sell();

        var payment = sale.Json.GetProperty("payment");
        Assert.Equal(("2026-11-21", "2026-11-22"), (payment.GetProperty("receiptDate").GetString(), payment.GetProperty("businessDate").GetString()));
        var earlier = (await city.Day("2026-11-22")).Json.GetProperty("earlier");
        Assert.Equal((1, 600), (earlier.GetProperty("count").GetInt64(), earlier.GetProperty("amount").GetInt64()));
    }

    private static readonly string[] Counters = ["gyosei-kita", "gyosei-nishi", "service-ekimae", "shimin-1", "shisanzei-1"];
}
