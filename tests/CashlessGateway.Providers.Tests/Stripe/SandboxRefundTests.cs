using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>What comes after a payment: refunds, disputes, payouts, lists and notices; and the pairing of a reader.</summary>
public sealed class SandboxRefundTests : SandboxRound
{
    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_found_and_its_repeat_is_one_refund()
    {
        var order = await Paid();
        Fault(ApiOperation.Refund, FaultKind.DropAfter);

        Assert.IsType<RefundAnswer.Unknown>(await Adapter.Refund(order, InTime));
        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.LookUpRefund(order, InTime));
        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.Refund(order, InTime));
        Assert.Equal(1, Stripe.Money()[0].Refunds);
    }

    [Fact]
    public async Task A_refund_repeated_after_its_key_was_forgotten_is_still_one_refund()
    {
        var order = (await Paid()) with { Amount = 100 };
        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.Refund(order, InTime));
        Theirs.Advance(TimeSpan.FromHours(25));
        Time.Advance(TimeSpan.FromHours(25));

        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.Refund(order, InTime));
        Assert.Equal(100, Stripe.Money()[0].Refunded);
    }

    [Fact]
    public async Task Refunds_in_parts_end_where_nothing_is_left()
    {
        var order = await Paid();
        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.Refund(order with { Amount = 100 }, InTime));
        Assert.IsType<RefundAnswer.Succeeded>(await Adapter.Refund(order with { Reference = "ref_2", Amount = 200 }, InTime));

        Assert.Equal("already-refunded", Assert.IsType<RefundAnswer.Failed>(await Adapter.Refund(order with { Reference = "ref_3", Amount = 1 }, InTime)).Code);
        Assert.IsType<RefundAnswer.Absent>(await Adapter.LookUpRefund(order with { Reference = "ref_3" }, InTime));
    }

    [Fact]
    public async Task A_refund_that_had_succeeded_and_came_back_is_failed()
    {
        var order = await Paid();
        await Adapter.Refund(order, InTime);
        Assert.True(Stripe.FailRefund(order.Reference));

        Assert.Equal(new RefundAnswer.Failed("refund-failed", "expired_or_canceled_card"), await Adapter.LookUpRefund(order, InTime));
        Assert.Equal(300, Stripe.Money()[0].Net);
    }

    [Fact]
    public async Task A_disputed_payment_is_listed_and_is_not_refunded()
    {
        var order = await Paid();
        var id = Stripe.Dispute(Reference)!;

        var dispute = Assert.Single(await Adapter.DisputesSince(Time.GetUtcNow(), InTime).ToListAsync());
        Assert.Equal((id, order.ProviderReference, 300, DisputeState.NeedsResponse, Reference), (dispute.Reference, dispute.ProviderReference, dispute.Amount, dispute.State, dispute.PaymentReference));
        Assert.NotNull(dispute.EvidenceUntil);
        Assert.Equal("disputed", Assert.IsType<RefundAnswer.Failed>(await Adapter.Refund(order, InTime)).Code);

        Assert.True(Stripe.CloseDispute(id, won: true));
        Assert.Equal(DisputeState.Won, Assert.Single(await Adapter.DisputesSince(Time.GetUtcNow(), InTime).ToListAsync()).State);
    }

    [Fact]
    public async Task The_lines_of_each_payout_add_up_to_it_and_name_our_payments()
    {
        var first = await Paid();
        await Adapter.Refund(first with { Amount = 100 }, InTime);
        for (var n = 2; n <= 150; n++) Stripe.Customer.Pay(((ProviderAnswer.Pending)await Start(Online($"pay_round_{n}"))).Handle!);
        Theirs.Advance(TimeSpan.FromDays(14));

        var payout = Assert.Single(await Adapter.PayoutsSince(Time.GetUtcNow(), InTime).ToListAsync());
        var lines = await Adapter.LinesOf(payout.Reference, InTime).ToListAsync();
        Assert.Equal(payout.Amount, lines.Sum(line => line.Net));
        Assert.Equal((151, 150 * 300 - 100, 150 * 11), (lines.Count, lines.Sum(line => line.Gross), lines.Sum(line => line.Fee)));
        Assert.Equal(Enumerable.Range(1, 150).Select(n => $"pay_round_{n}").Order(), lines.Where(line => line.Kind == SettlementKind.Payment).Select(line => line.PaymentReference!).Order());
        var refund = Assert.Single(lines, line => line.Kind == SettlementKind.Refund);
        Assert.Equal((-100, 0, first.Reference, Reference, first.ProviderReference), (refund.Gross, refund.Fee, refund.RefundReference, refund.PaymentReference, refund.ProviderReference));
        // A Friday, and three days to the bank.
        Assert.Equal((PayoutState.Paid, new DateOnly(2026, 11, 30)), (payout.State, payout.ArrivesOn));
    }

    [Fact]
    public async Task After_a_restore_the_list_finds_what_was_taken_and_what_went_back()
    {
        var order = await Paid();
        await Adapter.Refund(order with { Amount = 100 }, InTime);
        await Start(Online("pay_round_2"));

        Assert.Equal(
            [(Reference, order.ProviderReference, 300L), (Reference, order.ProviderReference, -100L)],
            (await Adapter.ListSince(Time.GetUtcNow().AddMinutes(-1), InTime).ToListAsync()).Select(payment => (payment.Reference!, payment.ProviderReference, payment.Amount)));
    }

    [Fact]
    public async Task A_reader_is_paired_by_the_code_that_it_shows()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "v1/terminal/locations"))
        {
            Headers = { { "Authorization", $"Bearer {StripeAccount.Demo.ApiKey}" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["display_name"] = "本庁舎", ["address[country]"] = "JP" }),
        };
        using var made = await Http.SendAsync(asked);
        var location = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["BaseUrl"] = Address.AbsoluteUri, ["ApiKey"] = StripeAccount.Demo.ApiKey, ["Terminal"] = "yes", ["TerminalLocation"] = location };
        var provider = (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", values, Http, Time, Sandbox: true));
        var order = new PairingOrder("pair_1", "窓口2");

        Assert.IsType<PairingAnswer.NeedsShownCode>(await provider.Pair(order, InTime));
        Assert.IsType<PairingAnswer.Refused>(await provider.Pair(order with { ShownCode = "wrong" }, InTime));
        var paired = Assert.IsType<PairingAnswer.Paired>(await provider.Pair(order with { ShownCode = "simulated-wpe" }, InTime));
        Assert.Equal(paired, await provider.Pair(order with { ShownCode = "Simulated-WPE " }, InTime));
    }

    [Fact]
    public async Task Notices_are_signed_and_about_our_payment_and_our_refund()
    {
        await using var gateway = await StubServer.Open();
        var posted = System.Threading.Channels.Channel.CreateUnbounded<StubRequest>();
        gateway.Answer(request =>
        {
            posted.Writer.TryWrite(request);
            return StubAnswer.Json(200, "{}");
        });
        Stripe.SetWebhook(gateway.Address);
        await Adapter.Refund(await Paid(), InTime);

        var notices = new List<WebhookNotice>();
        while (!notices.OfType<WebhookNotice.AboutRefund>().Any() || !notices.OfType<WebhookNotice.About>().Any())
        {
            var post = await posted.Reader.ReadAsync(InTime);
            notices.Add(Adapter.Read(new WebhookPost(post.Headers, post.Body, Time.GetUtcNow())));
        }

        Assert.DoesNotContain(notices, notice => notice is WebhookNotice.Forged);
        Assert.Contains(notices, notice => notice is WebhookNotice.About(Reference, _));
        Assert.Contains(notices, notice => notice is WebhookNotice.AboutRefund("ref_round_1", _));
    }
}
