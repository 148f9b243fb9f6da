using System.Globalization;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>References, amounts, "not found", money that goes back.</summary>
public abstract partial class ProviderKit
{
    [Fact]
    public async Task A_start_that_worked_waits_for_the_customer_or_is_paid()
    {
        Stub.Answer(Started(Order));
        Assert.True(await Provider.Start(Order, InTime) is ProviderAnswer.Pending or ProviderAnswer.Captured);
    }

    [Fact]
    public async Task Every_call_names_our_reference()
    {
        Stub.Answer(StubAnswer.Html(502));
        foreach (var call in Calls().Where(call => LookUpsNameOurReference || call.Orders))
        {
            Stub.Forget();
            await call.Ask(InTime);
            Assert.True(
                Stub.Requests.Any(request => request.Whole.Contains(Order.Reference, StringComparison.Ordinal) || request.Whole.Contains("rf_kit_01", StringComparison.Ordinal)),
                $"{call.Name} sent no reference of ours");
        }
    }

    [Fact]
    public async Task An_order_goes_out_with_its_amount_to_the_yen()
    {
        foreach (var amount in new long[] { Lowest, 1_234, 123_457, Highest }.Where(amount => amount >= Lowest && amount <= Highest))
        {
            Stub.Forget();
            Stub.Answer(StubAnswer.Html(502));
            await Provider.Start(Order with { Amount = amount }, InTime);

            Assert.Contains(Stub.Requests, request => (request.Target + request.Text).Contains(amount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_order_is_sent_once()
    {
        Stub.Answer(StubAnswer.Html(502));
        await Provider.Start(Order, InTime);

        Assert.Single(Stub.Requests, request => request.Method == "POST");
    }

    /// <summary>On a connection that was kept, an HTTP client may silently send again what was cut off.</summary>
    [Fact]
    public async Task An_order_that_is_cut_off_on_a_kept_connection_is_sent_once()
    {
        Stub.Answer(NotKnown);
        await Provider.LookUp(Case, InTime);
        Stub.Forget();
        Stub.Answer(new StubAnswer.HangUp());

        Assert.IsType<ProviderAnswer.Unknown>(await Provider.Start(Order, InTime));
        Assert.Single(Stub.Requests);
    }

    [Theory]
    [InlineData(1, "JPY")]
    [InlineData(499_999, "JPY")]
    [InlineData(9_007_199_254_740_993, "JPY")]
    [InlineData(300, "USD")]
    public async Task Amount_and_currency_come_back_as_the_provider_says_them(long amount, string currency)
    {
        var at = Time.GetUtcNow().AddSeconds(-90);
        Stub.Answer(Taken(Order.Reference, amount, currency, at));

        var captured = Assert.IsType<ProviderAnswer.Captured>(await Provider.LookUp(Case, InTime));
        Assert.Equal((amount, currency, at), (captured.Amount, captured.Currency, captured.At));
        Assert.NotEmpty(captured.Reference);
    }

    [Fact]
    public async Task A_look_up_needs_our_reference_alone()
    {
        Stub.Answer(Taken(Order.Reference, Order.Amount, "JPY", Time.GetUtcNow()));
        Assert.IsType<ProviderAnswer.Captured>(await Provider.LookUp(Case with { Handle = null, ProviderReference = null }, InTime));
    }

    [Fact]
    public async Task Not_found_is_absent()
    {
        Stub.Answer(NotKnown);
        Assert.IsType<ProviderAnswer.Absent>(await Provider.LookUp(Case, InTime));
    }

    [Fact]
    public async Task A_page_that_says_not_found_is_not_the_provider_saying_so()
    {
        Stub.Answer(StubAnswer.Html(404));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.LookUp(Case, InTime));

        Stub.Answer(new StubAnswer.Reply(404, "application/json", []));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.LookUp(Case, InTime));
    }

    [Fact]
    public async Task A_customer_who_was_faster_than_the_cancel_has_paid()
    {
        var cancels = Needs<ICanCancel>();
        Stub.Answer(Taken(Order.Reference, Order.Amount, "JPY", Time.GetUtcNow()));

        Assert.IsType<ProviderAnswer.Captured>(await cancels.Cancel(Case, InTime));
    }

    [Fact]
    public async Task Payments_asked_for_at_once_are_not_mixed_up()
    {
        const int Many = 20;
        Stub.Answer(request => Enumerable.Range(1, Many)
            .Where(n => request.Whole.Contains($"pay_kit_{n:000}", StringComparison.Ordinal) || (HandleOf($"pay_kit_{n:000}") is { } handle && request.Whole.Contains(handle, StringComparison.Ordinal)))
            .Select(n => Taken($"pay_kit_{n:000}", n, "JPY", Time.GetUtcNow()))
            .Single());

        var answers = await Task.WhenAll(Enumerable.Range(1, Many).Select(n => Provider.LookUp(Case with { Reference = $"pay_kit_{n:000}", Handle = HandleOf($"pay_kit_{n:000}") ?? Handle }, InTime)));

        Assert.Equal(Enumerable.Range(1, Many).Select(n => (long)n), answers.Cast<ProviderAnswer.Captured>().Select(captured => captured.Amount));
    }

    [Fact]
    public async Task A_refund_that_worked_succeeds_or_is_on_its_way()
    {
        var refunds = Needs<ICanRefund>();
        Stub.Answer(Refunded(GivingBack("refund")));

        Assert.True(await refunds.Refund(GivingBack("refund"), InTime) is RefundAnswer.Succeeded or RefundAnswer.Pending);
        Assert.True(await refunds.LookUpRefund(GivingBack("refund"), InTime) is RefundAnswer.Succeeded or RefundAnswer.Pending);
    }

    [Fact]
    public async Task A_refund_goes_out_with_its_own_amount_and_reference()
    {
        var refunds = Needs<ICanRefund>();
        Stub.Answer(StubAnswer.Html(502));
        await refunds.Refund(GivingBack("refund") with { Amount = 457 }, InTime);

        var whole = Assert.Single(Stub.Requests, request => request.Method == "POST").Text;
        Assert.Contains("457", whole, StringComparison.Ordinal);
        Assert.Contains("rf_kit_01", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_that_is_not_found_is_absent()
    {
        var refunds = Needs<ICanRefund>();
        Stub.Answer(RefundNotKnown);

        Assert.IsType<RefundAnswer.Absent>(await refunds.LookUpRefund(GivingBack("refund"), InTime));
    }

    private long Lowest => Offered.LowestAmount;

    private long Highest => Offered.HighestAmount;

    private MethodAbility Offered => Provider.Abilities.Methods.First(way => way.Method == Order.Method && way.Presentation == Order.Presentation);
}
