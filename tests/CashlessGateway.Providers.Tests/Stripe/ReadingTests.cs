using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Lists for the books: whole, or not at all.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("charge", 1_000, 36, SettlementKind.Payment, 1_000, 36)]
    [InlineData("refund", -1_000, 0, SettlementKind.Refund, -1_000, 0)]
    [InlineData("refund_failure", 1_000, 0, SettlementKind.Refund, 1_000, 0)]
    [InlineData("dispute", -1_000, 1_500, SettlementKind.Dispute, -1_000, 1_500)]
    [InlineData("dispute_reversal", 1_000, 0, SettlementKind.DisputeReversed, 1_000, 0)]
    [InlineData("fee", -250, 0, SettlementKind.Fee, 0, 250)]
    [InlineData("other_adjustment", -5, 0, SettlementKind.Adjustment, -5, 0)]
    [InlineData("of_tomorrow", 7, 0, SettlementKind.Other, 7, 0)]
    public async Task Each_line_has_its_kind_and_keeps_its_net(string category, long amount, long fee, SettlementKind kind, long gross, long ourFee)
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/balance_transactions?", StripeSays.List(Line(category, amount, fee, amount - fee), Line("payout", -amount, 0, -amount, "po_1")));

        var line = Assert.Single(await world.Provider.LinesOf("po_1", world.InTime).ToListAsync());
        Assert.Equal((kind, gross, ourFee, amount - fee, category), (line.Kind, line.Gross, line.Fee, line.Net, line.Word));
    }

    [Fact]
    public async Task A_line_that_does_not_add_up_stops_the_reading()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/balance_transactions?", StripeSays.List(Line("charge", 1_000, 36, 965)));
        await Assert.ThrowsAsync<ProviderReadException>(() => world.Provider.LinesOf("po_1", world.InTime).ToListAsync().AsTask());
    }

    [Theory]
    [InlineData("pending", PayoutState.Announced)]
    [InlineData("in_transit", PayoutState.Announced)]
    [InlineData("paid", PayoutState.Paid)]
    [InlineData("failed", PayoutState.Failed)]
    [InlineData("canceled", PayoutState.Failed)]
    public async Task A_payout_has_its_state_and_the_day_that_Stripe_means(string status, PayoutState expected)
    {
        await using var world = await StripeWorld.Open();
        var payout = Assert.Single(await world.On("GET /v1/payouts?", StripeSays.List(Payout(status))).Provider.PayoutsSince(StripeSays.Made, world.InTime).ToListAsync());
        Assert.Equal(new Payout("po_1", expected, 964, "JPY", new DateOnly(2026, 11, 27), StripeSays.Made), payout);
    }

    [Fact]
    public async Task What_cannot_be_read_to_its_end_stops_the_reading()
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/payouts?", StripeSays.ListOf(true, Payout("paid")), StubAnswer.Html(502));
        await Assert.ThrowsAsync<ProviderReadException>(() => world.Provider.PayoutsSince(StripeSays.Made, world.InTime).ToListAsync().AsTask());

        world.On("GET /v1/payouts?", StripeSays.List(Payout("of_tomorrow")));
        await Assert.ThrowsAsync<ProviderReadException>(() => world.Provider.PayoutsSince(StripeSays.Made, world.InTime).ToListAsync().AsTask());

        world.On("GET /v1/disputes?", StripeSays.Error(403, "invalid_request_error", null));
        await Assert.ThrowsAsync<ProviderReadException>(() => world.Provider.DisputesSince(StripeSays.Made, world.InTime).ToListAsync().AsTask());

        world.On("GET /v1/payment_intents?", StripeSays.List(StripeSays.IntentOf("pay_1", "succeeded", received: 300)));
        await Assert.ThrowsAsync<ProviderReadException>(() => world.Provider.ListSince(StripeSays.Made, world.InTime).ToListAsync().AsTask());
    }

    [Theory]
    [InlineData("needs_response", DisputeState.NeedsResponse)]
    [InlineData("warning_needs_response", DisputeState.NeedsResponse)]
    [InlineData("under_review", DisputeState.UnderReview)]
    [InlineData("warning_under_review", DisputeState.UnderReview)]
    [InlineData("won", DisputeState.Won)]
    [InlineData("warning_closed", DisputeState.Won)]
    [InlineData("lost", DisputeState.Lost)]
    public async Task A_dispute_has_its_state_also_when_it_began_long_before(string status, DisputeState expected)
    {
        await using var world = await StripeWorld.Open();
        world.On("GET /v1/disputes?", StripeSays.List($$"""{"id":"du_1","object":"dispute","amount":300,"created":1795000000,"currency":"jpy","status":"{{status}}","reason":"fraudulent","payment_intent":"pi_1"}"""));

        var dispute = Assert.Single(await world.Provider.DisputesSince(StripeSays.Made, world.InTime).ToListAsync());
        Assert.Equal((expected, "pi_1", "fraudulent"), (dispute.State, dispute.ProviderReference, dispute.Reason));
        Assert.Contains($"created[gte]={StripeSays.Made.AddDays(-180).ToUnixTimeSeconds()}", world.Stub.Requests[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairing_needs_its_settings_and_the_code_on_the_reader()
    {
        await using var world = await StripeWorld.Open(("TerminalLocation", ""));
        Assert.Equal("terminal-not-set", Assert.IsType<PairingAnswer.Refused>(await world.Provider.Pair(new PairingOrder("pair_1", "窓口1"), world.InTime)).Code);

        await using var set = await StripeWorld.Open();
        Assert.IsType<PairingAnswer.NeedsShownCode>(await set.Provider.Pair(new PairingOrder("pair_1", "窓口1"), set.InTime));
        Assert.Empty(set.Stub.Requests);
        set.On("POST /v1/terminal/readers", StubAnswer.Html(502), StripeSays.Reply(StripeSays.ReaderOf()));
        var order = new PairingOrder("pair_1", "窓口1") { ShownCode = "puppies-plug-could" };
        Assert.IsType<PairingAnswer.Unknown>(await set.Provider.Pair(order, set.InTime));
        Assert.Equal(new PairingAnswer.Paired("tmr_kit"), await set.Provider.Pair(order, set.InTime));
        Assert.Equal("registration_code=puppies-plug-could&location=tml_kit&label=窓口1&metadata[pairing_id]=pair_1", System.Net.WebUtility.UrlDecode(set.Stub.Requests[1].Text));
        Assert.Single(set.Stub.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
    }

    private static string Line(string category, long amount, long fee, long net, string source = "x_1") =>
        $$"""{"id":"txn_{{category}}","object":"balance_transaction","amount":{{amount}},"fee":{{fee}},"net":{{net}},"created":1795000000,"currency":"jpy","reporting_category":"{{category}}","type":"{{category}}","source":"{{source}}"}""";

    private static string Payout(string status) =>
        $$"""{"id":"po_1","object":"payout","amount":964,"arrival_date":1795737600,"created":{{StripeSays.Made.ToUnixTimeSeconds()}},"currency":"jpy","status":"{{status}}"}""";
}
