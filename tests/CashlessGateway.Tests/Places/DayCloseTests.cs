using System.Text;
using CashlessGateway.Drawers;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

/// <summary>収納金日計表 and the 払込書 of its cash.</summary>
public sealed class DayCloseTests
{
    [Theory, EachEngine]
    public async Task The_sheet_keeps_cash_and_cashless_apart_by_section_account_method_and_brand(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Sell(2);
        await Card(city);
        await Refund(city, await city.Sell(1), "cash", 300);
        var day = await city.Day();

        Assert.Equal((900, 300, 0, 600), Cash(day));
        Assert.Equal("""{"count":1,"amount":600,"refundedAmount":0,"netAmount":600}""", day["cashless"]);
        Assert.Equal(["cash  900 300", "card visa 600 0"], day.Json.GetProperty("lines").EnumerateArray().OrderByDescending(line => line.GetProperty("method").GetString(), StringComparer.Ordinal).Select(line => $"{line.GetProperty("method")} {line.GetProperty("brand")} {line.GetProperty("amount")} {line.GetProperty("refundedAmount")}"));
        Assert.Equal("""[{"section":"市民課","amount":1500,"refundedAmount":300,"netAmount":1200}]""", day["bySection"]);
        Agree(day);
    }

    /// <summary>Scenario F 21: captured on 31 March at 16:59, known on 2 April.</summary>
    [Theory, EachEngine]
    public async Task Money_of_31_March_that_is_known_on_2_April_is_listed_on_2_April_with_its_own_day_and_the_old_year(Engine engine)
    {
        await using var city = await City.Open(engine);
        city.Time.Set(new DateTimeOffset(2027, 3, 31, 8, 30, 0, TimeSpan.FromHours(9)));
        await city.LetClerkControl();
        var session = await city.Begin();
        city.Time.Set(new DateTimeOffset(2027, 3, 31, 16, 59, 0, TimeSpan.FromHours(9)));
        var payment = await city.Pending("pos-01", brand: "visa", method: "card");
        Assert.Equal(200, (await City.Send(await city.Manager(), $"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_000, closeDay = true, deputy = new { reason = "事業者の障害", owner = "市民課", deadline = "2027-04-30" } }, null)).Status);
        city.Time.Set(new DateTimeOffset(2027, 4, 1, 8, 30, 0, TimeSpan.FromHours(9)));
        await city.Close(await city.Begin(), 20_000, closeDay: true);
        city.Time.Set(new DateTimeOffset(2027, 4, 2, 9, 0, 0, TimeSpan.FromHours(9)));
        await city.Begin();
        await Resolve(city, payment, "2027-03-31");

        var day = await city.Day("2027-04-02");
        var line = Assert.Single(day.Json.GetProperty("earlierLines").EnumerateArray());
        Assert.Equal(("2027-03-31", 2026, 600), (line.GetProperty("receiptDate").GetString(), line.GetProperty("fiscalYear").GetInt32(), line.GetProperty("amount").GetInt64()));
        Assert.Empty(day.Json.GetProperty("lines").EnumerateArray());
        Assert.Equal((1, 600), (day.Json.GetProperty("earlier").GetProperty("count").GetInt64(), day.Json.GetProperty("earlier").GetProperty("amount").GetInt64()));
        Assert.Empty((await city.Day("2027-03-31")).Json.GetProperty("lines").EnumerateArray());
        Agree(day);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_closed_day_makes_a_pay_in_of_its_cash_with_a_number_and_the_bank_takes_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        await city.SellAt("pos-01", 3);
        await Refund(city, await SaleAt(city, 2), "cash", 200);
        await city.Close(session, 21_200, "不足", closeDay: true);

        var slip = Slip(await city.Day());
        Assert.Equal((1, 2026, 1_200, "01", "2026-11-21", "2026-11-24"), (slip.GetProperty("number").GetInt32(), slip.GetProperty("numberYear").GetInt32(), slip.GetProperty("amount").GetInt32(), slip.GetProperty("kaikei").GetString(), slip.GetProperty("firstDate").GetString(), slip.GetProperty("dueOn").GetString()));
        Assert.Equal((0, 1_200), (await city.Balance("cash/shimin-1"), await city.Balance("cashInTransit/shimin-1")));
        Agree(await city.Day());

        var id = slip.GetProperty("id").GetString();
        Assert.Contains("/date out-of-range", (await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-12-01", bankAccount = "shitei-1" })).Violations);
        Assert.Contains("/bankAccount not-found", (await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-11-21", bankAccount = "nowhere" })).Violations);
        Assert.Contains("/bankAccount missing", (await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-11-21" })).Violations);
        city.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal((200, "2026-11-24"), ((await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-11-24", bankAccount = "shitei-1" })).Status, Slip(await city.Day()).GetProperty("paidOn").GetString()));
        Assert.Equal("pay-in-recorded", (await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-11-24", bankAccount = "shitei-1" })).Code);
        Assert.Equal((0, 1_200), (await city.Balance("cashInTransit/shimin-1"), await city.Balance("deposit/shitei-1")));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Pay_ins_of_a_city_are_numbered_without_a_gap_also_when_days_close_at_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        string[] places = ["shimin-1", "shisanzei-1", "gyosei-kita", "gyosei-nishi", "service-ekimae"];
        foreach (var place in places) await city.Sell(1, place);
        city.Time.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => city.CloseDays().Run(City.Code, 100, CancellationToken.None)));

        var numbers = (await city.Get("/v1/unfinished")).Json.GetProperty("payIns").EnumerateArray().Select(slip => slip.GetProperty("number").GetInt64()).Order();
        Assert.Equal([1L, 2, 3, 4, 5], numbers);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Small_sums_wait_until_they_reach_the_limit_and_then_go_together(Engine engine)
    {
        await using var city = await City.Open(engine);
        await DeputyTests.Hours(city, null, null, small: true, limit: 1_000);
        await city.Sell(2);
        await CloseToday(city);
        Assert.Empty((await city.Day()).Json.GetProperty("payIns").EnumerateArray());
        Assert.Equal(600, await city.Balance("cash/shimin-1"));
        await city.Sell(2);
        await CloseToday(city);

        var slip = Slip(await city.Day("2026-11-22"));
        Assert.Equal((1_200, "2026-11-21", "2026-11-22"), (slip.GetProperty("amount").GetInt32(), slip.GetProperty("firstDate").GetString(), slip.GetProperty("lastDate").GetString()));
        Assert.Equal(slip.GetProperty("id").GetString(), Slip(await city.Day()).GetProperty("id").GetString());
        Assert.Equal(0, await city.Balance("cash/shimin-1"));
        await city.BooksAreWhole();
    }

    [Theory]
    [InlineData(9_999, 2026, "2026-11-21", true, true)]
    [InlineData(10_000, 2026, "2026-11-21", true, false)]
    [InlineData(9_999, 2026, "2026-11-21", false, false)]
    [InlineData(300, 2026, "2027-03-31", true, false)]
    [InlineData(300, 2025, "2026-05-01", true, false)]
    [InlineData(0, 2026, "2026-11-21", false, true)]
    [InlineData(-300, 2026, "2027-03-31", false, true)]
    public void What_waits_is_a_small_sum_of_this_year_or_nothing_at_all(long sum, int year, string day, bool may, bool waits) =>
        Assert.Equal(waits, PayInRules.Waits(new Yen(sum), year, BusinessDate.Parse(day), new PlaceClosing(null, null, may, PlaceClosing.UsualLimit)));

    [Theory, EachEngine]
    public async Task Cash_that_is_not_at_the_bank_by_its_next_day_is_an_exception_until_it_is(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Sell(2);
        await CloseToday(city);
        var watch = city.Of<WatchPayIns>();
        city.Time.Set(new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(0, await watch.Run(City.Code, 100, CancellationToken.None));
        city.Time.Set(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(1, await watch.Run(City.Code, 100, CancellationToken.None));
        Assert.Equal(0, await watch.Run(City.Code, 100, CancellationToken.None));

        var found = Assert.Single((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("cashNotDeposited", 600, "市民課"), (found.GetProperty("kind").GetString(), found.GetProperty("amount").GetInt64(), found.GetProperty("owner").GetString()));
        var id = Slip(await city.Day()).GetProperty("id").GetString();
        Assert.Equal(200, (await city.Post($"/v1/pay-ins/{id}/paid", new { date = "2026-11-24", bankAccount = "shitei-1" })).Status);
        Assert.Empty((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory, EachEngine]
    public async Task A_managers_own_cash_goes_to_the_manager_on_a_slip_of_its_own(Engine engine)
    {
        await using var city = await City.Open(engine);
        await Sale(city, new { kind = "facilityCharge", place = "seishonen-kaikan", lines = new[] { new { fee = "seishonen-kenshu", quantity = 1 } } });
        await Sale(city, new { kind = "facilityCharge", place = "seishonen-kaikan", lines = new[] { new { fee = "kagi-hosho", quantity = 1 } } });
        await CloseToday(city);

        var slips = (await city.Day(place: "seishonen-kaikan")).Json.GetProperty("payIns").EnumerateArray().ToDictionary(slip => slip.GetProperty("owner").GetString()!);
        Assert.Equal(2, slips.Count);
        var manager = slips.Single(slip => slip.Key != "city");
        Assert.Equal(200, (await city.Post($"/v1/pay-ins/{manager.Value.GetProperty("id").GetString()}/paid", new { date = "2026-11-22" })).Status);
        Assert.Equal(0, await city.Balance($"custody/{manager.Key}/seishonen-kaikan"));
        Assert.Equal(slips["city"].GetProperty("amount").GetInt64(), await city.Balance("cashInTransit/seishonen-kaikan"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task The_sheet_is_a_file_too_in_UTF_8_and_in_Shift_JIS()
    {
        await using var city = await City.Open();
        await city.Sell(2);
        var utf8 = await File(city, "/v1/places/shimin-1/days/2026-11-21");
        Assert.Equal([0xEF, 0xBB, 0xBF], utf8[..3]);
        var text = Encoding.UTF8.GetString(utf8[3..]);
        Assert.Contains("当日分,2026-11-21,市民課,01-13-02-01-03-00,revenue/01-13-02-01-03-00/shimin-1,2026,,cash,,1,2,600,0,600\r\n", text, StringComparison.Ordinal);
        Assert.Contains("現金 引継額,,,,,,,cash,,,,,,600\r\n", text, StringComparison.Ordinal);
        var sjis = await File(city, "/v1/places/shimin-1/days/2026-11-21?charset=shift_jis");
        Assert.Equal(text, CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetString(sjis));
        Assert.Equal((400, "invalid-parameter"), (await city.Get("/v1/places/shimin-1/days/2026-11-21?charset=latin1") is var wrong ? (wrong.Status, wrong.Code) : default));
    }

    [Fact]
    public async Task After_the_close_no_cash_comes_out_of_the_drawer()
    {
        await using var city = await City.Open();
        await city.LetClerkControl();
        var session = await city.Begin();
        var payment = await city.SellAt("pos-01", 2);
        var asked = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "cash", amount = 300 });
        await city.Close(session, 20_600);

        Assert.Equal("day-not-open", (await city.Approve($"/v1/refunds/{asked.Id}/approve")).Code);
        Assert.Equal((422, "refund-not-allowed"), (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "cash", amount = 100 }) is var refused ? (refused.Status, refused.Code) : default));
        Assert.Equal(600, await city.Balance("cash/shimin-1"));
    }

    private static async Task CloseToday(City city)
    {
        city.Time.Advance(TimeSpan.FromDays(1));
        await city.CloseDays().Run(City.Code, 100, CancellationToken.None);
    }

    private static (long, long, long, long) Cash(Answer day)
    {
        var cash = day.Json.GetProperty("cash");
        return (cash.GetProperty("amount").GetInt64(), cash.GetProperty("refundedAmount").GetInt64(), cash.GetProperty("differenceAmount").GetInt64(), cash.GetProperty("handOverAmount").GetInt64());
    }

    private static System.Text.Json.JsonElement Slip(Answer day) => Assert.Single(day.Json.GetProperty("payIns").EnumerateArray());

    /// <summary>Money rule 10: whatever the sheet is cut by, it comes to the same sum.</summary>
    private static void Agree(Answer day)
    {
        var net = day.Json.GetProperty("totals").GetProperty("netAmount").GetInt64();
        Assert.Equal(net, day.Json.GetProperty("lines").EnumerateArray().Concat(day.Json.GetProperty("earlierLines").EnumerateArray()).Sum(line => line.GetProperty("netAmount").GetInt64()));
        Assert.Equal(net, day.Json.GetProperty("bySection").EnumerateArray().Sum(section => section.GetProperty("netAmount").GetInt64()));
        var (_, _, difference, handOver) = Cash(day);
        Assert.Equal(net, handOver - difference + day.Json.GetProperty("cashless").GetProperty("netAmount").GetInt64());
    }

    private static async Task Card(City city)
    {
        var owed = await city.OweCertificates();
        Assert.Equal(201, (await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-01", approvalNumber = "A-1", method = "card", brand = "visa" })).Status);
    }

    private static async Task Resolve(City city, string payment, string takenOn)
    {
        var finding = new { outcome = "taken", reason = "端末の控え", evidence = "承認番号 777", takenOn };
        Assert.Equal(200, (await city.Post($"/v1/payments/{payment}/resolve", finding)).Status);
        Assert.Equal("captured", (await city.Approve($"/v1/payments/{payment}/resolve", finding))["status"]);
    }

    private static Task<Answer> Sale(City city, object receivable) => city.Post("/v1/sales", new { receivable, payment = new { method = "cash" } });

    private static Task<Answer> SaleAt(City city, int count) => city.Post("/v1/sales", new
    {
        receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = count } } },
        payment = new { method = "cash", terminal = "pos-01" },
    });

    private static async Task Refund(City city, Answer sale, string way, long amount)
    {
        var refund = await city.Post($"/v1/payments/{sale.Json.GetProperty("payment").GetProperty("id").GetString()}/refunds", new { reason = "x", way, amount, terminal = "pos-01" });
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund.Id}/approve"))["status"]);
    }

    private static async Task<byte[]> File(City city, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await city.Till.SendAsync(request);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
