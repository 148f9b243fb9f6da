using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

/// <summary>Idempotency keys.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task The_same_key_and_parameters_are_answered_from_memory()
    {
        await using var shop = await StripeShop.Open();
        var first = await shop.Post("v1/checkout/sessions", shop.Page(), "k1");
        var second = await shop.Post("v1/checkout/sessions", shop.Page(), "k1");
        Assert.Equal((false, true, first.Text), (first.Replayed, second.Replayed, second.Text));
        Assert.Single(shop.Stripe.Money());
    }

    [Fact]
    public async Task The_same_parameters_in_another_order_and_spelling_are_the_same()
    {
        await using var shop = await StripeShop.Open();
        await shop.Post("v1/payment_intents", "amount=300&currency=jpy&metadata[a]=1", "k1");
        Assert.True((await shop.Post("v1/payment_intents", "currency=jpy&metadata%5Ba%5D=1&amount=300", "k1")).Replayed);
    }

    [Fact]
    public async Task Other_parameters_or_another_address_are_an_error()
    {
        await using var shop = await StripeShop.Open();
        await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1");
        Assert.Equal((400, "idempotency_error"), await shop.Post("v1/payment_intents", "amount=301&currency=jpy", "k1") is var other ? (other.Status, other.Error) : default);
        Assert.Equal("idempotency_error", (await shop.Post("v1/refunds", "payment_intent=pi_x", "k1")).Error);
    }

    [Fact]
    public async Task What_was_refused_before_it_began_is_not_kept()
    {
        await using var shop = await StripeShop.Open();
        Assert.Equal(400, (await shop.Post("v1/payment_intents", "amount=3&currency=jpy", "k1")).Status);
        Assert.Equal(200, (await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1")).Status);
    }

    [Fact]
    public async Task A_refusal_while_it_was_being_done_is_kept()
    {
        await using var shop = await StripeShop.Open();
        var id = await shop.Paid();
        await shop.Post("v1/refunds", $"payment_intent={id}");
        Assert.Equal("charge_already_refunded", (await shop.Post("v1/refunds", $"payment_intent={id}", "k1")).Error);
        Assert.True((await shop.Post("v1/refunds", $"payment_intent={id}", "k1")).Replayed);
    }

    [Fact]
    public async Task A_500_after_the_deed_is_told_again_for_a_day()
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateIntent, FaultKind.ErrorAfter) { Times = 1 });
        Assert.Equal(500, (await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1")).Status);
        Assert.Equal((500, true), await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1") is var again ? (again.Status, again.Replayed) : default);
        Assert.Single(shop.Stripe.Money());
    }

    [Fact]
    public async Task After_a_day_the_key_is_new()
    {
        await using var shop = await StripeShop.Open();
        var first = await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1");
        shop.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(first.Id, (await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1")).Id);
        shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(first.Id, (await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1")).Id);
    }

    [Fact]
    public async Task While_the_first_is_at_work_the_second_is_a_conflict()
    {
        await using var shop = await StripeShop.Open();
        shop.Stripe.Faults.Add(new FaultRule(ApiOperation.CreateIntent, FaultKind.DelayAfter) { Ms = 7_000, Times = 1 });
        var first = shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1");
        await shop.Time.SomebodyWaits(TimeSpan.FromSeconds(7));
        Assert.Equal((409, "idempotency_key_in_use"), await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1") is var second ? (second.Status, second.Error) : default);

        shop.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal((await first).Id, (await shop.Post("v1/payment_intents", "amount=300&currency=jpy", "k1")).Id);
    }
}
