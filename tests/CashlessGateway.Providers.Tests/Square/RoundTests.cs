using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>The adapter against the stand-in: two readings of Square's documents, made apart from each other, have to agree.</summary>
public sealed class RoundTests
{
    [Theory]
    [InlineData("card", "visa", "VISA", "visa")]
    [InlineData("card", null, "JCB", "jcb")]
    [InlineData("emoney", "suica", null, "suica")]
    [InlineData("emoney", "id", null, "id")]
    [InlineData("emoney", "quicpay", null, "quicpay")]
    [InlineData("qr", null, "D_BARAI", "dbarai")]
    public async Task A_payment_is_shown_paid_and_captured(string method, string? brand, string? used, string known)
    {
        await using var round = await Round.Open();
        var started = Assert.IsType<ProviderAnswer.Pending>(await round.Start(method, brand));
        Assert.Equal(new ProviderAction.PresentAtTerminal("T01", round.Now.AddMinutes(5)), started.Action);
        Assert.Equal(new ProviderAnswer.Pending(null, null), await round.LookUp());

        Assert.Equal(SquareResult.Paid, round.Square.Customer.Do(Round.Reference, brand: used));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await round.LookUp());
        Assert.Equal((300, "JPY", round.Now, known), (captured.Amount, captured.Currency, captured.At, captured.Brand));
        Assert.Equal(round.Square.Truth().Single().PaymentId, captured.Reference);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("2026-09-16", "quicpay")]
    public async Task Which_emoney_the_customer_chose_is_told_by_the_newer_version_only(string version, string? brand)
    {
        await using var round = await Round.Open(settings: [("Version", version)]);
        await round.Start("emoney");
        round.Square.Customer.Do(Round.Reference, brand: "FELICA_QP");

        Assert.Equal(brand, Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).Brand);
    }

    [Fact]
    public async Task A_payment_that_was_never_begun_is_absent()
    {
        await using var round = await Round.Open();
        Assert.IsType<ProviderAnswer.Absent>(await round.LookUp());
    }

    [Fact]
    public async Task What_nobody_pays_runs_out_by_Squares_clock()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Square.Customer.Do(Round.Reference, SquareAct.WalkAway);

        round.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<ProviderAnswer.Pending>(await round.LookUp());
        round.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<ProviderAnswer.Expired>(await round.LookUp());
    }

    [Fact]
    public async Task A_customer_who_is_refused_has_cancelled()
    {
        await using var round = await Round.Open();
        await round.Start();
        Assert.True(round.Square.Refuse(Round.Reference));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Customer), await round.LookUp());
    }

    [Fact]
    public async Task A_cancelled_payment_cannot_be_paid()
    {
        await using var round = await Round.Open();
        await round.Start();
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await round.Cancel());
        Assert.False(round.Square.Pay(Round.Reference));
    }

    [Fact]
    public async Task The_customer_wins_the_race_with_a_cancel_that_was_taken()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Fault(ApiOperation.Cancel, FaultKind.CompleteAfterCancel);
        Assert.IsType<ProviderAnswer.Captured>(await round.Cancel());
    }

    [Fact]
    public async Task A_terminal_that_has_begun_hears_the_cancel_a_little_later()
    {
        await using var round = await Round.Open(new SquareOptions { Terms = new SquareTerms { CancelDelay = TimeSpan.FromSeconds(3) } });
        await round.Start();
        round.Square.Customer.Do(Round.Reference, SquareAct.Begin);

        Assert.Null(Assert.IsType<ProviderAnswer.Pending>(await round.Cancel()).Action);
        round.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await round.Cancel());
    }

    [Fact]
    public async Task Emoney_after_an_error_at_the_terminal_is_ended_there()
    {
        await using var round = await Round.Open();
        await round.Start("emoney", "id");
        round.Square.Customer.Do(Round.Reference, SquareAct.TerminalError);

        Assert.Equal(new ProviderAction.EndAtTerminal("T01"), Assert.IsType<ProviderAnswer.Pending>(await round.Cancel()).Action);
        round.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ProviderAnswer.Pending>(await round.LookUp());

        round.Square.Customer.Do(Round.Reference, SquareAct.EndAtTerminal);
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Customer), await round.Cancel());
    }

    [Fact]
    public async Task A_repeated_start_is_one_checkout()
    {
        await using var round = await Round.Open();
        Assert.Equal(await round.Start(), await round.Start());
        Assert.Single(round.Square.Truth());
    }

    [Fact]
    public async Task Two_checkouts_after_a_forgotten_key_are_both_seen()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Fault(ApiOperation.CreateCheckout, FaultKind.ForgetKey);
        await round.Start();
        Assert.Equal(2, round.Square.Truth().Count);

        round.Square.Customer.Do(round.Square.Truth()[0].CheckoutId);
        Assert.IsType<ProviderAnswer.Pending>(await round.LookUp());   // the second can still be paid
        round.Square.Customer.Do(round.Square.Truth()[1].CheckoutId, SquareAct.BuyerCancel);
        Assert.Equal(300, Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).Amount);
    }

    [Fact]
    public async Task Money_that_was_taken_twice_is_told_twice()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Fault(ApiOperation.CreateCheckout, FaultKind.ForgetKey);
        await round.Start();
        foreach (var checkout in round.Square.Truth()) round.Square.Customer.Do(checkout.CheckoutId);

        Assert.Equal(600, Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).Amount);
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ErrorAfter)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.AnswerTwice)]
    public async Task A_start_whose_answer_was_lost_is_found_paid_and_cancelled_by_our_reference(FaultKind fault)
    {
        await using var round = await Round.Open();
        round.Fault(ApiOperation.CreateCheckout, fault);
        Assert.IsType<ProviderAnswer.Unknown>(await round.Start());

        var found = Assert.IsType<ProviderAnswer.Pending>(await round.LookUp());
        Assert.Equal((round.Square.Truth().Single().CheckoutId, true), (found.Handle, found.Action is ProviderAction.PresentAtTerminal));
        round.Handle = null;
        Assert.IsType<ProviderAnswer.Cancelled>(await round.Cancel());
    }

    [Theory]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.ErrorBefore)]
    [InlineData(FaultKind.Maintenance)]
    public async Task A_start_that_never_arrived_is_in_doubt_and_then_absent(FaultKind fault)
    {
        await using var round = await Round.Open();
        round.Fault(ApiOperation.CreateCheckout, fault);
        Assert.IsType<ProviderAnswer.Unknown>(await round.Start());
        Assert.IsType<ProviderAnswer.Absent>(await round.LookUp());
        Assert.Empty(round.Square.Truth());
    }

    [Fact]
    public async Task A_start_that_Square_declines_for_certain_is_declined()
    {
        await using var round = await Round.Open();
        round.Fault(ApiOperation.CreateCheckout, FaultKind.TransactionFailed);
        Assert.Equal("declined", Assert.IsType<ProviderAnswer.Declined>(await round.Start()).Code);
    }

    [Fact]
    public async Task A_customer_who_pays_before_the_answer_of_the_start_has_paid()
    {
        await using var round = await Round.Open();
        round.Fault(ApiOperation.CreateCheckout, FaultKind.WebhookBeforeAnswer);
        await round.Start();
        Assert.IsType<ProviderAnswer.Captured>(await round.LookUp());
    }

    [Theory]
    [InlineData(ApiOperation.GetCheckout)]
    [InlineData(ApiOperation.GetPayment)]
    public async Task A_look_up_that_breaks_off_is_in_doubt(ApiOperation operation)
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Square.Pay(Round.Reference);
        foreach (var fault in new[] { FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.ErrorBefore, FaultKind.Garbage, FaultKind.AnswerTwice, FaultKind.Maintenance, FaultKind.RateLimit })
        {
            round.Fault(operation, fault);
            Assert.IsType<ProviderAnswer.Unknown>(await round.LookUp());
        }

        Assert.IsType<ProviderAnswer.Captured>(await round.LookUp());
    }

    [Fact]
    public async Task What_Square_says_wrong_is_passed_on_for_the_gateway_to_compare()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Square.Pay(Round.Reference);

        round.Square.Faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.WrongAmount) { Delta = 5, Times = 1 });
        Assert.Equal(305, Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).Amount);
        round.Fault(ApiOperation.GetPayment, FaultKind.WrongCurrency);
        Assert.Equal("USD", Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).Currency);
        round.Square.Faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.ClockSkew) { Ms = 60_000, Times = 1 });
        Assert.Equal(round.Now.AddMinutes(1), Assert.IsType<ProviderAnswer.Captured>(await round.LookUp()).At);
        round.Square.Faults.Add(new FaultRule(ApiOperation.GetCheckout, FaultKind.WrongStatus) { State = "DREAMT", Times = 1 });
        Assert.IsType<ProviderAnswer.Unknown>(await round.LookUp());
    }

    [Fact]
    public async Task A_checkout_that_Square_forgets_is_found_by_its_payment()
    {
        await using var round = await Round.Open();
        await round.Start();
        round.Square.Pay(Round.Reference);
        round.Fault(ApiOperation.GetCheckout, FaultKind.Forget);
        round.Fault(ApiOperation.SearchCheckouts, FaultKind.Forget);
        Assert.IsType<ProviderAnswer.Captured>(await round.LookUp());
        Assert.Equal(1, round.Square.Calls(ApiOperation.ListPayments));
    }

    [Theory]
    [InlineData("card", "VISA", 120)]
    [InlineData("qr", "MERPAY", 120)]
    [InlineData("qr", "PAYPAY", 300)]
    [InlineData("emoney", "FELICA_ID", 300)]
    public async Task Money_goes_back_as_the_brand_allows(string method, string brand, long amount)
    {
        await using var round = await Round.Open();
        var order = await round.Paid(method, brand, amount);
        Assert.IsType<RefundAnswer.Pending>(await round.Provider.Refund(order, round.InTime));

        Assert.IsType<RefundAnswer.Succeeded>(await round.Provider.LookUpRefund(order, round.InTime));
        Assert.Equal(300 - amount, round.Square.Money().Single().Net);
    }

    [Theory]
    [InlineData("emoney", "FELICA_TRANSPORTATION", 300, "cannot-be-refunded")]
    [InlineData("emoney", "FELICA_ID", 120, "amount-not-allowed")]
    [InlineData("qr", "PAYPAY", 120, "amount-not-allowed")]
    [InlineData("qr", "RAKUTEN_PAY", 120, "amount-not-allowed")]
    [InlineData("card", "VISA", 301, "amount-not-allowed")]
    public async Task What_the_brand_does_not_allow_fails(string method, string brand, long amount, string code)
    {
        await using var round = await Round.Open();
        var order = await round.Paid(method, brand, amount);
        Assert.Equal(code, Assert.IsType<RefundAnswer.Failed>(await round.Provider.Refund(order, round.InTime)).Code);
        Assert.Equal(300, round.Square.Money().Single().Net);
    }

    [Fact]
    public async Task A_balance_that_does_not_cover_it_refuses_the_refund()
    {
        await using var round = await Round.Open(new SquareOptions { Terms = new SquareTerms { Balance = 0 } });
        var order = await round.Paid("card", "VISA", 300);   // 293 yen after the fee
        Assert.Equal("refund-declined", Assert.IsType<RefundAnswer.Failed>(await round.Provider.Refund(order, round.InTime)).Code);
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ErrorAfter)]
    [InlineData(FaultKind.Garbage)]
    public async Task A_refund_whose_answer_was_lost_is_one_refund_even_after_its_key_is_forgotten(FaultKind fault)
    {
        await using var round = await Round.Open();
        var order = await round.Paid("card", "VISA", 120);
        round.Fault(ApiOperation.Refund, fault);
        Assert.IsType<RefundAnswer.Unknown>(await round.Provider.Refund(order, round.InTime));

        round.Fault(ApiOperation.Refund, FaultKind.ForgetKey);
        Assert.IsType<RefundAnswer.Succeeded>(await round.Provider.Refund(order, round.InTime));
        Assert.Equal((180, 1), (round.Square.Money().Single().Net, round.Square.Money().Single().Refunds));
    }

    [Fact]
    public async Task Two_refunds_of_one_payment_are_told_apart()
    {
        await using var round = await Round.Open();
        var first = await round.Paid("card", "VISA", 100);
        await round.Provider.Refund(first, round.InTime);
        await round.Provider.Refund(first with { Reference = "ref_2" }, round.InTime);

        Assert.Equal(2, round.Square.Money().Single().Refunds);
        Assert.IsType<RefundAnswer.Absent>(await round.Provider.LookUpRefund(first with { Reference = "ref_3" }, round.InTime));
    }

    [Fact]
    public async Task A_terminal_is_paired_and_takes_a_payment()
    {
        await using var round = await Round.Open();
        var code = Assert.IsType<PairingAnswer.EnterOnDevice>(await round.Provider.Pair(new PairingOrder("dev_1", "窓口2"), round.InTime));
        Assert.Equal(round.Now.AddMinutes(5), code.Until);
        Assert.True(round.Square.Customer.Pair(code.Code));

        var device = Assert.IsType<PairingAnswer.Paired>(await round.Provider.LookUpPairing(code.Pairing, round.InTime)).Device;
        Assert.Equal(new PairingAnswer.Paired(device), await round.Provider.Pair(new PairingOrder("dev_1", "窓口2"), round.InTime));
        Assert.IsType<ProviderAnswer.Pending>(await round.Provider.Start(round.Order() with { Device = device }, round.InTime));
        Assert.Equal(device, round.Square.Truth().Single().DeviceId);
    }

    [Fact]
    public async Task A_pairing_code_runs_out()
    {
        await using var round = await Round.Open();
        var code = Assert.IsType<PairingAnswer.EnterOnDevice>(await round.Provider.Pair(new PairingOrder("dev_1", "窓口2"), round.InTime));
        round.Advance(TimeSpan.FromMinutes(5));
        Assert.False(round.Square.Customer.Pair(code.Code));
        Assert.IsType<PairingAnswer.Expired>(await round.Provider.LookUpPairing(code.Pairing, round.InTime));
    }

    [Fact]
    public async Task A_device_that_is_not_paired_is_refused()
    {
        await using var round = await Round.Open();
        Assert.IsType<ProviderAnswer.Declined>(await round.Provider.Start(round.Order() with { Device = "unknown" }, round.InTime));
    }

    [Fact]
    public async Task Payouts_agree_with_what_was_taken_and_given_back()
    {
        await using var round = await Round.Open();
        await round.Provider.Refund(await round.Paid("card", "VISA", 100), round.InTime);
        var (since, lines) = (round.Now.AddDays(-1), new List<SettlementLine>());
        round.Advance(TimeSpan.FromDays(2));   // from a Saturday to a Monday

        var payout = Assert.Single(await Read(round.Provider.PayoutsSince(since, round.InTime)));
        lines.AddRange(await Read(round.Provider.LinesOf(payout.Reference, round.InTime)));
        Assert.Equal((193, PayoutState.Announced, new DateOnly(2026, 11, 23)), (payout.Amount, payout.State, payout.ArrivesOn));
        Assert.Equal(payout.Amount, lines.Sum(line => line.Net));
        Assert.Equal([(SettlementKind.Payment, 300L, 7L), (SettlementKind.Refund, -100L, 0L)], lines.Select(line => (line.Kind, line.Gross, line.Fee)));
        Assert.All(lines, line => Assert.Equal(round.Square.Truth().Single().PaymentId, line.ProviderReference));
    }

    [Fact]
    public async Task All_that_was_taken_is_listed_over_many_pages()
    {
        await using var round = await Round.Open();
        for (var i = 0; i < 130; i++)
        {
            await round.Provider.Start(round.Order() with { Reference = $"pay_{i}" }, round.InTime);
            round.Square.Pay($"pay_{i}");
        }

        var all = await Read(round.Provider.ListSince(round.Now.AddHours(-1), round.InTime));
        Assert.Equal(Enumerable.Range(0, 130).Select(i => $"pay_{i}").Order(), all.Select(payment => payment.Reference).Order());
    }

    private static async Task<List<T>> Read<T>(IAsyncEnumerable<T> list)
    {
        var all = new List<T>();
        await foreach (var item in list) all.Add(item);
        return all;
    }
}
