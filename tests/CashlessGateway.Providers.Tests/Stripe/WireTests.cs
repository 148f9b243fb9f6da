using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>What goes over the wire, and what each of Stripe's errors means.</summary>
public sealed class WireTests
{
    private const string Invalid = "invalid_request_error";

    [Fact]
    public async Task A_start_carries_key_version_and_an_idempotency_key_of_our_reference()
    {
        await using var world = await StripeWorld.Open();
        await world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(StripeWorld.Reference)).Provider.Start(world.Online, world.InTime);

        var headers = Assert.Single(world.Stub.Requests).Headers;
        Assert.Equal(
            ($"Bearer {StripeWorld.Key}", "2026-08-26.dahlia", $"{StripeWorld.Reference}-session", "application/x-www-form-urlencoded"),
            (headers["Authorization"], headers["Stripe-Version"], headers["Idempotency-Key"], headers["Content-Type"]));
    }

    [Fact]
    public async Task A_page_is_asked_for_with_our_reference_wherever_it_can_stand()
    {
        await using var world = await StripeWorld.Open();
        await world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(StripeWorld.Reference)).Provider.Start(world.Online, world.InTime);

        var end = world.Time.GetUtcNow().AddMinutes(32).ToUnixTimeSeconds();
        Assert.Equal(
            $"mode=payment&payment_method_types[0]=card&line_items[0][quantity]=1&line_items[0][price_data][currency]=jpy&line_items[0][price_data][unit_amount]=300"
            + $"&line_items[0][price_data][product_data][name]=住民票の写し&client_reference_id={StripeWorld.Reference}&metadata[payment_id]={StripeWorld.Reference}"
            + $"&payment_intent_data[metadata][payment_id]={StripeWorld.Reference}&payment_intent_data[description]=住民票の写し"
            + $"&success_url=https://city.example.jp/return?p=1&cancel_url=https://city.example.jp/return?p=1&expires_at={end}",
            System.Net.WebUtility.UrlDecode(world.Stub.Requests[0].Text));
    }

    [Fact]
    public async Task The_later_version_names_the_ways_to_pay_by_its_own_word()
    {
        await using var world = await StripeWorld.Open(("Version", "2026-10-28.endive"));
        await world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(StripeWorld.Reference)).Provider.Start(world.Online, world.InTime);

        var request = Assert.Single(world.Stub.Requests);
        Assert.Equal("2026-10-28.endive", request.Headers["Stripe-Version"]);
        Assert.Contains("&allowed_payment_method_types[0]=card&", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_at_a_reader_is_made_and_handed_over_under_two_keys()
    {
        await using var world = await StripeWorld.Open();
        await world.On("POST /v1/payment_intents", StripeSays.IntentOf(StripeWorld.Reference)).On("POST /v1/terminal/readers/", StripeSays.ReaderOf(StripeSays.Intent)).Provider.Start(world.AtReader, world.InTime);

        Assert.Equal([$"{StripeWorld.Reference}-intent", $"{StripeWorld.Reference}-process"], world.Stub.Requests.Select(request => request.Headers["Idempotency-Key"]));
        Assert.Contains("payment_method_types[0]=card_present&capture_method=automatic&metadata[payment_id]=" + StripeWorld.Reference, world.Stub.Requests[0].Text, StringComparison.Ordinal);
        Assert.Equal("payment_intent=pi_kit&process_config[enable_customer_cancellation]=true&process_config[skip_tipping]=true", world.Stub.Requests[1].Text);
        Assert.Equal("/v1/terminal/readers/tmr_kit/process_payment_intent", world.Stub.Requests[1].Target);
    }

    [Fact]
    public async Task A_refund_carries_both_references()
    {
        await using var world = await StripeWorld.Open();
        await world.On("POST /v1/refunds", StripeSays.RefundOf("ref_0001", 100)).Provider.Refund(world.GivingBack(100), world.InTime);

        var request = Assert.Single(world.Stub.Requests);
        Assert.Equal($"payment_intent=pi_kit&amount=100&reason=requested_by_customer&metadata[refund_id]=ref_0001&metadata[payment_id]={StripeWorld.Reference}", request.Text);
        Assert.Equal("ref_0001-refund", request.Headers["Idempotency-Key"]);
    }

    [Theory]
    [InlineData(402, "card_error", "card_declined", "card-declined")]
    [InlineData(402, "card_error", "expired_card", "expired-card")]
    [InlineData(402, "card_error", "authentication_required", "authentication-failed")]
    [InlineData(402, "card_error", "incorrect_cvc", "card-declined")]
    [InlineData(400, Invalid, "parameter_unknown", "request-refused")]
    [InlineData(400, Invalid, null, "request-refused")]
    [InlineData(400, Invalid, "amount_too_small", "amount-not-allowed")]
    [InlineData(400, Invalid, "amount_too_large", "amount-not-allowed")]
    [InlineData(400, Invalid, "payment_intent_unexpected_state", "unexpected-state")]
    [InlineData(401, Invalid, null, "unauthorized")]
    [InlineData(401, Invalid, "api_key_expired", "unauthorized")]
    [InlineData(403, Invalid, null, "forbidden")]
    [InlineData(404, Invalid, "resource_missing", "not-found")]
    [InlineData(429, Invalid, "rate_limit", "rate-limited")]
    [InlineData(429, Invalid, "lock_timeout", "locked")]
    public async Task What_Stripe_refuses_for_good_is_declined(int status, string type, string? code, string expected)
    {
        await using var world = await StripeWorld.Open();
        var declined = Assert.IsType<ProviderAnswer.Declined>(await world.On("POST /v1/checkout/sessions", StripeSays.Error(status, type, code)).Provider.Start(world.Online, world.InTime));

        Assert.Equal(expected, declined.Code);
        Assert.DoesNotContain("4242", declined.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_banks_own_word_is_better_than_declined()
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.Error(402, "card_error", "card_declined", "insufficient_funds"));
        Assert.Equal("insufficient-funds", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.Online, world.InTime)).Code);
    }

    [Theory]
    [InlineData(500, "api_error", null)]
    [InlineData(500, "card_error", "card_declined")]
    [InlineData(502, Invalid, "parameter_unknown")]
    [InlineData(503, "api_error", "rate_limit")]
    [InlineData(504, "api_error", null)]
    [InlineData(408, Invalid, "parameter_unknown")]
    [InlineData(409, "idempotency_error", "idempotency_key_in_use")]
    [InlineData(425, Invalid, null)]
    [InlineData(400, "a_type_of_tomorrow", "a_code_of_tomorrow")]
    [InlineData(418, Invalid, null)]
    public async Task What_says_nothing_certain_stays_in_doubt(int status, string type, string? code)
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.Error(status, type, code));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.Online, world.InTime));
    }

    [Theory]
    [InlineData(429, "rate_limit")]
    [InlineData(409, "idempotency_key_in_use")]
    public async Task What_was_not_executed_or_is_at_work_goes_again_under_the_same_key(int status, string code)
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.Error(status, Invalid, code), StripeSays.Reply(StripeSays.OpenSession(StripeWorld.Reference)));

        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.Start(world.Online, world.InTime));
        Assert.Single(world.Stub.Requests.Select(request => (request.Headers["Idempotency-Key"], request.Text)).Distinct());
        Assert.Equal(2, world.Stub.Requests.Count);
    }

    [Fact]
    public async Task A_key_that_was_used_with_other_words_is_looked_for_and_never_declined()
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.Error(400, "idempotency_error", null))
            .On("GET /v1/payment_intents/search", StripeSays.NothingFound).On("GET /v1/checkout/sessions?", StripeSays.Empty, StripeSays.List(StripeSays.OpenSession(StripeWorld.Reference)));

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.Online, world.InTime));
        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.Start(world.Online, world.InTime));
    }

    [Fact]
    public async Task What_a_doubt_says_names_the_request_for_Stripes_support_and_nothing_of_a_card()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/checkout/sessions/", StripeSays.Error(403, Invalid, "a_code"));
        var why = Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase, world.InTime)).Why;
        Assert.Equal("GET /v1/checkout/sessions/cs_test_a1kit: 403 invalid_request_error a_code", why);
    }
}
