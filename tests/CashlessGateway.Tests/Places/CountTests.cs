using CashlessGateway.Drawers;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Audit;

namespace CashlessGateway.Tests.Places;

/// <summary>開局, 点検 and 精算 by denomination, terminals' slips and cash differences.</summary>
public sealed class CountTests
{
    private static readonly object[] TwentyThousand = [new { yen = 10_000, count = 1 }, new { yen = 1_000, count = 9 }, new { yen = 500, count = 2 }];

    [Theory, EachEngine]
    public async Task Cash_is_counted_by_denomination_and_each_count_is_kept(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Post("/v1/places/shimin-1/sessions", new { drawer = "pos-01", @operator = "c102", denominations = TwentyThousand });
        Assert.Equal((201, 20_000), (session.Status, session.Number("floatAmount")));
        await city.SellAt("pos-01", 2);
        var seen = await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/inspect", new { denominations = new object[] { new { yen = 10_000, count = 2 }, new { yen = 100, count = 6 } } });
        Assert.Equal((200, 20_600, 0), (seen.Status, seen.Number("countedAmount"), seen.Number("difference")));

        var closed = await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_600, denominations = new object[] { new { yen = 5_000, count = 4 }, new { yen = 500, count = 1 }, new { yen = 50, count = 2 } } });
        Assert.Equal((200, "closed"), (closed.Status, closed["state"]));
        Assert.Equal("""[{"yen":5000,"count":4},{"yen":500,"count":1},{"yen":50,"count":2}]""", closed["denominations"]);

        var detail = await city.Get($"/v1/places/shimin-1/sessions/{session.Id}");
        Assert.Equal("""[{"yen":10000,"count":1},{"yen":1000,"count":9},{"yen":500,"count":2}]""", detail["floatDenominations"]);
        Assert.Equal("""[{"yen":10000,"count":2},{"yen":100,"count":6}]""", detail.Json.GetProperty("inspections")[0].GetProperty("denominations").ToString());
        Assert.Equal("""[{"yen":5000,"count":4},{"yen":500,"count":1},{"yen":50,"count":2}]""", detail.Json.GetProperty("session").GetProperty("denominations").ToString());
    }

    [Fact]
    public async Task A_sum_and_denominations_that_disagree_are_refused()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        var refused = await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_100, denominations = TwentyThousand });
        Assert.Equal((422, "/countedAmount differs-from-denominations"), (refused.Status, Assert.Single(refused.Violations)));
        Assert.Equal("open", (await city.Get($"/v1/places/shimin-1/sessions/{session.Id}")).Json.GetProperty("session").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{"denominations":[{"yen":3000,"count":1}]}""", "/denominations/0/yen not-allowed")]
    [InlineData("""{"denominations":[{"yen":1000,"count":1},{"yen":1000,"count":2}]}""", "/denominations/1/yen duplicate")]
    [InlineData("""{"denominations":[{"yen":1000,"count":-1}]}""", "/denominations/0/count out-of-range")]
    [InlineData("{}", "/countedAmount not-counted")]
    public async Task What_is_no_count_is_refused(string body, string violation)
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        var refused = await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/inspect", body);
        Assert.Equal(422, refused.Status);
        Assert.Contains(violation, refused.Violations);
    }

    /// <summary>Scenario F 11.</summary>
    [Theory, EachEngine]
    public async Task Five_hundred_yen_between_terminal_and_books_are_one_exception_that_two_people_resolve(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await Card(city, "A-1");
        await Card(city, "A-2");
        var closed = await Close(city, session, new { method = "card", brand = "visa", count = 2, amount = 1_700 });
        Assert.Equal(200, closed.Status);

        var found = Assert.Single((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("terminalDiffers", 500, "shimin-1", session.Id, "市民課"), (found.GetProperty("kind").GetString(), found.GetProperty("amount").GetInt64(), found.GetProperty("place").GetString(), found.GetProperty("session").GetString(), found.GetProperty("owner").GetString()));
        var comparison = Assert.Single((await city.Get($"/v1/places/shimin-1/sessions/{session.Id}")).Json.GetProperty("comparison").EnumerateArray());
        Assert.Equal((1_200, 1_700, 500, false), (comparison.GetProperty("gatewayAmount").GetInt64(), comparison.GetProperty("terminalAmount").GetInt64(), comparison.GetProperty("differenceAmount").GetInt64(), comparison.GetProperty("agrees").GetBoolean()));

        var id = found.GetProperty("id").GetString();
        Assert.Equal("exception-not-open", (await city.Approve($"/v1/exceptions/{id}/approve", new { note = "x" })).Code);
        var proposed = await city.Post($"/v1/exceptions/{id}/propose", new { note = "端末で500円を二度打ち、その場で取消済み" });
        Assert.Equal(("proposed", "端末で500円を二度打ち、その場で取消済み"), (proposed["status"], proposed["proposal"]));
        Assert.Equal("exception-not-open", (await city.Post($"/v1/exceptions/{id}/propose", new { note = "もう一度" })).Code);
        city.Time.Advance(TimeSpan.FromHours(1));
        var approved = await city.Approve($"/v1/exceptions/{id}/approve", new { note = "端末の控えを確認" });
        Assert.Equal((200, "closed", "端末の控えを確認"), (approved.Status, approved["status"], approved["decision"]));
        Assert.NotEqual(approved["proposedBy"], approved["decidedBy"]);
        Assert.NotNull(approved["closedAt"]);
        Assert.Equal(1, await city.Count("audit_entry where action = 'exception-approved'"));
    }

    [Fact]
    public async Task Whoever_explained_an_exception_does_not_approve_it_and_a_rejected_one_is_open_again()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        await Close(city, session, new { method = "card", count = 1, amount = 500 });
        var id = (await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        using var both = await city.ClientWith([.. CashlessGateway.Access.Scopes.All]);
        Assert.Equal(200, (await City.Send(both, $"/v1/exceptions/{id}/propose", new { note = "x" }, "k1")).Status);
        Assert.Equal("same-principal", (await City.Send(both, $"/v1/exceptions/{id}/approve", new { note = "x" }, "k2")).Code);
        Assert.Equal("open", (await city.Approve($"/v1/exceptions/{id}/reject", new { note = "控えがない" }))["status"]);
        Assert.Equal("proposed", (await city.Post($"/v1/exceptions/{id}/propose", new { note = "控えを添付" }))["status"]);
        await Assert.ThrowsAnyAsync<Exception>(() => city.Run(new Sql("update exception set decided_by = proposed_by where municipality = @city"), new { city = City.Code }));
    }

    [Fact]
    public async Task Slips_that_agree_open_nothing_and_cash_has_no_slip()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        await Card(city, "A-1");
        var refused = await Close(city, session, new { method = "cash", count = 1, amount = 600 });
        Assert.Contains("/terminalTotals/0/method not-allowed", refused.Violations);
        Assert.Equal(200, (await Close(city, session, new { method = "card", count = 1, amount = 600 })).Status);
        Assert.Empty((await city.Get("/v1/exceptions")).Json.GetProperty("items").EnumerateArray());
    }

    private static readonly GatewayTotal[] Books =
    [
        new(PaymentMethod.Emoney, "suica", "square-main", true, 3, new Yen(900)), new(PaymentMethod.Emoney, "id", "square-main", true, 1, new Yen(300)),
        new(PaymentMethod.Card, "visa", "square-main", true, 2, new Yen(600)), new(PaymentMethod.Qr, "paypay", "paypay-main", false, 5, new Yen(1_500)), new(PaymentMethod.Cash, null, null, false, 9, new Yen(2_700)),
    ];

    [Fact]
    public void A_sum_counts_in_the_line_that_names_it_most_closely()
    {
        var compared = TotalComparison.Of(Books, [new(PaymentMethod.Emoney, null, null, 1, new Yen(300)), new(PaymentMethod.Emoney, "suica", null, 3, new Yen(900)), new(PaymentMethod.Card, null, null, 2, new Yen(600))]);
        Assert.All(compared, static one => Assert.True(one.Agrees, one.ToString()));
        Assert.Equal(3, compared.Count);
    }

    [Fact]
    public void What_a_terminal_took_and_its_slip_leaves_out_differs_and_a_code_on_our_screen_does_not()
    {
        var compared = TotalComparison.Of(Books, [new(PaymentMethod.Emoney, null, null, 4, new Yen(1_200))]);
        Assert.Equal([("emoney/*/*", 0L), ("card/visa/square-main", -600L)], compared.Select(static one => (one.Key, one.Difference.Value)));
        Assert.Empty(TotalComparison.Of(Books, []));
    }

    [Fact]
    public void An_equal_sum_of_another_number_of_payments_differs() =>
        Assert.False(Assert.Single(TotalComparison.Of([Books[2]], [new(PaymentMethod.Card, null, null, 1, new Yen(600))])).Agrees);

    [Theory, EachEngine]
    public async Task A_difference_is_booked_at_once_and_its_report_waits_for_a_second_person(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 19_500, reason = "不足", circumstances = "昼の交代時に釣銭を渡し間違えたとみられる" });
        Assert.Equal(500, await city.Balance("cashDifference/shimin-1"));
        await city.BooksAreWhole();

        var report = Assert.Single((await city.Get("/v1/unfinished?place=shimin-1")).Json.GetProperty("cashReports").EnumerateArray());
        Assert.Equal(("loss", 500, "昼の交代時に釣銭を渡し間違えたとみられる"), (report.GetProperty("kind").GetString(), report.GetProperty("amount").GetInt64(), report.GetProperty("circumstances").GetString()));
        var id = report.GetProperty("id").GetString();
        Assert.Equal((403, "scope-missing"), ((await city.Post($"/v1/cash-reports/{id}/confirm", new { })).Status, (await city.Post($"/v1/cash-reports/{id}/confirm", new { })).Code));
        var confirmed = await city.Approve($"/v1/cash-reports/{id}/confirm");
        Assert.Equal(200, confirmed.Status);
        Assert.NotEqual(confirmed["reportedBy"], confirmed["confirmedBy"]);
        Assert.Equal("cash-report-confirmed", (await city.Approve($"/v1/cash-reports/{id}/confirm")).Code);
        Assert.Empty((await city.Get("/v1/unfinished?place=shimin-1")).Json.GetProperty("cashReports").EnumerateArray());
        Assert.Equal(500, await city.Balance("cashDifference/shimin-1"));
    }

    [Fact]
    public async Task Whoever_counted_the_drawer_does_not_confirm_its_difference()
    {
        await using var city = await City.Open();
        using var both = await city.ClientWith([.. CashlessGateway.Access.Scopes.All]);
        var session = await city.Begin();
        await City.Send(both, $"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_300, reason = "取り忘れ" }, "k1");
        var report = (await city.Get("/v1/unfinished")).Json.GetProperty("cashReports")[0];
        Assert.Equal("surplus", report.GetProperty("kind").GetString());
        Assert.Equal((403, "same-principal"), Outcome(await City.Send(both, $"/v1/cash-reports/{report.GetProperty("id").GetString()}/confirm", new { }, "k2")));
        await Assert.ThrowsAnyAsync<Exception>(() => city.Run(new Sql("update cash_report set confirmed_by = reported_by, confirmed_at = 1 where municipality = @city"), new { city = City.Code }));
    }

    [Fact]
    public async Task The_circumstances_can_be_redacted_and_the_books_stay_whole()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        await city.Close(session, 19_900, "不足");
        var note = await city.Gateway.Database.One<string>(new Sql("select note from cash_report where municipality = @city"), new { city = City.Code });
        await city.Gateway.Database.WriteSurely(unit => CashlessGateway.Ledger.Notes.Redact(unit, City.Code, note!, city.Of<Clock>().Now()), ReadBack.SafeToRepeat);
        Assert.Equal("", (await city.Get("/v1/unfinished")).Json.GetProperty("cashReports")[0].GetProperty("circumstances").ToString());
        await city.BooksAreWhole();
    }

    private static Task<Answer> Close(City city, Answer session, params object[] terminalTotals) =>
        city.Post($"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_000, terminalTotals });

    private static async Task Card(City city, string approval)
    {
        var owed = await city.OweCertificates();
        Assert.Equal(201, (await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-01", approvalNumber = approval, method = "card", brand = "visa" })).Status);
    }

    private static (int, string?) Outcome(Answer answer) => (answer.Status, answer.Code);
}
