using System.Text.Json;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

/// <summary>What happens to money, and how it is told.</summary>
public sealed class MoneyTests
{
    [Fact]
    public async Task A_reader_takes_one_payment_at_a_time_and_a_test_card()
    {
        await using var shop = await StripeShop.Open();
        var (first, second) = (await AtReader(shop, "pay_1"), await AtReader(shop, "pay_2"));
        const string Process = $"v1/terminal/readers/{StripeShop.Device}/process_payment_intent";
        Assert.Equal("in_progress", (await shop.Post(Process, $"payment_intent={first}")).Json.GetProperty("action").GetProperty("status").GetString());
        Assert.Equal("terminal_reader_busy", (await shop.Post(Process, $"payment_intent={second}")).Error);

        await shop.Post($"v1/test_helpers/terminal/readers/{StripeShop.Device}/present_payment_method", "type=card_present&card_present[number]=4242424242424242");
        Assert.Equal("succeeded", (await shop.Get($"v1/payment_intents/{first}")).Field("status"));
        Assert.Equal("intent_invalid_state", (await shop.Post(Process, $"payment_intent={first}")).Error);

        await shop.Post(Process, $"payment_intent={second}");
        await shop.Post($"v1/test_helpers/terminal/readers/{StripeShop.Device}/present_payment_method", "card_present[number]=4000000000000002");
        Assert.Equal("failed", (await shop.Get($"v1/terminal/readers/{StripeShop.Device}")).Json.GetProperty("action").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_payment_that_was_cancelled_takes_no_card()
    {
        await using var shop = await StripeShop.Open();
        var id = await AtReader(shop, "pay_1");
        await shop.Post($"v1/terminal/readers/{StripeShop.Device}/process_payment_intent", $"payment_intent={id}");
        Assert.Equal("canceled", (await shop.Post($"v1/payment_intents/{id}/cancel", "cancellation_reason=abandoned")).Field("status"));
        Assert.False(shop.Stripe.Pay("pay_1"));
        Assert.Equal("payment_intent_unexpected_state", (await shop.Post($"v1/payment_intents/{id}/cancel")).Error);
    }

    [Fact]
    public async Task The_payment_of_an_open_page_ends_with_its_page_only()
    {
        await using var shop = await StripeShop.Open();
        var session = (await shop.Post("v1/checkout/sessions", shop.Page())).Id;
        shop.Stripe.Customer.Pay("pay_1", StripeCustomerOutcome.PayWithApproval);
        var id = (await shop.Get($"v1/checkout/sessions/{session}")).Field("payment_intent")!;
        Assert.Equal("payment_intent_unexpected_state", (await shop.Post($"v1/payment_intents/{id}/cancel")).Error);

        Assert.Equal("expired", (await shop.Post($"v1/checkout/sessions/{session}/expire")).Field("status"));
        Assert.Equal("canceled", (await shop.Get($"v1/payment_intents/{id}")).Field("status"));
        Assert.Equal(400, (await shop.Post($"v1/checkout/sessions/{session}/expire")).Status);
    }

    [Fact]
    public async Task No_more_goes_back_than_came()
    {
        await using var shop = await StripeShop.Open();
        var id = await shop.Paid();
        Assert.Equal(200, (await shop.Post("v1/refunds", $"payment_intent={id}&amount=100")).Status);
        Assert.Equal("amount", (await shop.Post("v1/refunds", $"payment_intent={id}&amount=201")).Param);
        Assert.Equal(200, (await shop.Post("v1/refunds", $"payment_intent={id}")).Json.GetProperty("amount").GetInt64());
        Assert.Equal("charge_already_refunded", (await shop.Post("v1/refunds", $"payment_intent={id}&amount=1")).Error);
        Assert.Equal(0, shop.Stripe.Money()[0].Net);
    }

    [Fact]
    public async Task A_refund_may_take_its_time()
    {
        await using var shop = await StripeShop.Open(options => options with { Terms = new StripeTerms { RefundDelay = TimeSpan.FromHours(1) } });
        var refund = await shop.Post("v1/refunds", $"payment_intent={await shop.Paid()}");
        Assert.Equal("pending", refund.Field("status"));
        shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("succeeded", (await shop.Get($"v1/refunds/{refund.Id}")).Field("status"));
    }

    [Fact]
    public async Task Payouts_come_on_their_day_with_all_that_is_available()
    {
        await using var shop = await StripeShop.Open();
        await shop.Paid();      // a Saturday
        Assert.Empty((await shop.Get("v1/payouts")).Data);
        shop.Time.Advance(TimeSpan.FromDays(5));
        Assert.Empty((await shop.Get("v1/payouts")).Data);
        await shop.Paid("pay_2");
        shop.Time.Advance(TimeSpan.FromDays(1));

        var payout = Assert.Single((await shop.Get("v1/payouts")).Data);
        Assert.Equal((289, "in_transit"), (payout.GetProperty("amount").GetInt64(), payout.GetProperty("status").GetString()));
        var lines = (await shop.Get($"v1/balance_transactions?payout={payout.GetProperty("id").GetString()}")).Data;
        Assert.Equal([("payout", -289), ("charge", 289)], lines.Select(line => (line.GetProperty("type").GetString()!, line.GetProperty("net").GetInt64())));

        shop.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(["in_transit", "paid"], (await shop.Get("v1/payouts")).Data.Select(one => one.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task More_given_back_than_taken_waits_for_the_next_payday()
    {
        await using var shop = await StripeShop.Open();
        await shop.Post("v1/refunds", $"payment_intent={await shop.Paid()}");
        shop.Time.Advance(TimeSpan.FromDays(14));
        Assert.Empty((await shop.Get("v1/payouts")).Data);
        await shop.Paid("pay_2");
        shop.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(289 - 11, Assert.Single((await shop.Get("v1/payouts")).Data).GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_notice_that_is_not_taken_comes_again_signed_anew()
    {
        await using var gateway = await StubServer.Open();
        var posted = System.Threading.Channels.Channel.CreateUnbounded<StubRequest>();
        gateway.Answer(request =>
        {
            posted.Writer.TryWrite(request);
            return StubAnswer.Json(posted.Reader.Count > 1 ? 200 : 500, "{}");
        });
        await using var shop = await StripeShop.Open(options => options with { Webhook = gateway.Address });
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook) { Reference = "pay_1" });
        await shop.Paid();
        shop.Stripe.PayOutNow();

        var first = await posted.Reader.ReadAsync();
        await shop.Time.SomebodyWaits(TimeSpan.FromMinutes(5));
        shop.Time.Advance(TimeSpan.FromMinutes(5));
        var second = await posted.Reader.ReadAsync();
        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Headers["Stripe-Signature"], second.Headers["Stripe-Signature"]);
        Assert.Equal("payout.created", JsonDocument.Parse(first.Body).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_customer_and_the_bank_have_addresses_for_tests_in_another_process()
    {
        await using var shop = await StripeShop.Open();
        await shop.Post("v1/checkout/sessions", shop.Page());
        Assert.Equal("declined", (await shop.Control("_customer/pay", new { reference = "pay_1", outcome = "decline" })).GetProperty("result").GetString());
        Assert.Equal("paid", (await shop.Control("_customer/pay", new { reference = "pay_1", brand = "jcb" })).GetProperty("result").GetString());
        Assert.Equal("alreadyPaid", (await shop.Control("_customer/pay", new { reference = "pay_1" })).GetProperty("result").GetString());
        Assert.Equal("notFound", (await shop.Control("_customer/pay", new { reference = "pay_9" })).GetProperty("result").GetString());
        Assert.True((await shop.Control("_customer/dispute", new { reference = "pay_1" })).GetProperty("done").GetBoolean());
        Assert.False((await shop.Control("_payout", new { })).GetProperty("done").GetBoolean());   // the dispute took more than there was
        Assert.True((await shop.Control("_reader", new { reader = StripeShop.Device, offline = true })).GetProperty("done").GetBoolean());

        var truth = await shop.Http.GetStringAsync(new Uri("_truth", UriKind.Relative));
        Assert.Contains("\"sums\":{\"payments\":1,\"taken\":300,\"refunded\":0,\"net\":300}", truth, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_pages_are_paid_by_themselves_when_told_so()
    {
        await using var shop = await StripeShop.Open();
        await shop.Control("_customer/auto", new { payProbability = 1, delayMs = 9_000 });
        await shop.Post("v1/checkout/sessions", shop.Page());
        await shop.Time.SomebodyWaits(TimeSpan.FromSeconds(9));
        Assert.False(shop.Stripe.Money()[0].Taken);
        shop.Time.Advance(TimeSpan.FromSeconds(9));
        await Wait.Until(() => shop.Stripe.Money()[0].Taken);
    }

    private static async Task<string> AtReader(StripeShop shop, string reference) =>
        (await shop.Post("v1/payment_intents", $"amount=300&currency=jpy&payment_method_types[]=card_present&metadata[payment_id]={reference}")).Id;
}
