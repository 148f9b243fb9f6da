using System.Net;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

/// <summary>The stand-in takes no request that Square would not take.</summary>
public sealed class StrictnessTests
{
    private const string Checkouts = "/v2/terminals/checkouts";

    [Theory]
    [InlineData("\"note\"", "\"notes\"", "UNKNOWN_BODY_PARAMETER checkout.notes")]
    [InlineData("\"idempotency_key\"", "\"key\"", "UNKNOWN_BODY_PARAMETER key")]
    [InlineData("\"idempotency_key\":\"28a0c3bc-7839-11ea-bc55-0242ac130003\",", "", "MISSING_REQUIRED_PARAMETER idempotency_key")]
    [InlineData("28a0c3bc-7839-11ea-bc55-0242ac130003", "12345678901234567890123456789012345678901234567890123456789012345", "VALUE_TOO_LONG idempotency_key")]
    [InlineData("R08_1", "12345678901234567890123456789012345678901", "VALUE_TOO_LONG checkout.reference_id")]
    [InlineData("\"amount\":300", "\"amount\":\"300\"", "EXPECTED_INTEGER checkout.amount_money.amount")]
    [InlineData("\"amount\":300", "\"amount\":300.5", "EXPECTED_INTEGER checkout.amount_money.amount")]
    [InlineData("\"amount\":300", "\"amount\":0", "VALUE_TOO_LOW checkout.amount_money.amount")]
    [InlineData("\"amount\":300,", "", "MISSING_REQUIRED_PARAMETER checkout.amount_money.amount")]
    [InlineData("JPY", "USD", "UNSUPPORTED_CURRENCY checkout.amount_money.currency")]
    [InlineData("CARD_PRESENT", "EDY", "INVALID_ENUM_VALUE checkout.payment_type")]
    [InlineData("901CS145A9000001", "unknown", "INVALID_VALUE checkout.device_options.device_id")]
    [InlineData("\"device_id\":\"901CS145A9000001\",", "", "MISSING_REQUIRED_PARAMETER checkout.device_options.device_id")]
    [InlineData("\"skip_receipt_screen\":true", "\"skip_receipt_screen\":\"true\"", "EXPECTED_BOOLEAN checkout.device_options.skip_receipt_screen")]
    [InlineData("\"note\":\"住民票の写し\"", "\"note\":\"\"", "VALUE_EMPTY checkout.note")]
    [InlineData("\"note\":\"住民票の写し\"", "\"note\":7", "EXPECTED_STRING checkout.note")]
    [InlineData("\"note\":\"住民票の写し\"", "\"deadline_duration\":\"PT6M\"", "INVALID_VALUE checkout.deadline_duration")]
    [InlineData("{\"idempotency_key\"", "[{\"idempotency_key\"", "EXPECTED_JSON_BODY")]
    public async Task A_request_that_is_not_as_documented_is_refused_with_its_field(string from, string to, string said)
    {
        await using var till = await Till.Open();
        Assert.Equal(said, await till.Refused(HttpMethod.Post, Checkouts, Till.Checkout().Replace(from, to, StringComparison.Ordinal)));
        Assert.Empty(till.Square.Truth());
    }

    [Fact]
    public async Task Without_the_right_token_nothing_is_answered()
    {
        await using var till = await Till.Open();
        till.Token = "wrong";
        Assert.Equal(HttpStatusCode.Unauthorized, (await till.Post(Checkouts, Till.Checkout())).Status);
        Assert.Equal("UNAUTHORIZED", await till.Refused(HttpMethod.Get, "/v2/payments"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("latest")]
    public async Task Without_a_version_nothing_is_answered(string? version)
    {
        await using var till = await Till.Open();
        till.Version = version;
        Assert.Equal("INVALID_SQUARE_VERSION_FORMAT", await till.Refused(HttpMethod.Get, "/v2/payments"));
    }

    [Fact]
    public async Task A_body_that_does_not_call_itself_json_is_refused()
    {
        await using var till = await Till.Open();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await till.Send(HttpMethod.Post, Checkouts, Till.Checkout(), "text/plain")).Status);
    }

    [Theory]
    [InlineData("/v2/payments?reference_id=x", "UNKNOWN_QUERY_PARAMETER reference_id")]
    [InlineData("/v2/payments?begin_time=yesterday", "INVALID_TIME begin_time")]
    [InlineData("/v2/payments?sort_order=UP", "INVALID_SORT_ORDER sort_order")]
    [InlineData("/v2/payments?cursor=made-up", "INVALID_CURSOR cursor")]
    [InlineData("/v2/payments?location_id=LOTHER", "FORBIDDEN location_id")]
    [InlineData("/v2/refunds?payment_id=x", "UNKNOWN_QUERY_PARAMETER payment_id")]
    [InlineData("/v2/payouts?from=x", "UNKNOWN_QUERY_PARAMETER from")]
    [InlineData("/v2/payouts/po_x/payout-entries", "NOT_FOUND")]
    [InlineData("/v2/terminals/checkouts/x", "NOT_FOUND")]
    [InlineData("/v2/payments/x", "NOT_FOUND")]
    [InlineData("/v2/refunds/x", "NOT_FOUND")]
    [InlineData("/v2/devices/codes/x", "NOT_FOUND")]
    [InlineData("/v2/locations/LOTHER", "NOT_FOUND")]
    public async Task A_question_that_is_not_as_documented_is_refused(string path, string said)
    {
        await using var till = await Till.Open();
        Assert.Equal(said, await till.Refused(HttpMethod.Get, path));
    }

    [Theory]
    [InlineData("""{"query":{"filter":{"reference_id":"x"}}}""", "UNKNOWN_BODY_PARAMETER query.filter.reference_id")]
    [InlineData("""{"query":{"filter":{"status":"PAID"}}}""", "INVALID_ENUM_VALUE query.filter.status")]
    [InlineData("""{"query":{"filter":{"created_at":{"start_at":"today"}}}}""", "INVALID_TIME query.filter.created_at.start_at")]
    [InlineData("""{"cursor":"made-up"}""", "INVALID_CURSOR cursor")]
    public async Task A_search_that_is_not_as_documented_is_refused(string body, string said)
    {
        await using var till = await Till.Open();
        Assert.Equal(said, await till.Refused(HttpMethod.Post, Checkouts + "/search", body));
    }

    [Theory]
    [InlineData("""{"idempotency_key":"k","device_code":{"name":"x"} }""", "MISSING_REQUIRED_PARAMETER device_code.product_type")]
    [InlineData("""{"idempotency_key":"k","device_code":{"product_type":"TERMINAL_API","location_id":"LOTHER"} }""", "INVALID_LOCATION device_code.location_id")]
    public async Task A_code_that_is_not_as_documented_is_refused(string body, string said)
    {
        await using var till = await Till.Open();
        Assert.Equal(said, await till.Refused(HttpMethod.Post, "/v2/devices/codes", body));
    }
}
