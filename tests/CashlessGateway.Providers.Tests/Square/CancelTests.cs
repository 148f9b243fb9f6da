using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class CancelTests
{
    [Fact]
    public async Task A_cancel_that_Square_took_ends_it()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, SquareSays.Canceled(SquareWorld.Reference, "SELLER_CANCELED")).On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, "SELLER_CANCELED"));

        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await Cancel(world));
        Assert.Equal(SquareWorld.Cancel, world.Asked.First());
    }

    [Fact]
    public async Task A_cancel_that_the_terminal_has_not_heard_yet_is_pending()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, SquareSays.Checkout(SquareWorld.Reference, "CANCEL_REQUESTED")).On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "CANCEL_REQUESTED"));

        Assert.Equal(new ProviderAnswer.Pending(null, SquareSays.CheckoutId), await Cancel(world));
    }

    [Fact]
    public async Task A_customer_who_was_faster_has_paid_though_the_cancel_was_taken()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, SquareSays.Checkout(SquareWorld.Reference, "CANCEL_REQUESTED"))
            .On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference))
            .On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference));

        Assert.IsType<ProviderAnswer.Captured>(await Cancel(world));
    }

    [Theory]
    [InlineData("FELICA_ID", true)]
    [InlineData("FELICA_ALL", true)]
    [InlineData("CARD_PRESENT", false)]
    [InlineData("QR_CODE", false)]
    public async Task Emoney_that_Square_does_not_cancel_is_ended_at_the_terminal(string type, bool atTerminal)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, SquareSays.CannotCancel).On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "IN_PROGRESS", type: type));

        Assert.Equal(new ProviderAnswer.Pending(atTerminal ? new ProviderAction.EndAtTerminal("T01") : null, SquareSays.CheckoutId), await Cancel(world));
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public async Task Emoney_whose_terminal_does_not_hear_a_cancel_is_ended_there(int seconds, bool atTerminal)
    {
        await using var world = await SquareWorld.Open();
        world.Time.Set(SquareSays.At.AddSeconds(seconds));
        world.On(SquareWorld.Cancel, SquareSays.CannotCancel).On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "CANCEL_REQUESTED", type: "FELICA_ID"));

        Assert.Equal(atTerminal, Assert.IsType<ProviderAnswer.Pending>(await Cancel(world)).Action is ProviderAction.EndAtTerminal);
    }

    [Fact]
    public async Task Emoney_in_progress_whose_cancel_was_not_answered_is_only_pending()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, StubAnswer.Html(502)).On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "IN_PROGRESS", type: "FELICA_ID"));

        Assert.Equal(new ProviderAnswer.Pending(null, SquareSays.CheckoutId), await Cancel(world));
    }

    [Fact]
    public async Task A_payment_whose_start_was_never_answered_is_found_and_cancelled()
    {
        await using var world = await SquareWorld.Open();
        world.On(
                SquareWorld.Search,
                SquareSays.Checkouts(SquareSays.CheckoutJson(SquareWorld.Reference, "PENDING")),
                SquareSays.Checkouts(SquareSays.CheckoutJson(SquareWorld.Reference, "CANCELED", more: "\"cancel_reason\":\"SELLER_CANCELED\",")))
            .On(SquareWorld.Cancel, SquareSays.Canceled(SquareWorld.Reference, "SELLER_CANCELED"));

        Assert.IsType<ProviderAnswer.Cancelled>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
        Assert.Contains(SquareWorld.Cancel, world.Asked);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_cancel_it_is_absent()
    {
        await using var world = await SquareWorld.Open();
        Assert.IsType<ProviderAnswer.Absent>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task A_cancel_whose_outcome_nobody_tells_is_in_doubt()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, StubAnswer.Html(502)).On(SquareWorld.Get, StubAnswer.Html(502));
        Assert.IsType<ProviderAnswer.Unknown>(await Cancel(world));
    }

    [Fact]
    public async Task A_cancel_that_is_not_answered_leaves_time_to_see_what_became_of_it()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Cancel, new StubAnswer.Silence(() => world.Time.Advance(TimeSpan.FromSeconds(11))))
            .On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, "SELLER_CANCELED"));
        Assert.IsType<ProviderAnswer.Cancelled>(await Cancel(world));
    }

    private static Task<ProviderAnswer> Cancel(SquareWorld world) => world.Provider.Cancel(world.Case, world.InTime);
}
