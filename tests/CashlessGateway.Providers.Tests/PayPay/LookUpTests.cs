using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class LookUpTests
{
    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("REFUNDED")]    // it was taken; the money went back later
    public async Task Paid_is_captured_as_PayPay_says_it(string status)
    {
        var answer = await Ask(PayPaySays.Details(PayPayWorld.Reference, status, 301, "JPY", 1_795_224_961));

        Assert.Equal(new ProviderAnswer.Captured(301, "JPY", DateTimeOffset.FromUnixTimeSeconds(1_795_224_961), PayPaySays.PaymentId), answer);
    }

    [Theory]
    [InlineData("CREATED")]
    [InlineData("AUTHORIZED")]
    [InlineData("REAUTHORIZING")]
    public async Task Not_yet_is_pending_as_told_before(string status) =>
        Assert.Equal(new ProviderAnswer.Pending(null, null), await Ask(PayPaySays.Details(PayPayWorld.Reference, status)));

    [Fact]
    public async Task A_code_that_ran_out_unpaid_stays_pending_since_PayPay_never_ends_it() =>
        Assert.Equal(new ProviderAnswer.Pending(null, null), await Ask(PayPaySays.Unpaid));

    [Fact]
    public async Task Failed_is_declined() =>
        Assert.Equal("failed", Assert.IsType<ProviderAnswer.Declined>(await Ask(PayPaySays.Details(PayPayWorld.Reference, "FAILED"))).Code);

    [Fact]
    public async Task Canceled_and_expired_are_what_they_say()
    {
        Assert.Equal(new ProviderAnswer.Cancelled(CancelledBy.Merchant), await Ask(PayPaySays.Details(PayPayWorld.Reference, "CANCELED")));
        Assert.IsType<ProviderAnswer.Expired>(await Ask(PayPaySays.Details(PayPayWorld.Reference, "EXPIRED")));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Not_found_is_told_by_the_id_whatever_the_status(int status) =>
        Assert.IsType<ProviderAnswer.Absent>(await Ask(PayPaySays.Error(status, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075")));

    [Theory]
    [InlineData(404, "OPA_CLIENT_NOT_FOUND", "08100007")]
    [InlineData(401, "UNAUTHORIZED", "08100016")]
    [InlineData(401, "OP_OUT_OF_SCOPE", "08100023")]
    [InlineData(429, "RATE_LIMIT", "08100998")]
    [InlineData(400, "INVALID_REQUEST_PARAMS", "08100006")]
    [InlineData(500, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075")]
    [InlineData(500, "TRANSACTION_FAILED", "00200002")]
    [InlineData(503, "MAINTENANCE_MODE", "08100999")]
    public async Task Could_not_ask_is_not_not_found(int status, string word, string id) =>
        Assert.IsType<ProviderAnswer.Unknown>(await Ask(PayPaySays.Error(status, word, id)));

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(203)]
    public async Task Any_good_status_will_do(int status)
    {
        var details = (StubAnswer.Reply)PayPaySays.Details(PayPayWorld.Reference, "COMPLETED");
        Assert.IsType<ProviderAnswer.Captured>(await Ask(details with { Status = status }));
    }

    [Theory]
    [InlineData("\"amount\":300,", "\"amount\":\"300\",")]
    [InlineData("\"amount\":300,", "\"amount\":300.0,")]
    [InlineData("\"amount\":300,", "\"amount\":3e2,")]
    [InlineData("\"amount\":300,", "\"amount\":9223372036854775808,")]
    [InlineData("\"amount\":300,", "\"amount\":null,")]
    [InlineData("\"amount\":300,", "\"amount\":0,")]
    [InlineData("\"amount\":300,", "\"amount\":-300,")]
    [InlineData("\"amount\":300,", "\"amount\":300,\"amount\":3000,")]
    [InlineData("\"amount\":300,", "")]
    [InlineData("\"currency\":\"JPY\"},\"requestedAt\"", "\"currency\":\"\"},\"requestedAt\"")]
    [InlineData("\"currency\":\"JPY\"},\"requestedAt\"", "\"currency\":392},\"requestedAt\"")]
    [InlineData("\"acceptedAt\":1795224961", "\"acceptedAt\":0")]
    [InlineData("\"acceptedAt\":1795224961", "\"acceptedAt\":null")]
    [InlineData("\"acceptedAt\":1795224961", "\"acceptedAt\":1795224961000")]
    [InlineData("\"acceptedAt\":1795224961", "\"acceptedAt\":\"2026-11-21\"")]
    [InlineData("\"acceptedAt\":1795224961", "\"acceptedAt\":-1")]
    [InlineData("\"paymentId\":\"04567890123456789012\"", "\"paymentId\":null")]
    [InlineData("\"paymentId\":\"04567890123456789012\"", "\"paymentId\":\"\"")]
    [InlineData("\"paymentId\":\"04567890123456789012\"", "\"paymentId\":4567890123456789012")]
    [InlineData("\"status\":\"COMPLETED\"", "\"status\":\"completed\"")]
    [InlineData("\"status\":\"COMPLETED\"", "\"status\":\"PAID\"")]
    [InlineData("\"status\":\"COMPLETED\"", "\"status\":null")]
    [InlineData("\"status\":\"COMPLETED\"", "\"status\":\"\\ud800\"")]
    [InlineData("\"status\":\"COMPLETED\"", "\"status\":\"COMPLETED\",\"status\":\"CREATED\"")]
    [InlineData("\"merchantPaymentId\":\"pay_", "\"merchantPaymentId\":\"another_")]
    [InlineData("\"codeId\":\"08100001\"", "\"codeId\":\"08100002\"")]
    [InlineData("\"code\":\"SUCCESS\"", "\"code\":\"REQUEST_ACCEPTED\"")]
    [InlineData("\"resultInfo\"", "\"result\"")]
    public async Task A_field_that_is_missing_or_odd_is_never_guessed(string right, string wrong)
    {
        var details = (StubAnswer.Reply)PayPaySays.Details(PayPayWorld.Reference, "COMPLETED");
        var text = System.Text.Encoding.UTF8.GetString(details.Body);
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.IsType<ProviderAnswer.Unknown>(await Ask(StubAnswer.Json(200, text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Doubt_says_what_was_tried_and_what_came_back() => Assert.Equal(
        $"GET /v2/codes/payments/{PayPayWorld.Reference}: 503 MAINTENANCE_MODE (08100999)",
        Assert.IsType<ProviderAnswer.Unknown>(await Ask(PayPaySays.Error(503, "MAINTENANCE_MODE", "08100999"))).Why);

    [Fact]
    public async Task A_word_of_PayPay_that_is_no_word_is_not_passed_on() => Assert.Equal(
        $"GET /v2/codes/payments/{PayPayWorld.Reference}: 400 with an answer that cannot be read",
        Assert.IsType<ProviderAnswer.Unknown>(await Ask(PayPaySays.Error(400, "山田 太郎", "08100006"))).Why);

    private static async Task<ProviderAnswer> Ask(StubAnswer answer)
    {
        await using var world = await PayPayWorld.Open();
        return await world.OnLookUp(answer).Provider.LookUp(world.Case, world.InTime);
    }
}
