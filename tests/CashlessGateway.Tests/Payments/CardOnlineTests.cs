using CashlessGateway.Payments;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Tests.Payments;

/// <summary>Cards on a provider's page: shown, paid, refunded, disputed.</summary>
public sealed class CardOnlineTests
{
    [Fact]
    public async Task A_resident_is_sent_to_the_page_pays_with_3D_Secure_and_it_is_captured()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await Online(city);
        Assert.Equal(("pending", "redirect"), (sale["status"], sale.Json.GetProperty("action").GetProperty("type").GetString()));
        Assert.StartsWith(city.StandIn("stripe").Address.AbsoluteUri + "pay/", sale.Json.GetProperty("action").GetProperty("url").GetString(), StringComparison.Ordinal);

        Stripe(city).Customer.Pay(sale.Id, StripeCustomerOutcome.PayWithApproval);
        await city.AskProviders(TimeSpan.FromSeconds(5));
        Assert.Equal("pending", (await city.Get($"/v1/payments/{sale.Id}"))["status"]);
        Stripe(city).Customer.Pay(sale.Id, StripeCustomerOutcome.Approve);
        await Eventually.True("the payment is captured", async () =>
        {
            await city.AskProviders(TimeSpan.FromSeconds(5));
            return (await city.Get($"/v1/payments/{sale.Id}"))["status"] == "captured";
        });
        await city.BooksAreWhole();
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("javascript:alert(1)", "not-a-url")]
    [InlineData("/back", "not-a-url")]
    [InlineData("https://user:pass@example.jp/", "not-a-url")]
    public async Task Without_a_way_back_nobody_is_sent_away(string? url, string why)
    {
        await using var city = await City.OpenWithSandbox();
        var refused = await city.Post("/v1/payments", new { receivable = (await city.OweCertificates()).Id, place = "shimin-1", method = "card", presentation = "online", returnUrl = url });
        Assert.Equal(422, refused.Status);
        Assert.Equal([$"/returnUrl {why}"], refused.Violations);
    }

    [Fact]
    public async Task A_refund_that_comes_back_is_failed_reversed_and_listed()
    {
        await using var city = await City.OpenWithSandbox();
        var (payment, refund) = await PaidAndRefunded(city);
        Assert.Equal(0, await city.Balance("clearing/stripe-main/shimin-1"));
        await ComesBack(city, refund);

        Assert.Equal(("captured", "0"), ((await city.Get($"/v1/payments/{payment}"))["status"], (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]));
        Assert.Equal(600, await city.Balance("clearing/stripe-main/shimin-1"));
        Assert.Equal(-600, await city.Balance("revenue/"));
        Assert.Equal("paid", (await city.Get($"/v1/receivables/{(await city.Get($"/v1/payments/{payment}"))["receivable"]}"))["status"]);
        Assert.Equal("refundCameBack", Kind(await city.Get("/v1/exceptions")));
        await city.BooksAreWhole();
        // It can be given back another way, once.
        var again = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "届かなかった返金", way = "bankTransfer", orderNumber = "R8-9" });
        Assert.Equal(200, (await city.Approve($"/v1/refunds/{again.Id}/approve")).Status);
    }

    [Fact]
    public async Task A_refund_that_comes_back_after_somebody_else_has_paid_is_money_too_many()
    {
        await using var city = await City.OpenWithSandbox();
        var (payment, refund) = await PaidAndRefunded(city);
        var receivable = (await city.Get($"/v1/payments/{payment}"))["receivable"]!;
        Assert.Equal("captured", (await city.PayCash(receivable))["status"]);
        await ComesBack(city, refund);

        Assert.Equal("overpaid", (await city.Get($"/v1/receivables/{receivable}"))["status"]);
        Assert.Equal("True", (await city.Get($"/v1/payments/{payment}"))["surplus"]);
        Assert.Equal(-600, await city.Balance("overpaid/"));
        Assert.Equal(-600, await city.Balance("revenue/"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task An_answer_to_the_order_that_comes_after_the_success_undoes_nothing()
    {
        await using var city = await City.OpenWithSandbox();
        var (payment, refund) = await PaidAndRefunded(city);
        await city.Of<AskRefund>().Apply(City.Code, refund[4..], RefundStatus.Pending, new Providers.RefundAnswer.Failed("already-refunded", "a repeat"), "provider:stripe-main", "provider");

        Assert.Equal("succeeded", (await city.Get($"/v1/refunds/{refund}"))["status"]);
        Assert.Equal("600", (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]);
        Assert.Equal(0, await city.Balance("clearing/stripe-main/shimin-1"));
    }

    [Fact]
    public async Task A_dispute_is_listed_until_it_is_decided_and_never_reduces_revenue()
    {
        await using var city = await City.OpenWithSandbox();
        var payment = await Paid(city);
        var dispute = Stripe(city).Dispute(payment)!;
        await city.Of<ReadDisputes>().Run(City.Code, 100, default);
        Assert.Equal("disputed", Kind(await city.Get("/v1/exceptions")));
        Assert.Equal(-600, await city.Balance("revenue/"));

        Assert.True(Stripe(city).CloseDispute(dispute, won: true));
        await city.Of<ReadDisputes>().Run(City.Code, 100, default);
        Assert.Equal("closed", (await city.Get("/v1/exceptions")).Json.GetProperty("items")[0].GetProperty("status").GetString());

        var lost = Stripe(city).Dispute(await Paid(city))!;
        Stripe(city).CloseDispute(lost, won: false);
        await city.Of<ReadDisputes>().Run(City.Code, 100, default);
        Assert.Contains((await city.Get("/v1/exceptions")).Json.GetProperty("items").EnumerateArray(), static each => each.GetProperty("kind").GetString() == "disputeLost");
        Assert.Equal(-1_200, await city.Balance("revenue/"));
        await city.BooksAreWhole();
    }

    private static StripeSandbox Stripe(City city) => (StripeSandbox)city.StandIn("stripe").StandIn;

    private static string? Kind(Answer list) => Assert.Single(list.Json.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString();

    private static async Task<Answer> Online(City city) =>
        await city.Post("/v1/payments", new { receivable = (await city.OweCertificates()).Id, place = "shimin-1", method = "card", presentation = "online", returnUrl = "https://www.city.example.jp/back" });

    private static async Task<string> Paid(City city)
    {
        var sale = await Online(city);
        Assert.True(Stripe(city).Pay(sale.Id));
        await Eventually.True("the payment is captured", async () =>
        {
            await city.AskProviders(TimeSpan.FromSeconds(5));
            return (await city.Get($"/v1/payments/{sale.Id}"))["status"] == "captured";
        });
        return sale.Id;
    }

    private static async Task<(string Payment, string Refund)> PaidAndRefunded(City city)
    {
        var payment = await Paid(city);
        var asked = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過納", way = "refund", reopen = true });
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{asked.Id}/approve"))["status"]);
        return (payment, asked.Id);
    }

    private static async Task ComesBack(City city, string refund)
    {
        Assert.True(Stripe(city).FailRefund(refund));
        await Eventually.True("the refund is failed", async () =>
        {
            await city.AskProviders(TimeSpan.FromSeconds(5));
            return (await city.Get($"/v1/refunds/{refund}"))["status"] == "failed";
        });
    }
}
