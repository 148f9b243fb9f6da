using System.Globalization;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class StartTests
{
    [Fact]
    public async Task A_code_is_shown_until_PayPay_says_and_its_id_is_kept()
    {
        await using var world = await PayPayWorld.Open();
        var answer = await Start(world, PayPaySays.Code(PayPayWorld.Reference, 300));

        Assert.Equal(new ProviderAnswer.Pending(new ProviderAction.ShowCode(PayPaySays.CodeUrl, PayPaySays.CodeEnd), PayPaySays.CodeId), answer);
    }

    [Fact]
    public async Task The_order_says_who_pays_what_where_and_nothing_else()
    {
        await using var world = await PayPayWorld.Open();
        await Start(world, PayPaySays.Code(PayPayWorld.Reference, 300));

        Assert.Equal(
            $$"""
            {"merchantPaymentId":"{{PayPayWorld.Reference}}","amount":{"amount":300,"currency":"JPY"},"codeType":"ORDER_QR","orderDescription":"住民票の写し","storeId":"S001","terminalId":"T01","requestedAt":{{world.Time.GetUtcNow().ToUnixTimeSeconds()}}}
            """,
            Assert.Single(world.Stub.Requests).Text);
    }

    [Fact]
    public async Task A_page_to_come_back_to_is_sent_when_there_is_one()
    {
        await using var world = await PayPayWorld.Open();
        world.OnCode(PayPaySays.Code(PayPayWorld.Reference, 300));
        await world.Provider.Start(world.Order with { ReturnUrl = new Uri("https://pay.example.jp/back?x=1") }, world.InTime);

        var body = JsonDocument.Parse(Assert.Single(world.Stub.Requests).Body).RootElement;
        Assert.Equal("https://pay.example.jp/back?x=1", body.GetProperty("redirectUrl").GetString());
        Assert.Equal("WEB_LINK", body.GetProperty("redirectType").GetString());
    }

    [Theory]
    [InlineData("あ", 255)]
    [InlineData("𠮷", 127)]           // two chars each
    [InlineData("か\u3099", 127)]     // two code points, one character for people
    [InlineData("👨‍👩‍👧‍👦", 23)]        // eleven chars each
    public async Task A_long_description_is_cut_between_characters(string character, int left)
    {
        await using var world = await PayPayWorld.Open();
        world.OnCode(PayPaySays.Code(PayPayWorld.Reference, 300));
        await world.Provider.Start(world.Order with { Description = string.Concat(Enumerable.Repeat(character, 300)) }, world.InTime);

        var sent = JsonDocument.Parse(Assert.Single(world.Stub.Requests).Body).RootElement.GetProperty("orderDescription").GetString();
        Assert.Equal(string.Concat(Enumerable.Repeat(character, left)), sent);
    }

    [Fact]
    public async Task Broken_text_in_an_order_does_not_stop_it()
    {
        await using var world = await PayPayWorld.Open();
        world.OnCode(PayPaySays.Code(PayPayWorld.Reference, 300));

        Assert.IsType<ProviderAnswer.Pending>(await world.Provider.Start(world.Order with { Description = "half \ud842 pair", PlaceCode = "" }, world.InTime));
    }

    [Theory]
    [InlineData("card", "terminal")]
    [InlineData("qr", "customerCode")]
    public async Task Another_way_to_pay_is_declined_without_asking(string method, string presentation)
    {
        await using var world = await PayPayWorld.Open();
        var answer = await world.Provider.Start(world.Order with { Method = method, Presentation = presentation }, world.InTime);

        Assert.Equal("method-not-offered", Assert.IsType<ProviderAnswer.Declined>(answer).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Theory]
    [InlineData(400, "INVALID_REQUEST_PARAMS", "08100006", "request-refused")]
    [InlineData(400, "MISSING_REQUEST_PARAMS", "08100024", "request-refused")]
    [InlineData(400, "DYNAMIC_QR_BAD_REQUEST", "01650000", "request-refused")]
    [InlineData(400, "A_WORD_OF_NEXT_YEAR", "99999999", "request-refused")]
    [InlineData(401, "UNAUTHORIZED", "08100016", "unauthorized")]
    [InlineData(401, "OP_OUT_OF_SCOPE", "08100023", "out-of-scope")]
    [InlineData(404, "OPA_CLIENT_NOT_FOUND", "08100007", "client-not-found")]
    [InlineData(500, "TRANSACTION_FAILED", "00200002", "transaction-failed")]
    [InlineData(500, "TRANSACTION_FAILED", "00800017", "transaction-failed")]
    public async Task What_PayPay_refuses_is_declined_under_a_stable_code(int status, string word, string id, string code)
    {
        await using var world = await PayPayWorld.Open();
        var declined = Assert.IsType<ProviderAnswer.Declined>(await Start(world, PayPaySays.Error(status, word, id)));

        Assert.Equal(code, declined.Code);
        Assert.Equal($"POST /v2/codes: {status} {word} ({id})", declined.Detail);
    }

    [Theory]
    [InlineData(500, "SERVICE_ERROR", "08100026")]
    [InlineData(500, "INTERNAL_SERVER_ERROR", "08101000")]
    [InlineData(500, "INTERNAL_SERVER_ERROR", "00200034")]
    [InlineData(503, "MAINTENANCE_MODE", "08100999")]
    [InlineData(502, "UNAUTHORIZED", "08100016")]
    [InlineData(408, "REQUEST_TIMEOUT", "08100111")]
    [InlineData(409, "CONFLICT", "08100112")]
    [InlineData(400, "SUCCESS", "08100001")]
    [InlineData(200, "INVALID_REQUEST_PARAMS", "08100006")]
    [InlineData(202, "USER_CONFIRMATION_REQUIRED", "08300103")]
    public async Task What_may_have_worked_stays_in_doubt(int status, string word, string id)
    {
        await using var world = await PayPayWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await Start(world, PayPaySays.Error(status, word, id)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_refusal_without_PayPays_envelope_is_a_proxys_and_stays_in_doubt(int status)
    {
        await using var world = await PayPayWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await Start(world, StubAnswer.Html(status)));
    }

    [Theory]
    [InlineData("codeId", "null")]
    [InlineData("codeId", "\"../payments/x\"")]
    [InlineData("url", "null")]
    [InlineData("url", "\"not an address\"")]
    [InlineData("expiryDate", "0")]
    [InlineData("expiryDate", "\"1600310646\"")]
    [InlineData("expiryDate", "1600310646000")]     // milliseconds
    [InlineData("merchantPaymentId", "\"pay_another\"")]
    [InlineData("amount", "{\"amount\":301,\"currency\":\"JPY\"}")]
    [InlineData("amount", "{\"amount\":\"300\",\"currency\":\"JPY\"}")]
    public async Task A_code_that_is_not_quite_ours_is_not_shown(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["codeId"] = "\"04-DXod9mVD0nFX5dyp\"",
            ["url"] = "\"https://qr.example/x\"",
            ["expiryDate"] = "1795224961",
            ["merchantPaymentId"] = $"\"{PayPayWorld.Reference}\"",
            ["amount"] = """{"amount":300,"currency":"JPY"}""",
        };
        await using var world = await PayPayWorld.Open();
        Assert.IsType<ProviderAnswer.Pending>(await Start(world, PayPaySays.Success(Object(fields))));

        fields[field] = value;
        Assert.IsType<ProviderAnswer.Unknown>(await Start(world, PayPaySays.Success(Object(fields))));
    }

    [Fact]
    public async Task A_duplicate_that_was_paid_is_captured()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Details(PayPayWorld.Reference, "COMPLETED"));

        Assert.IsType<ProviderAnswer.Captured>(await Start(world, PayPaySays.Duplicate));
    }

    [Fact]
    public async Task A_duplicate_that_was_not_paid_stays_in_doubt_since_its_code_was_never_shown()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid);

        var unknown = Assert.IsType<ProviderAnswer.Unknown>(await Start(world, PayPaySays.Duplicate));
        Assert.Equal("the code was made but its address was lost; nobody can pay it", unknown.Why);
    }

    [Fact]
    public async Task After_429_the_same_request_is_sent_again()
    {
        await using var world = await PayPayWorld.Open();
        Assert.IsType<ProviderAnswer.Pending>(await Start(world, PayPaySays.RateLimit, PayPaySays.RateLimit, PayPaySays.Code(PayPayWorld.Reference, 300)));

        Assert.Equal(3, world.Stub.Requests.Count);
        Assert.Single(world.Stub.Requests.Select(request => request.Text).Distinct());
    }

    [Fact]
    public async Task A_third_429_is_a_refusal_since_nothing_was_executed()
    {
        await using var world = await PayPayWorld.Open();

        Assert.Equal("rate-limited", Assert.IsType<ProviderAnswer.Declined>(await Start(world, PayPaySays.RateLimit)).Code);
        Assert.Equal(3, world.Stub.Requests.Count);
    }

    [Fact]
    public async Task Doubt_after_a_429_stays_doubt()
    {
        await using var world = await PayPayWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await Start(world, PayPaySays.RateLimit, StubAnswer.Html(504)));
        Assert.Equal(2, world.Stub.Requests.Count);
    }

    [Fact]
    public async Task Silence_until_the_limit_says_that_no_answer_came_in_time()
    {
        await using var world = await PayPayWorld.Open();
        using var limit = new CancellationTokenSource();
        world.OnCode(new StubAnswer.Silence(limit.Cancel));

        var unknown = Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Start(world.Order, limit.Token));
        Assert.Equal("POST /v2/codes: no answer in time", unknown.Why);
    }

    private static async Task<ProviderAnswer> Start(PayPayWorld world, params StubAnswer[] answers) =>
        await world.OnCode(answers).Provider.Start(world.Order, world.InTime);

    private static string Object(Dictionary<string, string> fields) =>
        string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Value}"))}}}");
}
