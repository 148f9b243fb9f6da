using MatometeServer;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>The plug-in against its server: two readings of one page have to agree, also where answers get lost.</summary>
public sealed class RoundTests : IAsyncLifetime
{
    private MatometeWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await MatometeWorld.Open();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("PAYPAY", "paypay")]
    [InlineData("DBARAI", "dbarai")]
    [InlineData("AUPAY", "aupay")]
    [InlineData("MERPAY", "merpay")]
    [InlineData("RAKUTENPAY", "rakutenpay")]
    [InlineData("JCOIN", "jcoin")]
    public async Task A_scanned_code_is_paid_at_once_and_its_brand_comes_out(string word, string brand)
    {
        var captured = Assert.IsType<ProviderAnswer.Captured>(await _world.Start(await _world.Code(word)));

        Assert.Equal((300, "JPY", _world.Time.GetUtcNow(), brand), (captured.Amount, captured.Currency, captured.At, captured.Brand));
        Assert.Matches("^[0-9]{6}$", captured.ApprovalNumber);
        Assert.Equal(captured, await _world.LookUp());
    }

    [Fact]
    public async Task A_customer_who_has_to_confirm_is_waited_for()
    {
        var pending = Assert.IsType<ProviderAnswer.Pending>(await _world.Start(await _world.Code(customer: "confirms")));
        Assert.Equal(pending, await _world.LookUp());

        await _world.Phone("confirm");

        Assert.IsType<ProviderAnswer.Captured>(await _world.LookUp());
        Assert.Equal(300, await _world.Net());
    }

    [Fact]
    public async Task A_customer_who_refuses_has_not_paid()
    {
        await _world.Start(await _world.Code(customer: "confirms"));
        await _world.Phone("refuse");

        Assert.Equal("refused-by-customer", Assert.IsType<ProviderAnswer.Declined>(await _world.LookUp()).Code);
    }

    [Fact]
    public async Task A_customer_who_walks_away_lets_it_run_out()
    {
        await _world.Start(await _world.Code(customer: "confirms"));
        _world.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.IsType<ProviderAnswer.Expired>(await _world.LookUp());
        Assert.IsType<ProviderAnswer.Expired>(await _world.Cancel());
    }

    [Fact]
    public async Task A_customer_without_means_is_declined()
    {
        Assert.Equal("insufficient-funds", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(await _world.Code(customer: "isPoor"))).Code);
    }

    [Fact]
    public async Task A_code_is_good_once_and_not_for_long()
    {
        var code = await _world.Code();
        await _world.Start(code);
        Assert.Equal("code-used", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(code, "pay_2")).Code);

        code = await _world.Code();
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("code-expired", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(code, "pay_3")).Code);
        Assert.Equal("code-unknown", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(MatometeWorld.SomeCode, "pay_4")).Code);
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ErrorAfter)]
    [InlineData(FaultKind.Garbage)]
    public async Task A_start_whose_answer_was_lost_is_found_by_our_reference(FaultKind fault)
    {
        var code = await _world.Code();
        await _world.Fault("charge", fault);
        Assert.IsType<ProviderAnswer.Unknown>(await _world.Start(code));

        Assert.IsType<ProviderAnswer.Captured>(await _world.LookUp());
        Assert.IsType<ProviderAnswer.Captured>(await _world.Start(code));
        Assert.Equal(300, await _world.Net());
    }

    [Theory]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.ErrorBefore)]
    public async Task A_start_that_never_arrived_is_absent_and_can_be_closed_for_good(FaultKind fault)
    {
        var code = await _world.Code();
        await _world.Fault("charge", fault);
        Assert.IsType<ProviderAnswer.Unknown>(await _world.Start(code));
        Assert.IsType<ProviderAnswer.Absent>(await _world.LookUp());

        Assert.IsType<ProviderAnswer.Cancelled>(await _world.Cancel());

        Assert.Equal("order-closed", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(code)).Code);
        Assert.IsType<ProviderAnswer.Cancelled>(await _world.LookUp());
        Assert.Equal(0, await _world.Net());
    }

    /// <summary>What AbsentIsFinalAfter rests on.</summary>
    [Fact]
    public async Task An_order_that_lay_about_is_not_carried_out()
    {
        var order = MatometeWorld.Order(_world.Time, await _world.Code());
        _world.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("order-too-old", Assert.IsType<ProviderAnswer.Declined>(await _world.Provider.Start(order, CancellationToken.None)).Code);
        Assert.IsType<ProviderAnswer.Absent>(await _world.LookUp());
    }

    [Fact]
    public async Task A_waiting_payment_is_cancelled_and_can_no_longer_be_confirmed()
    {
        await _world.Start(await _world.Code(customer: "confirms"));
        await _world.Fault("cancel", FaultKind.DropAfter);
        Assert.IsType<ProviderAnswer.Unknown>(await _world.Cancel());

        Assert.IsType<ProviderAnswer.Cancelled>(await _world.Cancel());
        await Assert.ThrowsAsync<HttpRequestException>(() => _world.Phone("confirm"));
        Assert.Equal(0, await _world.Net());
    }

    [Fact]
    public async Task A_customer_who_was_faster_than_the_cancel_has_paid()
    {
        await _world.Start(await _world.Code(customer: "confirms"));
        await _world.Phone("confirm");

        Assert.IsType<ProviderAnswer.Captured>(await _world.Cancel());
        Assert.Equal(300, await _world.Net());
    }

    [Fact]
    public async Task A_forgetful_look_up_is_no_end()
    {
        await _world.Start(await _world.Code());
        await _world.Fault("lookUp", FaultKind.Forget);

        Assert.IsType<ProviderAnswer.Absent>(await _world.LookUp());
        Assert.IsType<ProviderAnswer.Captured>(await _world.LookUp());
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.DropBefore)]
    public async Task A_refund_whose_answer_was_lost_is_repeated_and_is_one_refund(FaultKind fault)
    {
        var order = await _world.Taken();
        await _world.Fault("refund", fault);
        Assert.IsType<RefundAnswer.Unknown>(await _world.Refund(order));
        Assert.Equal(fault == FaultKind.DropBefore, await _world.LookUpRefund(order) is RefundAnswer.Absent);

        Assert.IsType<RefundAnswer.Succeeded>(await _world.Refund(order));
        Assert.IsType<RefundAnswer.Succeeded>(await _world.Refund(order));
        Assert.Equal(0, await _world.Net());
    }

    [Fact]
    public async Task A_refund_that_takes_its_time_is_pending_until_then()
    {
        var order = await _world.Taken("MERPAY");
        Assert.IsType<RefundAnswer.Pending>(await _world.Refund(order));
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(_world.Time.GetUtcNow(), Assert.IsType<RefundAnswer.Succeeded>(await _world.LookUpRefund(order)).At);
    }

    /// <summary>What the plug-in says of a brand is what the server does.</summary>
    [Theory]
    [InlineData("PAYPAY")]
    [InlineData("DBARAI")]
    [InlineData("AUPAY")]
    [InlineData("MERPAY")]
    [InlineData("RAKUTENPAY")]
    [InlineData("JCOIN")]
    public async Task What_goes_back_goes_by_the_brand(string word)
    {
        var order = await _world.Taken(word);
        var rule = ((ICanRefund)_world.Provider).RefundsOf(order.PaidWith);

        Assert.Equal(rule is { Partial: true }, await _world.Refund(order with { Reference = "rf_part", Amount = 100 }) is RefundAnswer.Succeeded);
        Assert.Equal(rule is not null, await _world.Refund(order with { Reference = "rf_rest", Amount = rule is { Partial: true } ? 200 : 300 }) is RefundAnswer.Succeeded or RefundAnswer.Pending);
        Assert.IsType<RefundAnswer.Failed>(await _world.Refund(order with { Reference = "rf_more", Amount = 1 }));
        if (rule is null) return;

        var late = await _world.Taken(word, "pay_late");
        _world.Time.Set(rule.Until(late.CapturedAt).AddSeconds(1));
        Assert.Equal("refund-too-late", Assert.IsType<RefundAnswer.Failed>(await _world.Refund(late with { Reference = "rf_late" })).Code);
    }

    [Fact]
    public async Task All_that_was_taken_and_sent_back_is_listed_over_many_pages()
    {
        var since = _world.Time.GetUtcNow();
        for (var n = 0; n < 101; n++) await _world.Start(await _world.Code(), $"pay_{n}");
        await _world.Start(await _world.Code(customer: "isPoor"), "pay_poor");
        await _world.Refund(await _world.Taken());

        var listed = await ((IListsPayments)_world.Provider).ListSince(since, CancellationToken.None).ToListAsync();

        Assert.Equal(102, listed.Count(row => row.Amount == 300));
        Assert.Equal((MatometeWorld.Reference, -300), Assert.Single(listed.Where(row => row.Amount < 0).Select(row => (row.Reference, row.Amount))));
        Assert.Empty(await ((IListsPayments)_world.Provider).ListSince(since.AddHours(1), CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_list_that_breaks_off_does_not_count()
    {
        await _world.Fault("list", FaultKind.ErrorBefore);

        await Assert.ThrowsAsync<ProviderReadException>(() => ((IListsPayments)_world.Provider).ListSince(_world.Time.GetUtcNow(), CancellationToken.None).ToListAsync().AsTask());
    }
}
