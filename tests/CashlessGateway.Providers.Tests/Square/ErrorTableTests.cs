namespace CashlessGateway.Providers.Tests.Square;

/// <summary>Each row of Square's error table, met by a start.</summary>
public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "unauthorized")]
    [InlineData(401, "AUTHENTICATION_ERROR", "ACCESS_TOKEN_EXPIRED", "unauthorized")]
    [InlineData(401, "AUTHENTICATION_ERROR", "ACCESS_TOKEN_REVOKED", "unauthorized")]
    [InlineData(401, "AUTHENTICATION_ERROR", "CLIENT_DISABLED", "unauthorized")]
    [InlineData(403, "AUTHENTICATION_ERROR", "FORBIDDEN", "not-permitted")]
    [InlineData(403, "AUTHENTICATION_ERROR", "INSUFFICIENT_SCOPES", "not-permitted")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "BAD_REQUEST", "request-refused")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "MISSING_REQUIRED_PARAMETER", "request-refused")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "A_WORD_OF_TOMORROW", "request-refused")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "INVALID_LOCATION", "wrong-location")]
    [InlineData(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "not-found")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "PAYMENT_SOURCE_NOT_ENABLED_FOR_TARGET", "method-not-offered")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "AMOUNT_TOO_HIGH", "amount-not-allowed")]
    [InlineData(402, "PAYMENT_METHOD_ERROR", "GENERIC_DECLINE", "declined")]
    [InlineData(402, "PAYMENT_METHOD_ERROR", "CARD_DECLINED", "declined")]
    [InlineData(402, "PAYMENT_METHOD_ERROR", "INSUFFICIENT_FUNDS", "insufficient-funds")]
    [InlineData(400, "MERCHANT_SUBSCRIPTION_ERROR", "MERCHANT_SUBSCRIPTION_NOT_FOUND", "subscription-needed")]
    [InlineData(429, "RATE_LIMIT_ERROR", "RATE_LIMITED", "rate-limited")]
    public async Task A_refusal_of_Square_declines(int status, string category, string code, string said)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Error(status, category, code));
        Assert.Equal(said, Assert.IsType<ProviderAnswer.Declined>(await world.Start()).Code);
    }

    [Theory]
    [InlineData(500, "API_ERROR", "INTERNAL_SERVER_ERROR")]
    [InlineData(502, "API_ERROR", "BAD_GATEWAY")]
    [InlineData(503, "API_ERROR", "SERVICE_UNAVAILABLE")]
    [InlineData(504, "API_ERROR", "GATEWAY_TIMEOUT")]
    [InlineData(400, "API_ERROR", "TEMPORARY_ERROR")]
    [InlineData(408, "INVALID_REQUEST_ERROR", "REQUEST_TIMEOUT")]
    [InlineData(409, "INVALID_REQUEST_ERROR", "CONFLICT")]
    [InlineData(400, "INVALID_REQUEST_ERROR", "VERSION_MISMATCH")]
    [InlineData(400, "EXTERNAL_VENDOR_ERROR", "GENERIC_DECLINE")]
    [InlineData(400, "A_CATEGORY_OF_TOMORROW", "BAD_REQUEST")]
    [InlineData(500, "PAYMENT_METHOD_ERROR", "CARD_DECLINED")]
    [InlineData(200, "PAYMENT_METHOD_ERROR", "CARD_DECLINED")]
    [InlineData(400, "invalid request", "BAD_REQUEST")]
    public async Task What_leaves_it_open_is_unknown(int status, string category, string code)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Error(status, category, code));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Start());
    }

    [Fact]
    public async Task One_open_error_among_several_leaves_it_open()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, Kit.StubAnswer.Json(
            400, """{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"BAD_REQUEST"},{"category":"API_ERROR","code":"INTERNAL_SERVER_ERROR"}]}"""));
        Assert.IsType<ProviderAnswer.Unknown>(await world.Start());
    }

    [Fact]
    public async Task Squares_sentence_is_not_passed_on()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Error(400, "INVALID_REQUEST_ERROR", "BAD_REQUEST"));
        Assert.DoesNotContain("for people", (await world.Start()).ToString(), StringComparison.Ordinal);
    }
}
