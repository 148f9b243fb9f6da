using System.Text.Json;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.ErrorBefore, 500, 0)]
    [InlineData(FaultKind.ErrorAfter, 500, 1)]
    [InlineData(FaultKind.RateLimit, 429, 0)]
    [InlineData(FaultKind.Maintenance, 503, 0)]
    [InlineData(FaultKind.TransactionFailed, 400, 0)]
    [InlineData(FaultKind.Garbage, 200, 1)]
    [InlineData(FaultKind.AnswerTwice, 200, 1)]
    public async Task A_fault_comes_before_or_after_the_deed(FaultKind kind, int status, int made)
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateSession, kind));
        Assert.Equal(status, (await shop.Post("v1/checkout/sessions", shop.Page())).Status);
        Assert.Equal(made, shop.Stripe.Money().Count);
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, 0)]
    [InlineData(FaultKind.DropAfter, 1)]
    public async Task A_connection_is_cut_before_or_after_the_deed(FaultKind kind, int made)
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateSession, kind));
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Post("v1/checkout/sessions", shop.Page()));
        Assert.Equal(made, shop.Stripe.Money().Count);
    }

    [Fact]
    public async Task A_look_up_can_be_wrong_while_the_truth_is_not()
    {
        await using var shop = await StripeShop.Open();
        var id = await shop.Paid();
        var faults = shop.Stripe.Faults;
        faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.WrongAmount) { Delta = 7, Times = 1 });
        Assert.Equal(307, (await shop.Get($"v1/payment_intents/{id}")).Json.GetProperty("amount_received").GetInt64());
        faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.WrongCurrency) { Times = 1 });
        Assert.Equal("usd", (await shop.Get($"v1/payment_intents/{id}")).Field("currency"));
        faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.WrongStatus) { State = "processing", Times = 1 });
        Assert.Equal("processing", (await shop.Get($"v1/payment_intents/{id}")).Field("status"));
        faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.ClockSkew) { Ms = 90_000, Times = 1 });
        Assert.Equal(shop.Time.GetUtcNow().ToUnixTimeSeconds() + 90, (await shop.Get($"v1/payment_intents/{id}")).Json.GetProperty("created").GetInt64());
        faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.Forget) { Times = 1 });
        Assert.Equal(404, (await shop.Get($"v1/payment_intents/{id}")).Status);
        faults.Add(new FaultRule(ApiOperation.ListRefunds, FaultKind.Forget) { Times = 1 });
        await shop.Post("v1/refunds", $"payment_intent={id}");
        Assert.Empty((await shop.Get($"v1/refunds?payment_intent={id}")).Data);
        Assert.Single((await shop.Get($"v1/refunds?payment_intent={id}")).Data);
        Assert.Equal((300, 300), (shop.Stripe.Money()[0].Amount, shop.Stripe.Money()[0].Refunded));
    }

    [Fact]
    public async Task A_key_can_be_forgotten()
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateSession, FaultKind.ForgetKey));
        await shop.Post("v1/checkout/sessions", shop.Page(), "k1");
        await shop.Post("v1/checkout/sessions", shop.Page(), "k1");
        Assert.Equal(2, shop.Stripe.Money().Count);
    }

    [Fact]
    public async Task A_fault_meets_its_own_payment_only()
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateSession, FaultKind.Maintenance) { ReferencePrefix = "pay_2" });
        Assert.Equal((200, 503), ((await shop.Post("v1/checkout/sessions", shop.Page())).Status, (await shop.Post("v1/checkout/sessions", shop.Page("pay_2"))).Status));
        Assert.Equal(2, shop.Stripe.Calls(ApiOperation.CreateSession));
    }

    [Fact]
    public async Task A_customer_can_be_faster_than_the_answer()
    {
        await using var shop = await StripeShop.Open();
        await shop.Control("_faults", new { operation = "createSession", kind = "webhookBeforeAnswer" });
        Assert.Equal("open", (await shop.Post("v1/checkout/sessions", shop.Page())).Field("status"));
        Assert.True(shop.Stripe.Money()[0].Taken);
    }

    [Fact]
    public async Task Faults_have_an_address_for_tests_in_another_process()
    {
        await using var shop = await StripeShop.Open();
        var report = await shop.Control("_faults", new { operation = "processIntent", kind = "rateLimit" });
        Assert.Equal(JsonValueKind.Array, report.ValueKind);
        Assert.Single(shop.Stripe.Faults.Report());
    }
}
