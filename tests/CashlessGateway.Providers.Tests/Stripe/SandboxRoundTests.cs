using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The adapter against the stand-in: two readings of Stripe's documents have to agree.</summary>
public sealed class SandboxRoundTests : IAsyncLifetime
{
    private const string Reference = "pay_round_1";
    private const string Device = "tmr_counter1";

    private static readonly FaultKind[] AnyFault =
        [FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.ErrorBefore, FaultKind.ErrorAfter, FaultKind.RateLimit, FaultKind.Maintenance, FaultKind.Garbage, FaultKind.AnswerTwice, FaultKind.TransactionFailed];

    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly HttpClient _http = ProviderKit.NewHttp();
    private readonly KitTime _time = new();
    private readonly ManualTime _theirs;
    private StripeHost _host = null!;
    private StripeProvider _provider = null!;

    /// <summary>A clock of its own: the stand-in's limits for notices are shorter than the waits that pass at once here.</summary>
    public SandboxRoundTests() => _theirs = new ManualTime(_time.GetUtcNow());

    private StripeSandbox Stripe => _host.Stripe;

    public async ValueTask InitializeAsync()
    {
        _host = await StripeHost.Start(new StripeOptions { Time = _theirs, Readers = [new StripeReader(Device, "窓口1")] });
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = _host.Address.AbsoluteUri,
            ["ApiKey"] = StripeAccount.Demo.ApiKey,
            ["WebhookSecret"] = StripeAccount.Demo.WebhookSecret,
            ["Terminal"] = "yes",
            ["TerminalLocation"] = "tml_unknown",
        };
        _provider = (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", values, _http, _time, Sandbox: true));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _hang.Dispose();
    }

    [Fact]
    public async Task A_page_is_shown_paid_and_captured()
    {
        var started = Assert.IsType<ProviderAnswer.Pending>(await Start(Online()));
        Assert.StartsWith(_host.Address.AbsoluteUri + "pay/cs_test_", Assert.IsType<ProviderAction.Redirect>(started.Action).Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(new ProviderAnswer.Pending(null, null), await LookUp(started.Handle));

        Assert.Equal(StripeCustomerResult.Paid, Stripe.Customer.Pay(Reference, brand: "jcb"));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle));
        Assert.Equal((300, "JPY", _time.GetUtcNow(), "jcb"), (captured.Amount, captured.Currency, captured.At, captured.Brand));
        Assert.Equal(Stripe.Money()[0].ProviderReference, captured.Reference);
    }

    [Fact]
    public async Task A_card_held_to_the_reader_is_captured_with_its_approval_number()
    {
        var started = Assert.IsType<ProviderAnswer.Pending>(await Start(AtReader()));
        Assert.Equal(new ProviderAction.PresentAtTerminal("T01", _time.GetUtcNow().AddMinutes(5)), started.Action);

        Assert.True(Stripe.Pay(Reference));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle, "terminal"));
        Assert.Equal((300, 6), (captured.Amount, captured.ApprovalNumber!.Length));
    }

    [Fact]
    public async Task A_payment_that_was_never_begun_is_absent()
    {
        Assert.IsType<ProviderAnswer.Absent>(await LookUp(null));
        Assert.IsType<ProviderAnswer.Absent>(await LookUp(null, "terminal"));
        Assert.IsType<ProviderAnswer.Absent>(await Cancel(null));
        Assert.IsType<ProviderAnswer.Absent>(await Cancel(null, "terminal"));
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_shown_and_paid()
    {
        Fault(ApiOperation.CreateSession, FaultKind.DropAfter);
        Assert.IsType<ProviderAnswer.Unknown>(await Start(Online()));

        var found = Assert.IsType<ProviderAnswer.Pending>(await LookUp(null));
        Assert.IsType<ProviderAction.Redirect>(found.Action);
        Stripe.Pay(Reference);
        Assert.IsType<ProviderAnswer.Captured>(await LookUp(found.Handle));
    }

    [Fact]
    public async Task A_hand_over_whose_answer_was_lost_is_found_at_the_reader()
    {
        Fault(ApiOperation.ProcessIntent, FaultKind.DropAfter);
        Assert.IsType<ProviderAnswer.Unknown>(await Start(AtReader()));

        var found = Assert.IsType<ProviderAnswer.Pending>(await LookUp(null, "terminal"));
        Assert.IsType<ProviderAction.PresentAtTerminal>(found.Action);
        Stripe.Pay(Reference);
        Assert.IsType<ProviderAnswer.Captured>(await LookUp(found.Handle, "terminal"));
    }

    [Fact]
    public async Task A_reader_that_answers_too_late_leaves_a_doubt_that_the_card_resolves()
    {
        Stripe.SetSlow(Device, true);
        Assert.IsType<ProviderAnswer.Unknown>(await Start(AtReader()));

        Assert.True(Stripe.Pay(Reference));
        Assert.IsType<ProviderAnswer.Captured>(await LookUp(null, "terminal"));
    }

    [Fact]
    public async Task A_reader_that_is_offline_or_busy_refuses_and_leaves_no_payment_open()
    {
        Stripe.SetOffline(Device, true);
        Assert.Equal("reader-offline", Assert.IsType<ProviderAnswer.Declined>(await Start(AtReader())).Code);
        Assert.IsType<ProviderAnswer.Cancelled>(await LookUp(null, "terminal"));

        Stripe.SetOffline(Device, false);
        await Start(AtReader("pay_round_2"));
        Assert.Equal("reader-busy", Assert.IsType<ProviderAnswer.Declined>(await Start(AtReader("pay_round_3"))).Code);
        Assert.True(Stripe.Pay("pay_round_2"));
        Assert.False(Stripe.Pay("pay_round_3"));
    }

    [Fact]
    public async Task A_card_refused_at_the_reader_ends_the_payment_for_good()
    {
        var started = (ProviderAnswer.Pending)await Start(AtReader());
        Assert.True(Stripe.Refuse(Reference));

        Assert.Equal("insufficient-funds", Assert.IsType<ProviderAnswer.Declined>(await LookUp(started.Handle, "terminal")).Code);
        Assert.Equal("insufficient-funds", Assert.IsType<ProviderAnswer.Declined>(await LookUp(started.Handle, "terminal")).Code);
        Assert.False(Stripe.Pay(Reference));
        Assert.IsType<ProviderAnswer.Pending>(await Start(AtReader("pay_round_2")));
    }

    [Fact]
    public async Task A_customer_who_gives_up_at_the_reader_has_cancelled()
    {
        var started = (ProviderAnswer.Pending)await Start(AtReader());
        Stripe.Customer.Pay(Reference, StripeCustomerOutcome.Cancel);

        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Customer), await LookUp(started.Handle, "terminal"));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Customer), await LookUp(started.Handle, "terminal"));
    }

    [Fact]
    public async Task A_card_refused_on_the_page_leaves_it_open_for_another_card()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Assert.True(Stripe.Refuse(Reference));
        Assert.IsType<ProviderAnswer.Pending>(await LookUp(started.Handle));

        Assert.True(Stripe.Pay(Reference));
        Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle));
        Assert.Single(Stripe.Money());
    }

    [Fact]
    public async Task A_payment_that_waits_for_approval_on_the_phone_is_pending()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Stripe.Customer.Pay(Reference, StripeCustomerOutcome.PayWithApproval);
        Assert.IsType<ProviderAnswer.Pending>(await LookUp(started.Handle));

        Stripe.Customer.Pay(Reference, StripeCustomerOutcome.RefuseApproval);
        Assert.IsType<ProviderAnswer.Pending>(await LookUp(started.Handle));

        Stripe.Customer.Pay(Reference, StripeCustomerOutcome.PayWithApproval);
        Stripe.Customer.Pay(Reference, StripeCustomerOutcome.Approve);
        Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle));
    }

    [Fact]
    public async Task A_page_whose_time_is_over_has_expired()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        _theirs.Advance(TimeSpan.FromMinutes(33));
        _time.Advance(TimeSpan.FromMinutes(33));

        Assert.IsType<ProviderAnswer.Expired>(await LookUp(started.Handle));
        Assert.Equal(StripeCustomerResult.Expired, Stripe.Customer.Pay(Reference));
    }

    [Theory]
    [InlineData("online", true)]
    [InlineData("online", false)]
    [InlineData("terminal", true)]
    [InlineData("terminal", false)]
    public async Task What_is_cancelled_can_never_be_paid(string presentation, bool answered)
    {
        var started = (ProviderAnswer.Pending)await Start(presentation == "online" ? Online() : AtReader());
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await Cancel(answered ? started.Handle : null, presentation));

        Assert.False(Stripe.Pay(Reference));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await Cancel(started.Handle, presentation));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await LookUp(started.Handle, presentation));
    }

    [Theory]
    [InlineData("online")]
    [InlineData("terminal")]
    public async Task A_customer_who_was_faster_than_the_cancel_has_paid(string presentation)
    {
        var started = (ProviderAnswer.Pending)await Start(presentation == "online" ? Online() : AtReader());
        Stripe.Pay(Reference);

        Assert.IsType<ProviderAnswer.Captured>(await Cancel(started.Handle, presentation));
        Assert.IsType<ProviderAnswer.Captured>(await Cancel(null, presentation));
    }

    [Theory]
    [InlineData("online", ApiOperation.ExpireSession)]
    [InlineData("terminal", ApiOperation.Cancel)]
    public async Task A_cancel_whose_answer_was_lost_is_repeated_until_it_is_sure(string presentation, ApiOperation operation)
    {
        var started = (ProviderAnswer.Pending)await Start(presentation == "online" ? Online() : AtReader());
        Fault(operation, FaultKind.DropAfter);

        Assert.IsType<ProviderAnswer.Unknown>(await Cancel(started.Handle, presentation));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await Cancel(started.Handle, presentation));
    }

    [Fact]
    public async Task A_repeated_start_is_the_same_page_and_the_same_payment()
    {
        Assert.Equal(await Start(Online()), await Start(Online()));
        Assert.Equal(await Start(AtReader("pay_round_2")), await Start(AtReader("pay_round_2")));
        Assert.Equal(2, Stripe.Money().Count);
    }

    [Fact]
    public async Task A_key_that_was_forgotten_makes_two_pages_and_the_paid_one_counts()
    {
        Fault(ApiOperation.CreateSession, FaultKind.ForgetKey, times: 2);
        var first = (ProviderAnswer.Pending)await Start(Online());
        var second = (ProviderAnswer.Pending)await Start(Online());
        Assert.NotEqual(first.Handle, second.Handle);
        Stripe.Customer.Pay(first.Handle!);

        Assert.IsType<ProviderAnswer.Captured>(await LookUp(null));
        Assert.IsType<ProviderAnswer.Captured>(await Cancel(null));
        Assert.Equal(StripeCustomerResult.Expired, Stripe.Customer.Pay(second.Handle!));
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_found_and_its_repeat_is_one_refund()
    {
        var order = await Paid();
        Fault(ApiOperation.Refund, FaultKind.DropAfter);

        Assert.IsType<RefundAnswer.Unknown>(await _provider.Refund(order, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.LookUpRefund(order, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order, _hang.Token));
        Assert.Equal(1, Stripe.Money()[0].Refunds);
    }

    [Fact]
    public async Task A_refund_repeated_after_its_key_was_forgotten_is_still_one_refund()
    {
        var order = (await Paid()) with { Amount = 100 };
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order, _hang.Token));
        _theirs.Advance(TimeSpan.FromHours(25));
        _time.Advance(TimeSpan.FromHours(25));

        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order, _hang.Token));
        Assert.Equal(100, Stripe.Money()[0].Refunded);
    }

    [Fact]
    public async Task Refunds_in_parts_end_where_nothing_is_left()
    {
        var order = await Paid();
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order with { Amount = 100 }, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order with { Reference = "ref_2", Amount = 200 }, _hang.Token));

        Assert.Equal("already-refunded", Assert.IsType<RefundAnswer.Failed>(await _provider.Refund(order with { Reference = "ref_3", Amount = 1 }, _hang.Token)).Code);
        Assert.IsType<RefundAnswer.Absent>(await _provider.LookUpRefund(order with { Reference = "ref_3" }, _hang.Token));
    }

    [Fact]
    public async Task A_refund_that_had_succeeded_and_came_back_is_failed()
    {
        var order = await Paid();
        await _provider.Refund(order, _hang.Token);
        Assert.True(Stripe.FailRefund(order.Reference));

        Assert.Equal(new RefundAnswer.Failed("refund-failed", "expired_or_canceled_card"), await _provider.LookUpRefund(order, _hang.Token));
        Assert.Equal(300, Stripe.Money()[0].Net);
    }

    [Fact]
    public async Task A_disputed_payment_is_listed_and_is_not_refunded()
    {
        var order = await Paid();
        var id = Stripe.Dispute(Reference)!;

        var dispute = Assert.Single(await _provider.DisputesSince(_time.GetUtcNow(), _hang.Token).ToListAsync());
        Assert.Equal((id, order.ProviderReference, 300, DisputeState.NeedsResponse, Reference), (dispute.Reference, dispute.ProviderReference, dispute.Amount, dispute.State, dispute.PaymentReference));
        Assert.NotNull(dispute.EvidenceUntil);
        Assert.Equal("disputed", Assert.IsType<RefundAnswer.Failed>(await _provider.Refund(order, _hang.Token)).Code);

        Assert.True(Stripe.CloseDispute(id, won: true));
        Assert.Equal(DisputeState.Won, Assert.Single(await _provider.DisputesSince(_time.GetUtcNow(), _hang.Token).ToListAsync()).State);
    }

    [Fact]
    public async Task The_lines_of_each_payout_add_up_to_it_and_name_our_payments()
    {
        var first = await Paid();
        await _provider.Refund(first with { Amount = 100 }, _hang.Token);
        for (var n = 2; n <= 150; n++) Stripe.Customer.Pay(((ProviderAnswer.Pending)await Start(Online($"pay_round_{n}"))).Handle!);
        _theirs.Advance(TimeSpan.FromDays(14));

        var payout = Assert.Single(await _provider.PayoutsSince(_time.GetUtcNow(), _hang.Token).ToListAsync());
        var lines = await _provider.LinesOf(payout.Reference, _hang.Token).ToListAsync();
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
        await _provider.Refund(order with { Amount = 100 }, _hang.Token);
        await Start(Online("pay_round_2"));

        Assert.Equal(
            [(Reference, order.ProviderReference, 300L), (Reference, order.ProviderReference, -100L)],
            (await _provider.ListSince(_time.GetUtcNow().AddMinutes(-1), _hang.Token).ToListAsync()).Select(payment => (payment.Reference!, payment.ProviderReference, payment.Amount)));
    }

    [Fact]
    public async Task A_reader_is_paired_by_the_code_that_it_shows()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Address, "v1/terminal/locations"))
        {
            Headers = { { "Authorization", $"Bearer {StripeAccount.Demo.ApiKey}" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["display_name"] = "本庁舎", ["address[country]"] = "JP" }),
        };
        using var made = await _http.SendAsync(asked);
        var location = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["BaseUrl"] = _host.Address.AbsoluteUri, ["ApiKey"] = StripeAccount.Demo.ApiKey, ["Terminal"] = "yes", ["TerminalLocation"] = location };
        var provider = (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", values, _http, _time, Sandbox: true));
        var order = new PairingOrder("pair_1", "窓口2");

        Assert.IsType<PairingAnswer.NeedsShownCode>(await provider.Pair(order, _hang.Token));
        Assert.IsType<PairingAnswer.Refused>(await provider.Pair(order with { ShownCode = "wrong" }, _hang.Token));
        var paired = Assert.IsType<PairingAnswer.Paired>(await provider.Pair(order with { ShownCode = "simulated-wpe" }, _hang.Token));
        Assert.Equal(paired, await provider.Pair(order with { ShownCode = "Simulated-WPE " }, _hang.Token));
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
        await _provider.Refund(await Paid(), _hang.Token);

        var notices = new List<WebhookNotice>();
        while (!notices.OfType<WebhookNotice.AboutRefund>().Any() || !notices.OfType<WebhookNotice.About>().Any())
        {
            var post = await posted.Reader.ReadAsync(_hang.Token);
            notices.Add(_provider.Read(new WebhookPost(post.Headers, post.Body, _time.GetUtcNow())));
        }

        Assert.DoesNotContain(notices, notice => notice is WebhookNotice.Forged);
        Assert.Contains(notices, notice => notice is WebhookNotice.About(Reference, _));
        Assert.Contains(notices, notice => notice is WebhookNotice.AboutRefund("ref_round_1", _));
    }

    [Theory]
    [InlineData("online")]
    [InlineData("terminal")]
    public async Task Under_faults_of_every_kind_each_yen_ends_where_the_answers_say(string presentation)
    {
        foreach (var kind in AnyFault)
            Stripe.Faults.Add(new FaultRule(ApiOperation.Any, kind) { Probability = 0.04, Status = kind == FaultKind.ErrorAfter ? 502 : 500 });

        var (taken, back) = (0L, 0L);
        for (var n = 0; n < 150; n++)
        {
            var order = presentation == "online" ? Online($"pay_storm_{n}") : AtReader($"pay_storm_{n}");
            var end = await Carry(order, pays: n % 2 == 0);
            Assert.True(end is ProviderAnswer.Captured or ProviderAnswer.Cancelled or ProviderAnswer.Declined, $"{n}: {end}");
            if (end is not ProviderAnswer.Captured captured)
                continue;

            taken += captured.Amount;
            if (n % 4 == 0 && await GiveBack(n, captured) is RefundAnswer.Succeeded)
                back += captured.Amount;
        }

        Assert.True(taken > 0 && back > 0);
        Assert.Equal(taken - back, Stripe.Money().Sum(money => money.Net));
    }

    [Fact]
    public async Task A_look_up_that_does_not_see_it_yet_says_absent_and_then_finds_it()
    {
        Fault(ApiOperation.CreateSession, FaultKind.DropAfter);
        Stripe.Faults.Add(new FaultRule(ApiOperation.ListSessions, FaultKind.NotYet) { Ms = 5_000 });
        await Start(Online());

        Assert.IsType<ProviderAnswer.Absent>(await LookUp(null));
        _theirs.Advance(TimeSpan.FromSeconds(6));
        Assert.IsType<ProviderAnswer.Pending>(await LookUp(null));
    }

    [Theory]
    [InlineData(FaultKind.WrongAmount, 301, "JPY")]
    [InlineData(FaultKind.WrongCurrency, 300, "USD")]
    public async Task A_wrong_amount_or_currency_is_told_as_it_came(FaultKind kind, long amount, string currency)
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Stripe.Pay(Reference);
        Fault(ApiOperation.GetSession, kind);

        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle));
        Assert.Equal((amount, currency), (captured.Amount, captured.Currency));
    }

    [Fact]
    public async Task A_state_that_is_in_no_document_is_not_believed()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Fault(ApiOperation.GetSession, FaultKind.WrongStatus);
        Assert.IsType<ProviderAnswer.Unknown>(await LookUp(started.Handle));
    }

    /// <summary>One payment as a gateway carries it: whoever does not pay is cancelled.</summary>
    private async Task<ProviderAnswer> Carry(PaymentOrder order, bool pays)
    {
        var answer = await Start(order);
        if (answer is ProviderAnswer.Declined)
            return answer;

        var handle = (answer as ProviderAnswer.Pending)?.Handle;
        if (handle is not null && pays)
            Stripe.Pay(order.Reference);

        for (var tries = 0; tries < 60 && answer is not (ProviderAnswer.Captured or ProviderAnswer.Cancelled or ProviderAnswer.Declined); tries++)
        {
            answer = await LookUp(handle, order.Presentation, order.Reference);
            if (answer is ProviderAnswer.Absent)
                return new ProviderAnswer.Cancelled(CancelledBy.Merchant);   // nothing is on its way any more: the start was answered or cut

            if (answer is ProviderAnswer.Pending)
                answer = await Cancel(handle, order.Presentation, order.Reference);
        }

        return answer;
    }

    private async Task<RefundAnswer> GiveBack(int n, ProviderAnswer.Captured captured)
    {
        var order = GivingBack($"ref_storm_{n}", $"pay_storm_{n}", captured);
        for (var tries = 0; tries < 60; tries++)
        {
            if (await _provider.Refund(order, _hang.Token) is (RefundAnswer.Succeeded or RefundAnswer.Failed) and var answer)
                return answer;
        }

        throw new InvalidOperationException($"{order.Reference} stayed in doubt.");
    }

    private async Task<RefundOrder> Paid()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Stripe.Pay(Reference);
        return GivingBack("ref_round_1", Reference, (ProviderAnswer.Captured)await LookUp(started.Handle));
    }

    private RefundOrder GivingBack(string reference, string payment, ProviderAnswer.Captured captured) =>
        new(reference, payment, captured.Reference, captured.Amount, captured.Amount, "refund") { CapturedAt = captured.At, RequestedAt = _time.GetUtcNow() };

    private PaymentOrder Online(string reference = Reference) =>
        new(reference, 300, "card", "online") { Description = "住民票の写し", ReturnUrl = new Uri("https://city.example.jp/back"), RequestedAt = _time.GetUtcNow() };

    private PaymentOrder AtReader(string reference = Reference) =>
        new(reference, 300, "card", "terminal") { Terminal = "T01", Device = Device, RequestedAt = _time.GetUtcNow() };

    private void Fault(ApiOperation operation, FaultKind kind, int times = 1) => Stripe.Faults.Add(new FaultRule(operation, kind) { Times = times });

    private Task<ProviderAnswer> Start(PaymentOrder order) => _provider.Start(order, _hang.Token);

    private Task<ProviderAnswer> LookUp(string? handle, string presentation = "online", string reference = Reference) => _provider.LookUp(CaseOf(handle, presentation, reference), _hang.Token);

    private Task<ProviderAnswer> Cancel(string? handle, string presentation = "online", string reference = Reference) => _provider.Cancel(CaseOf(handle, presentation, reference), _hang.Token);

    private PaymentCase CaseOf(string? handle, string presentation, string reference) =>
        new(reference, 300, "card", presentation) { Handle = handle, Terminal = "T01", Device = presentation == "online" ? null : Device, RequestedAt = _time.GetUtcNow() };
}
