using CashlessGateway.Drawers;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class SessionTests
{
    [Theory, EachEngine]
    public async Task The_first_session_opens_the_day_and_a_clerk_controlled_place_takes_cash(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.LetClerkControl();
        Assert.Equal("day-not-open", (await city.Sell()).Code);

        var session = await city.Begin();

        Assert.Equal((201, "open", "pos-01", "c102", "2026-11-21"), (session.Status, session["state"], session["drawer"], session["operator"], session["date"]));
        Assert.Equal((1, 0, 20_000), (session.Number("number"), session.Number("sales"), session.Number("floatAmount")));
        Assert.Null(session["expectedAmount"]);
        Assert.Equal("open", (await city.Get("/v1/places/shimin-1")).Json.GetProperty("day").GetProperty("state").GetString());
        Assert.Equal(201, (await city.Sell()).Status);
    }

    [Theory, EachEngine]
    public async Task Of_ten_openings_of_one_drawer_one_succeeds_and_the_others_learn_its_id(Engine engine)
    {
        await using var city = await City.Open(engine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => city.Begin()));

        var opened = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != opened), answer => Assert.Equal((409, "drawer-open", opened.Id), (answer.Status, answer.Code, answer["session"])));
    }

    [Theory, EachEngine]
    public async Task Ten_drawers_that_open_at_once_get_ten_numbers_of_one_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(number => city.Begin($"drawer-{number}")));

        Assert.All(answers, answer => Assert.True(answer.Status == 201, answer.Text));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), answers.Select(answer => answer.Number("number")).Order());
    }

    [Fact]
    public async Task After_the_close_of_the_day_no_session_opens_until_tomorrow()
    {
        await using var city = await City.Open();
        await city.Close(await city.Begin(), 20_000, closeDay: true);

        Assert.Equal((409, "day-not-open"), Outcome(await city.Begin()));
        city.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((201, null), Outcome(await city.Begin()));
    }

    [Theory]
    [InlineData("auto-2026-11-21", "/drawer reserved")]
    [InlineData("レジ1", "/drawer not-a-code")]
    [InlineData("", "/drawer missing")]
    public async Task A_drawer_has_a_code_of_its_own(string drawer, string violation)
    {
        await using var city = await City.Open();
        var refused = await city.Begin(drawer);
        Assert.Equal(422, refused.Status);
        Assert.Contains(violation, refused.Violations);
    }

    [Theory, EachEngine]
    public async Task An_inspection_counts_the_float_the_sales_and_what_went_back_and_changes_nothing(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.SellAt("pos-01", 2);
        await city.Post($"/v1/payments/{await city.SellAt("pos-01", 3)}/refunds", new { reason = "打ち間違い", way = "void" });
        var refund = await city.Post($"/v1/payments/{await city.SellAt("pos-01", 4)}/refunds", new { reason = "一部", way = "cash", amount = 100, terminal = "pos-01" });
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund.Id}/approve"))["status"]);

        var first = await city.Inspect(session, 21_700);
        var second = await city.Inspect(session, 21_600);

        Assert.Equal((21_700, 21_700, 0, 5), (first.Number("expectedAmount"), first.Number("countedAmount"), first.Number("difference"), first.Number("sales")));
        Assert.Equal((21_700, -100), (second.Number("expectedAmount"), second.Number("difference")));
        Assert.Equal(2, await city.Count("session_count"));
        Assert.Equal(0, await city.Balance("cashDifference/"));
        Assert.Equal("open", second["state"]);
    }

    [Theory, EachEngine]
    public async Task A_shortage_needs_a_reason_and_is_booked(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.SellAt("pos-01", 2);

        var refused = await city.Close(session, 20_500);
        Assert.Equal((422, "invalid-request"), Outcome(refused));
        Assert.Contains("/reason missing", refused.Violations);
        Assert.Equal((20_600, -100), (refused.Number("expectedAmount"), refused.Number("difference")));

        var closed = await city.Close(session, 20_500, "釣銭の渡し間違い");
        Assert.Equal((200, "closed", "釣銭の渡し間違い", "-100"), (closed.Status, closed["state"], closed["reason"], closed["difference"]));
        Assert.Equal((500, 100), (await city.Balance("cash/shimin-1"), await city.Balance("cashDifference/shimin-1")));
        Assert.Equal("session-closed", (await city.Close(session, 20_600)).Code);
        Assert.Equal("session-closed", (await city.Inspect(session, 20_600)).Code);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_surplus_in_the_drawer_is_booked_the_other_way_round()
    {
        await using var city = await City.Open();
        await city.Close(await city.Begin(), 20_300, "客の取り忘れ");
        Assert.Equal((300, -300), (await city.Balance("cash/shimin-1"), await city.Balance("cashDifference/shimin-1")));
    }

    [Theory, EachEngine]
    public async Task A_sale_after_the_count_means_counting_again(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.SellAt("pos-01");
        var counted = await city.Inspect(session, 20_300);
        await city.SellAt("pos-01");

        var refused = await city.Close(session, 20_300, "数え間違い", counted.Number("sales"));

        Assert.Equal((409, "count-again"), Outcome(refused));
        Assert.Equal(2, refused.Number("sales"));
        Assert.Equal(200, (await city.Close(session, 20_600, sales: 2)).Status);
    }

    [Theory, EachEngine]
    public async Task While_sales_go_on_no_close_leaves_a_sale_out(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        var sales = Enumerable.Range(0, 30).Select(_ => city.SellAt("pos-01")).ToList();
        var closes = Enumerable.Range(0, 5).Select(_ => city.Close(session, 20_000, "競合の試験")).ToList();
        await Task.WhenAll(sales);
        var answers = await Task.WhenAll(closes);

        Assert.InRange(answers.Count(answer => answer.Status == 200), 0, 1);
        Assert.All(answers, answer => Assert.Contains(answer.Code, new[] { null, "count-again", "session-closed" }));
        var closed = answers.FirstOrDefault(answer => answer.Status == 200) ?? await city.Close(session, 20_000, "競合の試験");
        var listed = await city.Count($"payment where session = '{session.Id["ses_".Length..]}'");
        Assert.Equal(20_000 + 300 * listed, closed.Number("expectedAmount"));
        Assert.Equal(listed, closed.Number("sales"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_payment_whose_outcome_is_open_holds_up_its_own_session_only(Engine engine)
    {
        await using var city = await City.Open(engine);
        var (first, second) = (await city.Begin(), await city.Begin("pos-02", op: "c103"));
        var payment = await city.Pending("pos-01");

        var refused = await city.Close(first, 20_000);

        Assert.Equal((409, "session-unfinished"), Outcome(refused));
        Assert.Equal([payment], refused.Json.GetProperty("payments").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(200, (await city.Close(second, 20_000)).Status);
        Assert.Equal([payment], (await city.Day()).Json.GetProperty("unfinished").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task A_payment_left_over_from_yesterday_does_not_hold_up_todays_session()
    {
        await using var city = await City.Open();
        await city.Pending("pos-01");
        city.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await city.Close(await city.Begin(), 20_000)).Status);
    }

    [Theory, EachEngine]
    public async Task The_day_does_not_close_while_another_session_is_open_and_then_nothing_changes(Engine engine)
    {
        await using var city = await City.Open(engine);
        var (first, second) = (await city.Begin(), await city.Begin("pos-02", op: "c103"));

        var refused = await city.Close(first, 19_000, "不足", closeDay: true);

        Assert.Equal((409, "session-unfinished"), Outcome(refused));
        Assert.Equal([second.Id], refused.Json.GetProperty("sessions").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(0, await city.Balance("cashDifference/"));
        Assert.Equal(200, (await city.Close(second, 20_000)).Status);
        Assert.Equal(200, (await city.Close(first, 20_000, closeDay: true)).Status);
    }

    /// <summary>SQLite runs one unit after the other; on a server two of them may meet, and the test stands in between.</summary>
    [Fact]
    public async Task A_session_that_opens_while_its_day_closes_waits_for_the_close_and_is_refused()
    {
        Assert.SkipWhen(Engines.WhyMissing(Engine.PostgreSql) is not null, "PostgreSQL is not there");
        await using var city = await City.Open(Engine.PostgreSql);
        await city.Close(await city.Begin(), 20_000);
        var (closed, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var closing = city.Gateway.Database.WriteSurely(async unit =>
        {
            var answer = await CloseDay.InUnit(unit, new SheetDay(City.Code, "shimin-1", BusinessDate.Of(2026, 11, 21)), new DayCloseOrder(city.Of<Ids>().Next(), null, new Cause("test", Sources.Job), city.Of<Clock>().Now()));
            closed.SetResult();
            await commit.Task;
            return answer;
        }, ReadBack.SafeToRepeat);
        await closed.Task;

        var opening = city.Begin();
        await Eventually.True("the opening waits for the close", async () => opening.IsCompleted || await city.Count("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        commit.SetResult();

        Assert.IsType<DayCloseAnswer.Closed>(await closing);
        Assert.Equal((409, "day-not-open"), Outcome(await opening));
    }

    [Theory, EachEngine]
    public async Task A_closed_day_carries_the_head_of_the_chain_on_its_sheet_and_in_the_anchors(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.SellAt("pos-01");
        await city.BooksAreWhole();
        var head = (await city.Of<Sealer>().Head(City.Code))!;

        Assert.Equal(200, (await city.Close(session, 20_300, closeDay: true)).Status);

        var day = await city.Day();
        Assert.Equal(("closed", head.Hex, head.Block), (day["state"], day["sealedHash"], day.Number("sealedBlock")));
        var anchor = Assert.Single(city.Of<Anchors>().Read()).Anchor!;
        Assert.Equal((City.Code, "shimin-1", "2026-11-21", head.Hex), (anchor.Municipality, anchor.Place, anchor.Date.ToString(), anchor.Hash));
        Assert.Equal(1, await city.Count("outbox o join event e on e.municipality = o.municipality and e.id = o.event and e.type = 'day.closed'"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_session_is_found_only_at_its_own_place()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        Assert.Equal(404, (await city.Post($"/v1/places/shisanzei-1/sessions/{session.Id}/inspect", new { countedAmount = 1 })).Status);
        Assert.Equal(404, (await city.Post($"/v1/places/shimin-1/sessions/ses_01M7YSJQZA98HTMSGMN6YX9KYT/close", new { countedAmount = 1 })).Status);
        Assert.Equal(404, (await city.Begin(place: "nowhere")).Status);
    }

    private static (int, string?) Outcome(Answer answer) => (answer.Status, answer.Code);
}
