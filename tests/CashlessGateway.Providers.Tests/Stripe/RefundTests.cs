using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

public sealed class RefundTests
{
    private const string Create = "POST /v1/refunds";
    private const string List = "GET /v1/refunds?";

    [Theory]
    [InlineData("succeeded", typeof(RefundAnswer.Succeeded))]
    [InlineData("pending", typeof(RefundAnswer.Pending))]
    [InlineData("requires_action", typeof(RefundAnswer.Pending))]
    [InlineData("failed", typeof(RefundAnswer.Failed))]
    [InlineData("canceled", typeof(RefundAnswer.Failed))]
    [InlineData("of_tomorrow", typeof(RefundAnswer.Unknown))]
    public async Task Each_of_Stripes_states_has_its_meaning(string status, Type expected)
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.RefundOf("ref_0001", 300, status)).On(List, StripeSays.List(StripeSays.RefundOf("ref_0001", 300, status)));

        Assert.IsType(expected, await world.Provider.Refund(world.GivingBack(), world.InTime));
        Assert.IsType(expected, await world.Provider.LookUpRefund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task A_refund_that_succeeded_says_when_and_under_what_name()
    {
        await using var world = await StripeWorld.Open();
        Assert.Equal(new RefundAnswer.Succeeded(StripeSays.Made, "re_kit"), await world.On(Create, StripeSays.RefundOf("ref_0001", 300)).Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task One_that_comes_back_later_is_failed_with_the_reason()
    {
        await using var world = await StripeWorld.Open();
        world.On(List, StripeSays.List(StripeSays.RefundOf("ref_0001", 300)), StripeSays.List(StripeSays.RefundOf("ref_0001", 300, "failed", ",\"failure_reason\":\"lost_or_stolen_card\"")));
        Assert.IsType<RefundAnswer.Succeeded>(await world.Provider.LookUpRefund(world.GivingBack(), world.InTime));
        Assert.Equal(new RefundAnswer.Failed("refund-failed", "lost_or_stolen_card"), await world.Provider.LookUpRefund(world.GivingBack(), world.InTime));
    }

    [Theory]
    [InlineData("ref_other", 300)]
    [InlineData("ref_0001", 299)]
    public async Task An_answer_about_another_refund_or_amount_is_in_doubt(string reference, long amount)
    {
        await using var world = await StripeWorld.Open();
        Assert.IsType<RefundAnswer.Unknown>(await world.On(Create, StripeSays.RefundOf(reference, amount)).Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task A_refusal_of_a_repeat_says_nothing_about_the_first_try()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(400, "invalid_request_error", "charge_already_refunded")).On(List, StripeSays.List(StripeSays.RefundOf("ref_other", 1, id: "re_other"), StripeSays.RefundOf("ref_0001", 300)));
        Assert.IsType<RefundAnswer.Succeeded>(await world.Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Theory]
    [InlineData("charge_already_refunded", "already-refunded")]
    [InlineData("charge_not_refundable", "cannot-be-refunded")]
    [InlineData("charge_disputed", "disputed")]
    [InlineData("refund_disputed_payment", "disputed")]
    [InlineData("balance_insufficient", "balance-insufficient")]
    [InlineData("parameter_invalid_integer", "request-refused")]
    public async Task A_refusal_is_failed_when_the_list_does_not_have_it(string code, string expected)
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(400, "invalid_request_error", code)).On(List, StripeSays.Empty);
        Assert.Equal(expected, Assert.IsType<RefundAnswer.Failed>(await world.Provider.Refund(world.GivingBack(), world.InTime)).Code);
    }

    [Fact]
    public async Task A_refusal_is_in_doubt_when_the_list_cannot_be_read()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(400, "invalid_request_error", "charge_already_refunded")).On(List, StubAnswer.Html(502));
        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Theory]
    [InlineData(429, "rate_limit", typeof(RefundAnswer.Absent))]
    [InlineData(429, "lock_timeout", typeof(RefundAnswer.Absent))]
    public async Task What_was_not_executed_may_go_again(int status, string code, Type expected)
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(status, "invalid_request_error", code)).On(List, StripeSays.Empty);
        Assert.IsType(expected, await world.Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task A_key_used_with_other_words_is_never_called_failed()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(400, "idempotency_error", null)).On(List, StripeSays.Empty);
        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.Refund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task An_order_that_is_not_fresh_is_looked_for_before_it_is_sent()
    {
        await using var world = await StripeWorld.Open();
        var order = world.GivingBack();
        world.Time.Advance(TimeSpan.FromHours(25));
        world.On(List, StripeSays.List(StripeSays.RefundOf("ref_0001", 300)));
        Assert.IsType<RefundAnswer.Succeeded>(await world.Provider.Refund(order, world.InTime));

        world.On(List, StubAnswer.Html(502));
        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.Refund(order, world.InTime));
        Assert.DoesNotContain(Create, world.Asked);

        world.On(List, StripeSays.Empty).On(Create, StripeSays.RefundOf("ref_0001", 300));
        Assert.IsType<RefundAnswer.Succeeded>(await world.Provider.Refund(order, world.InTime));
        Assert.Contains(Create, world.Asked);
    }

    [Fact]
    public async Task The_same_refund_twice_is_for_a_person_to_look_at()
    {
        await using var world = await StripeWorld.Open();
        world.On(List, StripeSays.List(StripeSays.RefundOf("ref_0001", 300), StripeSays.RefundOf("ref_0001", 300, id: "re_again")));
        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.LookUpRefund(world.GivingBack(), world.InTime));
    }

    [Fact]
    public async Task Without_Stripes_number_of_the_payment_nothing_can_be_told()
    {
        await using var world = await StripeWorld.Open();
        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.LookUpRefund(world.GivingBack() with { ProviderReference = "" }, world.InTime));
    }

    [Fact]
    public async Task Refunds_are_taken_for_half_a_year_in_up_to_fifty_parts_unless_set_otherwise()
    {
        await using var world = await StripeWorld.Open();
        var refunds = world.Provider.RefundsOf(new PaidWith("card", "visa"))!;
        Assert.Equal((true, 50, StripeSays.Made.AddDays(180)), (refunds.Partial, refunds.MostPerPayment, refunds.Until(StripeSays.Made)));

        await using var other = await StripeWorld.Open(("RefundDays", "30"));
        Assert.Equal(StripeSays.Made.AddDays(30), other.Provider.RefundsOf(new PaidWith("card", null))!.Until(StripeSays.Made));
    }
}
