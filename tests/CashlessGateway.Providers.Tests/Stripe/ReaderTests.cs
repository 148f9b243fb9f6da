using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>A card at a reader: two steps to begin, and nothing left open that could take money later.</summary>
public sealed class ReaderTests
{
    private const string Create = "POST /v1/payment_intents";
    private const string Process = "POST /v1/terminal/readers/tmr_kit/process_payment_intent";
    private const string End = "POST /v1/payment_intents/pi_kit/cancel";
    private const string Get = "GET /v1/payment_intents/pi_kit";
    private const string Reader = "GET /v1/terminal/readers/tmr_kit";

    private static readonly string Open = StripeSays.IntentOf(StripeWorld.Reference);
    private static readonly string Ended = StripeSays.IntentOf(StripeWorld.Reference, "canceled", more: ",\"cancellation_reason\":\"abandoned\"");
    private static readonly string Taken = StripeSays.PaidIntent(StripeWorld.Reference);

    [Fact]
    public async Task Without_a_reader_nothing_is_sent()
    {
        await using var world = await StripeWorld.Open();
        Assert.Equal("no-device", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.AtReader with { Device = null }, world.InTime)).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Theory]
    [InlineData("terminal_reader_offline", "reader-offline")]
    [InlineData("terminal_reader_busy", "reader-busy")]
    [InlineData("terminal_reader_hardware_fault", "reader-fault")]
    [InlineData("resource_missing", "not-found")]
    public async Task What_the_reader_refuses_ends_the_payment_and_is_declined(string code, string expected)
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, Open).On(Process, StripeSays.Error(400, "invalid_request_error", code)).On(End, Ended);

        Assert.Equal(expected, Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.AtReader, world.InTime)).Code);
        Assert.Contains(End, world.Asked);
    }

    [Fact]
    public async Task What_the_reader_refuses_is_in_doubt_while_its_payment_is_not_surely_ended()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, Open).On(Process, StripeSays.Error(400, "invalid_request_error", "terminal_reader_busy")).On(End, StubAnswer.Html(502));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.AtReader, world.InTime));

        world.On(End, StripeSays.UnexpectedState).On(Get, StripeSays.Reply(Taken));
        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Start(world.AtReader, world.InTime));
    }

    [Fact]
    public async Task A_reader_that_answers_too_late_is_in_doubt_and_its_payment_is_left_alone()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, Open).On(Process, StripeSays.Error(400, "invalid_request_error", "terminal_reader_timeout"));

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.AtReader, world.InTime));
        Assert.DoesNotContain(End, world.Asked);
    }

    [Fact]
    public async Task A_repeat_that_Stripe_was_too_busy_for_looks_for_what_the_first_try_left()
    {
        await using var world = await StripeWorld.Open();
        world.On(Create, StripeSays.Error(429, "invalid_request_error", "rate_limit")).On("GET /v1/payment_intents?", StripeSays.List(Open)).On(Reader, StripeSays.ReaderOf(StripeSays.Intent));
        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.Start(world.AtReader, world.InTime));

        world.On("GET /v1/payment_intents/search", StripeSays.NothingFound).On("GET /v1/payment_intents?", StripeSays.Empty);
        Assert.Equal("rate-limited", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.AtReader, world.InTime)).Code);
    }

    [Fact]
    public async Task A_payment_of_another_amount_is_not_handed_over()
    {
        await using var world = await StripeWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await world.On(Create, StripeSays.IntentOf(StripeWorld.Reference, amount: 301)).Provider.Start(world.AtReader, world.InTime));
        Assert.Equal([Create], world.Asked);
    }

    [Theory]
    [InlineData("in_progress")]
    [InlineData("succeeded")]
    public async Task While_the_reader_is_at_it_the_payment_is_pending(string action)
    {
        await using var world = await StripeWorld.Open();
        var payment = world.ReaderCase;
        world.Time.Advance(TimeSpan.FromMinutes(10));
        world.On(Get, Open).On(Reader, StripeSays.ReaderOf(StripeSays.Intent, action));
        Assert.Equal(new ProviderAnswer.Pending(null, null), await world.Provider.LookUp(payment, world.InTime));
    }

    [Theory]
    [InlineData(",\"failure_code\":\"card_declined\",\"api_error\":{\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\"}", "insufficient-funds")]
    [InlineData(",\"failure_code\":\"expired_card\"", "expired-card")]
    [InlineData(",\"failure_code\":\"a_code_of_tomorrow\"", "card-declined")]
    public async Task What_failed_at_the_reader_is_ended_and_declined(string failure, string expected)
    {
        await using var world = await StripeWorld.Open();
        world.On(Get, Open).On(Reader, StripeSays.ReaderOf(StripeSays.Intent, "failed", failure)).On(End, Ended);

        Assert.Equal(expected, Assert.IsType<ProviderAnswer.Declined>(await world.Provider.LookUp(world.ReaderCase, world.InTime)).Code);
        Assert.Contains("cancellation_reason=abandoned", world.Stub.Requests[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_at_the_reader_is_in_doubt_until_Stripe_has_ended_it()
    {
        await using var world = await StripeWorld.Open();
        world.On(Get, Open).On(Reader, StripeSays.ReaderOf(StripeSays.Intent, "failed", ",\"failure_code\":\"card_declined\"")).On(End, Open);
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.ReaderCase, world.InTime));
    }

    [Fact]
    public async Task A_customer_who_pressed_cancel_has_cancelled()
    {
        await using var world = await StripeWorld.Open();
        world.On(Get, Open).On(Reader, StripeSays.ReaderOf(StripeSays.Intent, "failed", ",\"failure_code\":\"customer_canceled\"")).On(End, Ended);

        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Customer), await world.Provider.LookUp(world.ReaderCase, world.InTime));
        Assert.Contains("cancellation_reason=requested_by_customer", world.Stub.Requests[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_no_reader_shows_is_ended_when_its_time_is_over()
    {
        await using var world = await StripeWorld.Open();
        var payment = world.ReaderCase;
        world.On(Get, Open).On(Reader, StripeSays.ReaderOf("pi_of_somebody_else", "failed")).On(End, Ended);
        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.LookUp(payment, world.InTime));
        Assert.DoesNotContain(End, world.Asked);

        world.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await world.Provider.LookUp(payment, world.InTime));
    }

    [Fact]
    public async Task A_reader_that_cannot_be_asked_ends_nothing()
    {
        await using var world = await StripeWorld.Open();
        var payment = world.ReaderCase;
        world.Time.Advance(TimeSpan.FromMinutes(6));
        world.On(Get, Open).On(Reader, StubAnswer.Html(502)).On(End, Ended);

        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.LookUp(payment, world.InTime));
        Assert.DoesNotContain(End, world.Asked);
    }

    [Fact]
    public async Task A_search_does_not_make_up_for_a_list_that_cannot_be_read()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/payment_intents?", StubAnswer.Html(502)).On("GET /v1/payment_intents/search", StripeSays.Found(Open)).On(Get, Open).On(End, Ended);

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.ReaderCase with { Handle = null }, world.InTime));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.ReaderCase with { Handle = null }, world.InTime));
    }

    [Fact]
    public async Task What_only_the_search_knows_is_found_and_cancelled()
    {
        await using var world = await StripeWorld.Open();
        world.On(Get, Open).On("GET /v1/payment_intents?", StripeSays.Empty).On("GET /v1/payment_intents/search", StripeSays.Found(Open)).On(Reader, StripeSays.ReaderOf()).On(End, Ended);
        Assert.IsType<ProviderAnswer.Cancelled>(await world.Provider.Cancel(world.ReaderCase with { Handle = null }, world.InTime));
    }

    [Theory]
    [InlineData("requires_capture")]
    [InlineData("of_tomorrow")]
    public async Task A_state_that_was_not_asked_for_is_in_doubt(string status)
    {
        await using var world = await StripeWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await world.On(Get, StripeSays.IntentOf(StripeWorld.Reference, status)).Provider.LookUp(world.ReaderCase, world.InTime));
    }

    [Theory]
    [InlineData("abandoned", CancelledBy.Merchant)]
    [InlineData("duplicate", CancelledBy.Merchant)]
    [InlineData("requested_by_customer", CancelledBy.Customer)]
    [InlineData("automatic", CancelledBy.Provider)]
    public async Task Who_cancelled_is_told(string reason, CancelledBy by)
    {
        await using var world = await StripeWorld.Open();
        world.On(Get, StripeSays.IntentOf(StripeWorld.Reference, "canceled", more: $",\"cancellation_reason\":\"{reason}\""));
        Assert.Equal(new ProviderAnswer.Cancelled(by), await world.Provider.LookUp(world.ReaderCase, world.InTime));
    }

    [Fact]
    public async Task A_cancel_clears_the_reader_first_and_then_ends_the_payment()
    {
        await using var world = await StripeWorld.Open();
        world.On(Reader, StripeSays.ReaderOf(StripeSays.Intent)).On("POST /v1/terminal/readers/tmr_kit/cancel_action", StripeSays.ReaderOf()).On(End, Ended);

        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await world.Provider.Cancel(world.ReaderCase, world.InTime));
        Assert.Equal([Reader, "POST /v1/terminal/readers/tmr_kit/cancel_action", End], world.Asked);
    }

    [Fact]
    public async Task The_screen_of_another_payment_is_never_cleared()
    {
        await using var world = await StripeWorld.Open();
        world.On(Reader, StripeSays.ReaderOf("pi_of_somebody_else")).On(End, Ended);

        Assert.IsType<ProviderAnswer.Cancelled>(await world.Provider.Cancel(world.ReaderCase, world.InTime));
        Assert.Equal([Reader, End], world.Asked);
    }

    [Fact]
    public async Task While_a_card_is_being_authorised_the_cancel_waits()
    {
        await using var world = await StripeWorld.Open();
        world.On(Reader, StripeSays.ReaderOf(StripeSays.Intent)).On("POST /v1/terminal/readers/tmr_kit/cancel_action", StripeSays.Error(400, "invalid_request_error", "terminal_reader_busy")).On(Get, Open);
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.ReaderCase, world.InTime));
        Assert.DoesNotContain(End, world.Asked);

        world.On(Get, Taken);
        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.ReaderCase, world.InTime));
    }

    [Fact]
    public async Task A_reader_that_is_away_does_not_keep_a_cancel_from_being_sure()
    {
        await using var world = await StripeWorld.Open();
        world.On(Reader, StubAnswer.Html(502)).On(End, Ended);
        Assert.IsType<ProviderAnswer.Cancelled>(await world.Provider.Cancel(world.ReaderCase, world.InTime));
    }

    [Fact]
    public async Task Of_two_payments_under_one_reference_each_is_ended()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/payment_intents?", StripeSays.List(StripeSays.IntentOf(StripeWorld.Reference, id: "pi_two"), Open)).On(Reader, StripeSays.ReaderOf())
            .On(End, Ended).On("POST /v1/payment_intents/pi_two/cancel", StripeSays.UnexpectedState).On("GET /v1/payment_intents/pi_two", StripeSays.PaidIntent(StripeWorld.Reference, id: "pi_two"));

        Assert.Equal("pi_two", Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.ReaderCase with { Handle = null }, world.InTime)).Reference);
        Assert.Contains(End, world.Asked);
    }
}
