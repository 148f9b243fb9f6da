using System.Text.Json;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class DaySheetTests
{
    [Theory, EachEngine]
    public async Task A_day_that_was_never_opened_is_a_sheet_of_zeros(Engine engine)
    {
        await using var city = await City.Open(engine);
        var day = await city.Day("2020-01-01");
        Assert.Equal((200, "notOpened"), (day.Status, day["state"]));
        Assert.Equal("{\"first\":null,\"last\":null,\"count\":0}", day["receipts"]);
        Assert.Equal("{\"capturedAmount\":0,\"refundedAmount\":0,\"netAmount\":0,\"freeCount\":0,\"waivedCount\":0}", day["totals"]);
        Assert.Equal(("[]", "[]", "[]", "[]"), (day["byMethod"], day["byAccount"], day["sessions"], day["unfinished"]));
    }

    [Theory]
    [InlineData("/v1/places/shimin-1/days/2026-02-30")]
    [InlineData("/v1/places/shimin-1/days/today")]
    [InlineData("/v1/places/shimin-1/days/0001-01-01")]
    [InlineData("/v1/places/nowhere/days/2026-11-21")]
    public async Task There_is_no_sheet_of_a_date_or_a_place_that_does_not_exist(string path)
    {
        await using var city = await City.Open();
        Assert.Equal(404, (await city.Get(path)).Status);
    }

    [Theory, EachEngine]
    public async Task The_sheet_says_what_the_journal_says(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Sell(2);
        await city.Post($"/v1/payments/{PaymentOf(await city.Sell(3))}/refunds", new { reason = "打ち間違い", way = "void" });
        await Give(city, PaymentOf(await city.Sell(4)), "cash", 100);
        await Give(city, PaymentOf(await city.Sell(5)), "bankTransfer", 1_000);
        await Sale(city, new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "jusho-kei", quantity = 1 } } });
        await Sale(city, new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01" } } });

        var day = await city.Day();

        Assert.Equal("{\"first\":1,\"last\":6,\"count\":6}", day["receipts"]);
        Assert.Equal("{\"capturedAmount\":4200,\"refundedAmount\":2000,\"netAmount\":2200,\"freeCount\":1,\"waivedCount\":1}", day["totals"]);
        Assert.Equal("[{\"method\":\"cash\",\"brand\":null,\"count\":4,\"amount\":4200,\"refundedAmount\":2000}]", day["byMethod"]);
        Assert.Equal("[{\"account\":\"revenue/01-13-02-01-03-00/shimin-1\",\"revenueAccount\":\"01-13-02-01-03-00\",\"fiscalYear\":2026,\"amount\":2200}]", day["byAccount"]);
        AssertAgrees(day);
        Assert.Equal(2_200, -await city.Balance("revenue/"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Money_of_other_owners_and_surplus_are_in_the_sums_too(Engine engine)
    {
        await using var city = await City.Open(engine);
        Assert.Equal(201, (await Sale(city, new { kind = "facilityCharge", place = "seishonen-kaikan", lines = new[] { new { fee = "seishonen-kenshu", quantity = 1 } } })).Status);
        Assert.Equal(201, (await Sale(city, new { kind = "facilityCharge", place = "seishonen-kaikan", lines = new[] { new { fee = "kagi-hosho", quantity = 1 } } })).Status);
        var owed = await city.OweCertificates();
        await city.PayCash(owed.Id);
        Assert.Equal(201, (await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-01", approvalNumber = "A-1", method = "card", brand = "visa" })).Status);

        var (facility, counter) = (await city.Day(place: "seishonen-kaikan"), await city.Day());

        AssertAgrees(facility);
        AssertAgrees(counter);
        Assert.Equal(["custody", "outside"], Accounts(facility));
        Assert.Equal(["overpaid", "revenue"], Accounts(counter));
        Assert.Equal(["card visa 600", "cash  600"], counter.Json.GetProperty("byMethod").EnumerateArray().Select(row => $"{row.GetProperty("method")} {row.GetProperty("brand")} {row.GetProperty("amount")}").Order());
    }

    [Fact]
    public async Task A_refund_is_on_the_sheet_of_the_place_and_the_day_that_gave_it_back()
    {
        await using var city = await City.Open();
        var payment = PaymentOf(await city.Sell(2));
        city.Time.Advance(TimeSpan.FromDays(1));
        await city.Sell(1, "shisanzei-1");
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "cash", place = "shisanzei-1", amount = 600 });
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund.Id}/approve"))["status"]);

        var (before, after, elsewhere) = (await city.Day(), await city.Day("2026-11-22", "shisanzei-1"), await city.Day("2026-11-22"));

        Assert.Equal(("600", "-300", "0"), (Total(before, "netAmount"), Total(after, "netAmount"), Total(elsewhere, "netAmount")));
        AssertAgrees(before);
        AssertAgrees(after);
        AssertAgrees(elsewhere);
    }

    [Fact]
    public async Task A_refund_that_is_expenditure_of_the_new_year_keeps_the_sums_equal()
    {
        await using var city = await City.Open();
        var payment = PaymentOf(await city.Sell(2));
        city.Time.Set(new DateTimeOffset(2027, 5, 31, 3, 0, 0, TimeSpan.Zero));
        var refund = await Give(city, payment, "bankTransfer", 600);
        city.Time.Set(new DateTimeOffset(2027, 6, 2, 3, 0, 0, TimeSpan.Zero));
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund}/paid", new { date = "2027-06-01", bankAccount = "shitei-1" }))["status"]);

        var (ordered, corrected) = (await city.Day("2027-05-31"), await city.Day("2027-06-02"));

        AssertAgrees(ordered);
        AssertAgrees(corrected);
        Assert.Equal(["expenditure", "revenue"], Accounts(corrected));
    }

    [Theory, EachEngine]
    public async Task The_sums_agree_while_sales_go_on(Engine engine)
    {
        await using var city = await City.Open(engine);
        var sales = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => city.Sell(1)));
        do
        {
            AssertAgrees(await city.Day());
        }
        while (!sales.IsCompleted);
        await sales;
        Assert.Equal("18000", Total(await city.Day(), "capturedAmount"));
    }

    /// <summary>Money rule 10.</summary>
    private static void AssertAgrees(Answer day)
    {
        var booked = day.Json.GetProperty("byAccount").EnumerateArray().Sum(row => row.GetProperty("amount").GetInt64());
        var totals = day.Json.GetProperty("totals");
        Assert.True(booked == totals.GetProperty("capturedAmount").GetInt64() - totals.GetProperty("refundedAmount").GetInt64(), day.Text);
    }

    private static string Total(Answer day, string name) => day.Json.GetProperty("totals").GetProperty(name).ToString();

    private static IEnumerable<string> Accounts(Answer day) =>
        day.Json.GetProperty("byAccount").EnumerateArray().Select(row => row.GetProperty("account").GetString()!.Split('/')[0]).Distinct();

    private static Task<Answer> Sale(City city, object receivable) => city.Post("/v1/sales", new { receivable, payment = new { method = "cash" } });

    private static async Task<string> Give(City city, string payment, string way, long amount)
    {
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way, amount });
        Assert.Equal(200, (await city.Approve($"/v1/refunds/{refund.Id}/approve")).Status);
        return refund.Id;
    }

    private static string PaymentOf(Answer sale) => sale.Json.GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment ? payment.GetProperty("id").GetString()! : throw new InvalidOperationException(sale.Text);
}
