using CashlessGateway.Access.Roles;
using CashlessGateway.Alarms;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Payments;

/// <summary>取消: what each brand's own rule allows (RFN-04), and certificates that somebody holds already.</summary>
public sealed class UndoRuleTests
{
    private static readonly Instant Paid = BusinessDate.Of(2026, 4, 1).Begins.Plus(TimeSpan.FromHours(10));

    [Theory]
    [InlineData("id", 60, "pos-01", false, true)]
    [InlineData("id", 61, "pos-01", false, false)]
    [InlineData("id", 1, "pos-02", false, false)]
    [InlineData("waon", 14, "pos-01", false, true)]
    [InlineData("waon", 15, "pos-01", false, false)]
    [InlineData("suica", 0, "pos-01", false, true)]
    [InlineData("suica", 0, "pos-01", true, false)]
    [InlineData("suica", 0, "pos-02", false, false)]
    [InlineData("nanaco", 0, "pos-01", false, false)]
    [InlineData("edy", 0, "pos-01", false, false)]
    public void A_brand_is_undone_where_and_as_long_as_its_rule_says(string brand, int days, string terminal, bool othersSince, bool allowed)
    {
        var refused = UndoRules.Refuse(BrandCatalogue.Default.Find(PaymentMethod.Emoney, brand)!, new UndoAsked(terminal, "pos-01", Paid, othersSince), Paid.Plus(TimeSpan.FromDays(days)));
        Assert.Equal(allowed, refused is null);
        if (refused is not null) Assert.Equal("brand-rule", refused.Rule);
    }

    [Fact]
    public async Task A_certificate_that_was_handed_over_is_refunded_only_for_the_citys_own_mistake()
    {
        await using var city = await City.Open();
        var sale = await city.Sell();
        var (receivable, payment) = (sale.Json.GetProperty("receivable").GetProperty("id").GetString()!, sale.Json.GetProperty("payment").GetProperty("id").GetString()!);
        Assert.Equal(200, (await city.Post($"/v1/receivables/{receivable}/handover", new { @operator = "c101" })).Status);
        var refused = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "気が変わった" });
        Assert.Equal((422, "refund-not-allowed"), (refused.Status, refused.Code));
        Assert.Equal([" handed-over"], refused.Violations);
        Assert.Equal("succeeded", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "別人の証明書を渡した", cityMistake = true }))["status"]);
        Assert.Equal(0, await city.Balance("cash/shimin-1"));
    }

    [Fact]
    public async Task What_can_be_given_back_is_said_before_it_is_pressed()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        var clerk = desk.As(await desk.Person(Role.Clerk));
        var sale = await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } });
        await city.Post($"/v1/receivables/{sale.Id}/attach", new { terminal = "pos-01", approvalNumber = "000123", method = "emoney", brand = "nanaco", @operator = "c101" });
        var page = System.Net.WebUtility.HtmlDecode((await Desk.Get(clerk, $"/counter/sales/{sale.Id}")).Text);
        Assert.Contains("取消できません。現金か口座振込で返します。", page, StringComparison.Ordinal);
        Assert.Contains("value=\"bankTransfer\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"void\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_that_nobody_decides_is_told_after_the_citys_own_time()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).Json.GetProperty("payment").GetProperty("id").GetString()!;
        await city.Post($"/v1/payments/{payment}/refunds", new { reason = "間違い", way = "bankTransfer" });
        Assert.True(await Well(city));
        city.Time.Advance(TimeSpan.FromDays(9));
        Assert.False(await Well(city));
        var treasurer = new Desk(city);
        Assert.Contains("過ぎています", System.Net.WebUtility.HtmlDecode((await Desk.Get(treasurer.As(await treasurer.Person(Role.TreasuryApprover)), "/counter/refunds")).Text), StringComparison.Ordinal);
    }

    private static async Task<bool> Well(City city) =>
        !(await city.Of<AlarmMeasures>().OfCity(City.Code, CancellationToken.None)).Single(static reading => reading.Name == "refunds").IsOn;
}
