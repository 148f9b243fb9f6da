using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Payments on the page and at the reader, in every trouble.</summary>
public sealed class SandboxRoundTests : SandboxRound
{
    private static readonly FaultKind[] AnyFault =
        [FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.ErrorBefore, FaultKind.ErrorAfter, FaultKind.RateLimit, FaultKind.Maintenance, FaultKind.Garbage, FaultKind.AnswerTwice, FaultKind.TransactionFailed];

    [Fact]
    public async Task A_page_is_shown_paid_and_captured()
    {
        var started = Assert.IsType<ProviderAnswer.Pending>(await Start(Online()));
        Assert.StartsWith(Address.AbsoluteUri + "pay/cs_test_", Assert.IsType<ProviderAction.Redirect>(started.Action).Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(new ProviderAnswer.Pending(null, null), await LookUp(started.Handle));

        Assert.Equal(StripeCustomerResult.Paid, Stripe.Customer.Pay(Reference, brand: "jcb"));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(started.Handle));
        Assert.Equal((300, "JPY", Time.GetUtcNow(), "jcb"), (captured.Amount, captured.Currency, captured.At, captured.Brand));
        Assert.Equal(Stripe.Money()[0].ProviderReference, captured.Reference);
    }

    [Fact]
    public async Task A_card_held_to_the_reader_is_captured_with_its_approval_number()
    {
        var started = Assert.IsType<ProviderAnswer.Pending>(await Start(AtReader()));
        Assert.Equal(new ProviderAction.PresentAtTerminal("T01", Time.GetUtcNow().AddMinutes(5)), started.Action);

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
    public async Task A_page_whoseTime_is_over_has_expired()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Theirs.Advance(TimeSpan.FromMinutes(33));
        Time.Advance(TimeSpan.FromMinutes(33));

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
        Theirs.Advance(TimeSpan.FromSeconds(6));
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
            if (await Adapter.Refund(order, InTime) is (RefundAnswer.Succeeded or RefundAnswer.Failed) and var answer)
                return answer;
        }

        throw new InvalidOperationException($"{order.Reference} stayed in doubt.");
    }
}
