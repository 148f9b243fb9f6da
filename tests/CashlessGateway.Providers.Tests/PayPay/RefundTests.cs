using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class RefundTests
{
    private static readonly StubAnswer Ours = PayPaySays.Refund("ref_0001", 300);

    [Theory]
    [InlineData("CREATED")]
    [InlineData("REFUNDED")]
    public async Task An_accepted_refund_succeeded_at_the_time_that_PayPay_says(string status)
    {
        var answer = await Refund(PayPaySays.Refund("ref_0001", 300, status));
        Assert.Equal(new RefundAnswer.Succeeded(DateTimeOffset.FromUnixTimeSeconds(1_597_893_536), "ref_0001"), answer);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("null")]
    public async Task A_time_that_is_not_set_is_no_time(string acceptedAt) =>
        Assert.Null(Assert.IsType<RefundAnswer.Succeeded>(await Refund(PayPaySays.Refund("ref_0001", 300, "CREATED", acceptedAt))).At);

    [Fact]
    public async Task A_failed_refund_is_pending_since_PayPay_tries_again_until_it_works() =>
        Assert.IsType<RefundAnswer.Pending>(await Refund(PayPaySays.Refund("ref_0001", 300, "REFUND_FAILED")));

    [Fact]
    public async Task The_order_names_the_payment_by_PayPays_number_and_tells_no_reason_of_a_clerk()
    {
        await using var world = await PayPayWorld.Open();
        await world.OnRefund(PayPaySays.Refund("ref_0001", 100)).Provider.Refund(world.GivingBack(amount: 100), world.InTime);

        Assert.Equal(
            $$"""
            {"merchantRefundId":"ref_0001","paymentId":"{{PayPaySays.PaymentId}}","amount":{"amount":100,"currency":"JPY"},"requestedAt":{{world.Time.GetUtcNow().ToUnixTimeSeconds()}},"reason":"refund"}
            """,
            Assert.Single(world.Stub.Requests).Text);
    }

    [Fact]
    public async Task A_repeated_order_is_the_same_request()
    {
        await using var world = await PayPayWorld.Open();
        var order = world.GivingBack();
        world.OnRefund(StubAnswer.Html(504), Ours);
        await world.Provider.Refund(order, world.InTime);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await world.Provider.Refund(order, world.InTime);

        Assert.Single(world.Stub.Requests.Select(request => request.Text).Distinct());
    }

    [Theory]
    [InlineData(400, "UNACCEPTABLE_OP", "00200014", "refund-limit")]
    [InlineData(400, "REFUND_LIMIT_EXCEEDED", "00200099", "refund-limit")]
    [InlineData(400, "UNACCEPTABLE_OP", "00200013", "cannot-be-refunded")]
    [InlineData(400, "INVALID_PARAMS", "00200015", "amount-not-allowed")]
    [InlineData(400, "INVALID_PARAMS", "00200004", "request-refused")]
    [InlineData(400, "CANCELED_USER", "01103027", "customer-left")]
    [InlineData(404, "RESOURCE_NOT_FOUND", "00200001", "payment-not-found")]
    [InlineData(400, "NO_SUFFICIENT_FUND", "00200098", "insufficient-funds")]
    [InlineData(500, "TRANSACTION_FAILED", "00200003", "transaction-failed")]
    public async Task What_PayPay_refuses_and_does_not_know_failed_under_a_stable_code(int status, string word, string id, string code)
    {
        var failed = Assert.IsType<RefundAnswer.Failed>(await Refund(PayPaySays.Error(status, word, id), PayPaySays.NoSuchRefund));
        Assert.Equal(code, failed.Code);
    }

    [Fact]
    public async Task A_repeat_that_is_refused_because_the_first_try_worked_succeeded() =>
        Assert.IsType<RefundAnswer.Succeeded>(await Refund(PayPaySays.Error(400, "UNACCEPTABLE_OP", "00200014"), Ours));

    [Fact]
    public async Task A_refusal_while_nobody_can_say_what_became_of_the_first_try_stays_in_doubt()
    {
        Assert.IsType<RefundAnswer.Unknown>(await Refund(PayPaySays.Error(400, "UNACCEPTABLE_OP", "00200014"), StubAnswer.Html(502)));
        Assert.IsType<RefundAnswer.Unknown>(await Refund(PayPaySays.Unauthorized, PayPaySays.Unauthorized));
    }

    [Fact]
    public async Task After_429_a_refund_that_PayPay_does_not_know_may_go_again() =>
        Assert.IsType<RefundAnswer.Absent>(await Refund(PayPaySays.RateLimit, PayPaySays.NoSuchRefund));

    [Theory]
    [InlineData("ref_another", 300)]
    [InlineData("ref_0001", 299)]
    public async Task An_answer_about_another_refund_or_amount_is_not_ours(string reference, long amount)
    {
        Assert.IsType<RefundAnswer.Unknown>(await Refund(PayPaySays.Refund(reference, amount)));
        Assert.IsType<RefundAnswer.Unknown>(await LookUp(PayPaySays.Refund(reference, amount)));
    }

    [Fact]
    public async Task A_status_that_is_not_documented_stays_in_doubt() =>
        Assert.IsType<RefundAnswer.Unknown>(await Refund(PayPaySays.Refund("ref_0001", 300, "REVERSED")));

    [Fact]
    public async Task Accepted_without_a_word_of_the_refund_stays_in_doubt() =>
        Assert.IsType<RefundAnswer.Unknown>(await Refund(PayPaySays.CancelAccepted));

    [Theory]
    [InlineData(404, "OPA_CLIENT_NOT_FOUND", "08100007")]
    [InlineData(404, "RESOURCE_NOT_FOUND", "00200001")]
    [InlineData(401, "UNAUTHORIZED", "08100016")]
    [InlineData(500, "NO_SUCH_REFUND_ORDER", "00200018")]
    public async Task Only_no_such_refund_is_absent(int status, string word, string id)
    {
        Assert.IsType<RefundAnswer.Absent>(await LookUp(PayPaySays.NoSuchRefund));
        Assert.IsType<RefundAnswer.Unknown>(await LookUp(PayPaySays.Error(status, word, id)));
    }

    [Theory]
    [InlineData("2026-11-21T10:00:00+09:00", "2027-11-21T23:59:59+09:00")]
    [InlineData("2026-11-21T15:00:00Z", "2027-11-22T23:59:59+09:00")]
    [InlineData("2028-02-29T10:00:00+09:00", "2029-02-28T23:59:59+09:00")]
    public async Task A_refund_is_open_until_the_end_of_day_365_in_Tokyo(string captured, string until)
    {
        await using var world = await PayPayWorld.Open();
        Assert.Equal(At(until), world.Provider.RefundsOf(new PaidWith("qr", "paypay"))!.Until(At(captured)));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("50", 50)]
    public async Task How_many_refunds_a_payment_may_have_is_a_matter_of_the_contract(string? setting, int most)
    {
        await using var world = setting is null ? await PayPayWorld.Open() : await PayPayWorld.Open(("MaxRefundsPerPayment", setting));
        Assert.Equal(most, world.Provider.RefundsOf(new PaidWith("qr", "paypay"))!.MostPerPayment);
        Assert.True(world.Provider.RefundsOf(new PaidWith("qr", "paypay"))!.Partial);
    }

    private static async Task<RefundAnswer> Refund(StubAnswer answer, params StubAnswer[] lookUps)
    {
        await using var world = await PayPayWorld.Open();
        return await world.OnRefund(answer).OnRefundLookUp(lookUps).Provider.Refund(world.GivingBack(), world.InTime);
    }

    private static async Task<RefundAnswer> LookUp(StubAnswer answer)
    {
        await using var world = await PayPayWorld.Open();
        return await world.OnRefundLookUp(answer).Provider.LookUpRefund(world.GivingBack(), world.InTime);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
