using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class RefundTests
{
    private static readonly StubAnswer NoneYet = SquareSays.Payment(SquareWorld.Reference);
    private static readonly StubAnswer One = SquareSays.PaymentWithRefunds(SquareWorld.Reference, SquareSays.RefundId);

    [Theory]
    [InlineData("card", "visa", "partial")]
    [InlineData("card", null, "partial")]
    [InlineData("qr", "dbarai", "partial")]
    [InlineData("qr", "aupay", "partial")]
    [InlineData("qr", "merpay", "partial")]
    [InlineData("qr", "alipay", "partial")]
    [InlineData("qr", "wechatpay", "partial")]
    [InlineData("qr", "paypay", "whole")]
    [InlineData("qr", "rakutenpay", "whole")]
    [InlineData("qr", null, "whole")]
    [InlineData("emoney", "id", "whole")]
    [InlineData("emoney", "quicpay", "whole")]
    [InlineData("emoney", "suica", "none")]
    [InlineData("emoney", null, "none")]
    [InlineData("emoney", "edy", "none")]
    public void What_goes_back_is_decided_by_the_brand(string method, string? brand, string expected)
    {
        var rules = RefundRules.Of(new PaidWith(method, brand));
        Assert.Equal(expected, rules switch { null => "none", { Partial: true } => "partial", _ => "whole" });
        if (rules is not null) Assert.Equal(SquareSays.At.AddDays(365), rules.Until(SquareSays.At));
    }

    [Fact]
    public async Task A_refund_is_asked_for_as_documented()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, NoneYet).On(SquareWorld.Refund, SquareSays.Refund("ref_0001", 120));
        await world.Provider.Refund(world.GivingBack(120), world.InTime);

        Assert.Equal(
            $$"""{"idempotency_key":"ref_0001","payment_id":"{{SquareSays.PaymentId}}","amount_money":{"amount":120,"currency":"JPY"},"reason":"ref_0001"}""",
            world.Stub.Requests[^1].Text);
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("COMPLETED")]
    [InlineData("REJECTED")]
    [InlineData("FAILED")]
    [InlineData("DREAMT")]
    public async Task Each_state_of_a_refund_has_its_answer(string status)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, One).On(SquareWorld.GetRefund, SquareSays.Refund("ref_0001", status: status));

        RefundAnswer expected = status switch
        {
            "PENDING" => new RefundAnswer.Pending(),
            "COMPLETED" => new RefundAnswer.Succeeded(SquareSays.At.AddMinutes(11), SquareSays.RefundId),
            "REJECTED" => new RefundAnswer.Failed("rejected", "Square rejected the refund after it had taken it"),
            "FAILED" => new RefundAnswer.Failed("failed", "the refund failed at Square after it had taken it"),
            _ => new RefundAnswer.Unknown("Square told a refund status that is not in its documents"),
        };
        Assert.Equal(expected, await LookUp(world));
    }

    [Fact]
    public async Task A_refund_that_Square_has_already_is_not_ordered_again_whatever_became_of_the_key()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, One).On(SquareWorld.GetRefund, SquareSays.Refund("ref_0001"));

        Assert.IsType<RefundAnswer.Succeeded>(await Refund(world));
        Assert.DoesNotContain(SquareWorld.Refund, world.Asked);
    }

    [Fact]
    public async Task Another_refund_of_the_same_payment_and_amount_is_not_ours()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, One).On(SquareWorld.GetRefund, SquareSays.Refund("ref_0000"));
        Assert.IsType<RefundAnswer.Absent>(await LookUp(world));
    }

    [Fact]
    public async Task Within_the_life_of_keys_a_refund_is_ordered_though_it_cannot_be_looked_up()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, StubAnswer.Html(502)).On(SquareWorld.Refund, SquareSays.Refund("ref_0001"));
        Assert.IsType<RefundAnswer.Succeeded>(await Refund(world));
    }

    [Fact]
    public async Task After_the_life_of_keys_it_is_not_ordered_blindly()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, StubAnswer.Html(502)).On(SquareWorld.Refund, SquareSays.Refund("ref_0001"));
        var order = world.GivingBack();
        world.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.Refund(order, world.InTime));
        Assert.DoesNotContain(SquareWorld.Refund, world.Asked);
    }

    [Theory]
    [InlineData("REFUND_ERROR", "REFUND_DECLINED", "refund-declined")]
    [InlineData("REFUND_ERROR", "PAYMENT_NOT_REFUNDABLE", "cannot-be-refunded")]
    [InlineData("REFUND_ERROR", "PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE", "disputed")]
    [InlineData("REFUND_ERROR", "REFUND_AMOUNT_INVALID", "amount-not-allowed")]
    [InlineData("REFUND_ERROR", "REFUND_ERROR_PAYMENT_NEEDS_COMPLETION", "not-completed")]
    [InlineData("REFUND_ERROR", "A_WORD_OF_TOMORROW", "cannot-be-refunded")]
    [InlineData("INVALID_REQUEST_ERROR", "CARD_PRESENCE_REQUIRED", "card-needed")]
    [InlineData("INVALID_REQUEST_ERROR", "UNSUPPORTED_INSTRUMENT_TYPE", "cannot-be-refunded")]
    [InlineData("AUTHENTICATION_ERROR", "INSUFFICIENT_PERMISSIONS_FOR_REFUND", "not-permitted")]
    public async Task A_refusal_fails_only_after_Square_has_been_asked_for_an_earlier_try(string category, string code, string said)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, NoneYet).On(SquareWorld.Refund, SquareSays.Error(400, category, code));
        Assert.Equal(said, Assert.IsType<RefundAnswer.Failed>(await Refund(world)).Code);

        world.On(SquareWorld.Payment, NoneYet, One).On(SquareWorld.GetRefund, SquareSays.Refund("ref_0001"));
        Assert.IsType<RefundAnswer.Succeeded>(await Refund(world));

        world.On(SquareWorld.Payment, NoneYet, StubAnswer.Html(502));
        Assert.IsType<RefundAnswer.Unknown>(await Refund(world));
    }

    [Theory]
    [InlineData("RATE_LIMIT_ERROR", "RATE_LIMITED")]
    [InlineData("REFUND_ERROR", "REFUND_ALREADY_PENDING")]
    public async Task What_is_no_answer_to_this_refund_lets_it_go_again(string category, string code)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, NoneYet).On(SquareWorld.Refund, SquareSays.Error(400, category, code));
        Assert.IsType<RefundAnswer.Absent>(await Refund(world));
    }

    [Fact]
    public async Task A_key_that_was_used_and_shows_nothing_is_in_doubt()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, NoneYet).On(SquareWorld.Refund, SquareSays.KeyReused);
        Assert.IsType<RefundAnswer.Unknown>(await Refund(world));
    }

    [Fact]
    public async Task A_refund_of_another_amount_payment_or_reason_is_not_believed()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, NoneYet);
        foreach (var wrong in new[] { SquareSays.Refund("ref_0001", 299), SquareSays.Refund("ref_0002"), SquareSays.Refund("ref_0001", payment: "other") })
        {
            world.On(SquareWorld.Refund, wrong);
            Assert.IsType<RefundAnswer.Unknown>(await Refund(world));
        }
    }

    [Fact]
    public async Task A_payment_that_Square_does_not_know_leaves_its_refund_in_doubt()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payment, SquareSays.NotFound);
        Assert.IsType<RefundAnswer.Unknown>(await LookUp(world));
    }

    private static Task<RefundAnswer> Refund(SquareWorld world) => world.Provider.Refund(world.GivingBack(), world.InTime);

    private static Task<RefundAnswer> LookUp(SquareWorld world) => world.Provider.LookUpRefund(world.GivingBack(), world.InTime);
}
