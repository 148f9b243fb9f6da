using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Stripe's page: what is shown, what has happened to it, and its end.</summary>
public sealed class OnlineTests
{
    private const string Paid = "GET /v1/checkout/sessions/";

    [Fact]
    public async Task The_customer_is_sent_to_the_page_until_its_end()
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(StripeWorld.Reference));

        Assert.Equal(
            new ProviderAnswer.Pending(new ProviderAction.Redirect(new Uri(StripeSays.Url), StripeSays.SessionEnd), StripeSays.Session),
            await world.Provider.Start(world.Online, world.InTime));
    }

    [Theory]
    [InlineData("pay_of_somebody_else", 300)]
    [InlineData(StripeWorld.Reference, 301)]
    public async Task A_page_for_another_payment_or_amount_is_not_shown(string reference, long amount)
    {
        await using var world = await StripeWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(reference, amount)).Provider.Start(world.Online, world.InTime));
    }

    [Theory]
    [InlineData("\"javascript:alert(1)\"")]
    [InlineData("\"not an address\"")]
    [InlineData("null")]
    public async Task An_address_that_is_none_is_not_shown(string url)
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.SessionOf(StripeWorld.Reference, "open", url: url));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.Online, world.InTime));
    }

    [Theory]
    [InlineData(49, "amount-not-allowed")]
    [InlineData(100_000_000, "amount-not-allowed")]
    public async Task An_amount_that_Stripe_does_not_take_is_not_sent(long amount, string code)
    {
        await using var world = await StripeWorld.Open();
        Assert.Equal(code, Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.Online with { Amount = amount }, world.InTime)).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Fact]
    public async Task Other_ways_to_pay_and_a_page_without_a_way_back_are_not_sent()
    {
        await using var world = await StripeWorld.Open();
        Assert.Equal("method-not-offered", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.Online with { Method = "qr" }, world.InTime)).Code);
        Assert.Equal("no-return-url", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.Online with { ReturnUrl = null }, world.InTime)).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Fact]
    public async Task A_start_repeated_after_ten_minutes_is_only_looked_for()
    {
        await using var world = await StripeWorld.Open();
        var order = world.Online;
        world.Time.Advance(TimeSpan.FromMinutes(11));
        world.On("GET /v1/checkout/sessions?", StripeSays.List(StripeSays.OpenSession(StripeWorld.Reference)));

        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.Start(order, world.InTime));
        Assert.DoesNotContain(world.Stub.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task A_long_description_is_cut_between_characters()
    {
        await using var world = await StripeWorld.Open();
        world.On("POST /v1/checkout/sessions", StripeSays.OpenSession(StripeWorld.Reference));
        await world.Provider.Start(world.Online with { Description = "a" + string.Concat(Enumerable.Repeat("𠮷", 200)) }, world.InTime);

        var text = System.Net.WebUtility.UrlDecode(world.Stub.Requests[0].Text);
        Assert.Contains("[name]=a" + string.Concat(Enumerable.Repeat("𠮷", 124)) + "&", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", "unpaid", "null")]
    [InlineData("open", "unpaid", "requires_payment_method")]
    [InlineData("open", "unpaid", "requires_action")]
    [InlineData("open", "unpaid", "processing")]
    [InlineData("complete", "unpaid", "processing")]
    public async Task What_can_still_be_paid_is_pending(string status, string paymentStatus, string intent)
    {
        await using var world = await StripeWorld.Open();
        Assert.Equal(new ProviderAnswer.Pending(null, null), await world.On(Paid, Session(status, paymentStatus, intent)).Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Theory]
    [InlineData("complete", "paid", "null")]
    [InlineData("complete", "paid", "requires_capture")]
    [InlineData("complete", "unpaid", "requires_payment_method")]
    [InlineData("expired", "unpaid", "processing")]
    [InlineData("expired", "unpaid", "requires_action")]
    [InlineData("expired", "unpaid", "requires_capture")]
    [InlineData("expired", "unpaid", "id only")]
    [InlineData("of tomorrow", "unpaid", "null")]
    public async Task What_does_not_fit_together_is_in_doubt(string status, string paymentStatus, string intent)
    {
        await using var world = await StripeWorld.Open();
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ProviderAnswer.Unknown>(await world.On(Paid, Session(status, paymentStatus, intent)).Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Fact]
    public async Task Money_on_a_page_that_has_expired_is_money()
    {
        await using var world = await StripeWorld.Open();
        world.On(Paid, StripeSays.SessionOf(StripeWorld.Reference, "expired", intent: StripeSays.PaidIntent(StripeWorld.Reference)));
        Assert.Equal(
            new ProviderAnswer.Captured(300, "JPY", StripeSays.Made, StripeSays.Intent) { Brand = "visa", ApprovalNumber = "123456" },
            await world.Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Fact]
    public async Task A_page_that_ended_at_its_time_has_expired_and_one_that_ended_before_was_given_up()
    {
        await using var world = await StripeWorld.Open();
        world.On(Paid, StripeSays.SessionOf(StripeWorld.Reference, "expired"));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await world.Provider.LookUp(world.OnlineCase, world.InTime));

        world.Time.Advance(TimeSpan.FromMinutes(33));
        Assert.IsType<ProviderAnswer.Expired>(await world.Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Theory]
    [InlineData("""{"id":"pi_kit","object":"payment_intent","amount":300,"created":1,"currency":"jpy","metadata":{"payment_id":"pay_01JD3Z8Q5T0000000000000001"},"status":"succeeded","latest_charge":{"id":"ch","object":"charge","created":5}}""")]
    [InlineData("""{"id":"pi_kit","object":"payment_intent","amount":300,"amount_received":0,"created":1,"currency":"jpy","metadata":{"payment_id":"pay_01JD3Z8Q5T0000000000000001"},"status":"succeeded","latest_charge":{"id":"ch","object":"charge","created":5}}""")]
    [InlineData("""{"id":"pi_kit","object":"payment_intent","amount":300,"amount_received":300,"created":1,"currency":"jpy","metadata":{"payment_id":"pay_01JD3Z8Q5T0000000000000001"},"status":"succeeded","latest_charge":"ch"}""")]
    [InlineData("""{"id":"pi_kit","object":"payment_intent","amount":300,"amount_received":300,"created":1,"currency":"jpy","metadata":{"payment_id":"pay_of_somebody_else"},"status":"succeeded","latest_charge":{"id":"ch","object":"charge","created":5}}""")]
    public async Task Paid_without_its_figures_or_of_another_payment_is_in_doubt(string intent)
    {
        await using var world = await StripeWorld.Open();
        world.On(Paid, StripeSays.SessionOf(StripeWorld.Reference, "complete", "paid", intent: intent));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Fact]
    public async Task An_answer_about_another_payment_ends_nothing()
    {
        await using var world = await StripeWorld.Open();
        world.On(Paid, StripeSays.SessionOf("pay_of_somebody_else", "expired"));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase, world.InTime));
    }

    [Fact]
    public async Task A_lost_page_is_found_on_the_second_leaf_of_the_list_around_the_order()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/checkout/sessions?", StripeSays.ListOf(true, StripeSays.OpenSession("pay_other", id: "cs_test_other")), StripeSays.List(StripeSays.OpenSession(StripeWorld.Reference)));

        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
        var from = world.Time.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds();
        Assert.Contains($"created[gte]={from}&created[lte]={from + 1_800}", world.Stub.Requests[0].Target, StringComparison.Ordinal);
        Assert.Contains("starting_after=cs_test_other", world.Stub.Requests[1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_list_proves_nothing()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/checkout/sessions?", StripeSays.ListOf(true, StripeSays.OpenSession("pay_other")), StubAnswer.Html(502));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
    }

    [Fact]
    public async Task A_list_without_end_and_an_order_without_time_prove_nothing()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/checkout/sessions?", StripeSays.ListOf(true, StripeSays.OpenSession("pay_other")));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
        Assert.Equal(20, world.Stub.Requests.Count);
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase with { Handle = null, RequestedAt = default }, world.InTime));
    }

    [Fact]
    public async Task One_entry_that_cannot_be_read_makes_the_list_prove_nothing()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/checkout/sessions?", StripeSays.List("""{"id":"cs_test_x","object":"checkout.session"}"""));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
    }

    [Fact]
    public async Task What_only_the_search_knows_is_asked_for_and_believed()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/payment_intents/pi_kit", StripeSays.PaidIntent(StripeWorld.Reference))
            .On("GET /v1/payment_intents/search", StripeSays.Found(StripeSays.IntentOf(StripeWorld.Reference))).On("GET /v1/checkout/sessions?", StripeSays.Empty);

        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
    }

    [Fact]
    public async Task Of_two_pages_under_one_reference_the_paid_one_counts_and_the_other_is_closed_by_a_cancel()
    {
        await using var world = await StripeWorld.Open();
        var paid = StripeSays.SessionOf(StripeWorld.Reference, "complete", "paid", intent: StripeSays.PaidIntent(StripeWorld.Reference), id: "cs_test_paid");
        world.On("GET /v1/checkout/sessions?", StripeSays.List(StripeSays.OpenSession(StripeWorld.Reference, id: "cs_test_open"), paid))
            .On("POST /v1/checkout/sessions/cs_test_paid/expire", StripeSays.NotOpen).On("GET /v1/checkout/sessions/cs_test_paid", paid)
            .On("POST /v1/checkout/sessions/cs_test_open/expire", StripeSays.SessionOf(StripeWorld.Reference, "expired", id: "cs_test_open"));

        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.LookUp(world.OnlineCase with { Handle = null }, world.InTime));
        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.OnlineCase with { Handle = null }, world.InTime));
        Assert.Contains("POST /v1/checkout/sessions/cs_test_open/expire", world.Asked);
    }

    [Fact]
    public async Task A_cancel_is_sure_only_when_Stripe_shows_the_end()
    {
        await using var world = await StripeWorld.Open();
        const string Expire = "POST /v1/checkout/sessions/cs_test_a1kit/expire";
        world.On(Expire, StripeSays.OpenSession(StripeWorld.Reference));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.OnlineCase, world.InTime));

        world.On(Expire, StripeSays.NotOpen).On(Paid, StripeSays.OpenSession(StripeWorld.Reference));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.OnlineCase, world.InTime));

        world.On(Expire, StripeSays.SessionOf(StripeWorld.Reference, "expired"));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await world.Provider.Cancel(world.OnlineCase, world.InTime));
        Assert.DoesNotContain(world.Stub.Requests, request => request.Headers.ContainsKey("Idempotency-Key"));
    }

    private static string Session(string status, string paymentStatus, string intent) => StripeSays.SessionOf(StripeWorld.Reference, status, paymentStatus, intent: intent switch
    {
        "null" => "null",
        "id only" => "\"pi_kit\"",
        _ => StripeSays.IntentOf(StripeWorld.Reference, intent),
    });
}
