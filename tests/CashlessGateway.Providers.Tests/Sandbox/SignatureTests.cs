using System.Net;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class SignatureTests
{
    private static readonly SandboxMerchant Doc = new("APIKeyGenerated", "APIKeySecretGenerated", "doc", "文書");
    private static readonly SandboxMerchant Help = new("sample_key", "sample_secret", "help", "ヘルプ");

    private const string DocBody = """{"sampleRequestBodyKey1":"sampleRequestBodyValue1","sampleRequestBodyKey2":"sampleRequestBodyValue2"}""";

    private const string HelpBody =
        "{\n    \"merchantPaymentId\": \"TEST_QR_Payment\",\n    \"amount\": {\n        \"amount\":10,\n        \"currency\": \"JPY\"\n    },\n"
        + "    \"codeType\": \"ORDER_QR\",\n    \"isAuthorization\":false,\n    \"redirectUrl\":\"https://about.paypay.ne.jp/\",\n    \"redirectType\":\"WEB_LINK\"\n}";

    private const string HelpHeader = "hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==";

    [Fact]
    public async Task The_published_post_of_the_documents_is_signed_right_and_only_lacks_its_fields()
    {
        await using var shop = await OpenAt(1579843452, Doc);
        var answer = await shop.Api.Send(
            HttpMethod.Post,
            "/v2/codes",
            "hmac OPA-Auth:APIKeyGenerated:NW1jKIMnzR7tEhMWtcJcaef+nFVBt7jjAGcVuxHhchc=:acd028:1579843452:1j0FnY4flNp5CtIKa7x9MQ==",
            Encoding.UTF8.GetBytes(DocBody),
            "application/json;charset=UTF-8;");
        answer.Says(HttpStatusCode.BadRequest, "MISSING_REQUEST_PARAMS", "08100024");
    }

    [Fact]
    public async Task The_published_post_of_the_help_page_makes_a_code()
    {
        await using var shop = await OpenAt(1743138611, Help);
        var answer = await shop.Api.Send(HttpMethod.Post, "/v2/codes", HelpHeader, Encoding.UTF8.GetBytes(HelpBody), ApiClient.Json);
        answer.Says(HttpStatusCode.Created, "SUCCESS", "08100001");
        Assert.Equal("TEST_QR_Payment", answer.Field("merchantPaymentId"));
    }

    [Fact]
    public async Task The_published_get_of_the_help_page_is_signed_right()
    {
        await using var shop = await OpenAt(1743139337, Help);
        var answer = await shop.Api.Send(
            HttpMethod.Get,
            "/v2/payments/TEST_merchantPaymentID",
            "hmac OPA-Auth:sample_key:JbUZwAUKeQ+WDClEjkCGwYG/juFR+Dd5RK5AfL0gK9w=:a360e2:1743139337:empty",
            [],
            "");
        answer.Says(HttpStatusCode.BadRequest, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("Application/json")]
    public async Task Another_content_type_than_the_signed_one_is_refused(string sent)
    {
        await using var shop = await OpenAt(1743138611, Help);
        var answer = await shop.Api.Send(HttpMethod.Post, "/v2/codes", HelpHeader, Encoding.UTF8.GetBytes(HelpBody), sent);
        answer.Says(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "08100016");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer abc")]
    [InlineData("hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611")]
    [InlineData("hmac OPA-Auth:other_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==")]
    [InlineData("hmac OPA-Auth:sample_key:D2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==")]
    [InlineData("hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:U9wzkv1tUWIxzIHQUT7iDQ==")]
    [InlineData("hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa5:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==")]
    public async Task A_wrong_header_is_refused(string header)
    {
        await using var shop = await OpenAt(1743138611, Help);
        var answer = await shop.Api.Send(HttpMethod.Post, "/v2/codes", header, Encoding.UTF8.GetBytes(HelpBody), ApiClient.Json);
        answer.Says(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "08100016");
        Assert.Equal(JsonValueKind.Null, answer.Data.ValueKind);
        Assert.Empty(shop.PayPay.Truth());
    }

    [Theory]
    [InlineData(-120, HttpStatusCode.Created)]
    [InlineData(120, HttpStatusCode.Created)]
    [InlineData(-121, HttpStatusCode.Unauthorized)]
    [InlineData(121, HttpStatusCode.Unauthorized)]
    public async Task A_clock_may_be_two_minutes_off_and_no_more(int seconds, HttpStatusCode expected)
    {
        await using var shop = await OpenAt(1743138611 + seconds, Help);
        var answer = await shop.Api.Send(HttpMethod.Post, "/v2/codes", HelpHeader, Encoding.UTF8.GetBytes(HelpBody), ApiClient.Json);
        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Two_merchants_under_one_key_are_told_apart_and_never_see_each_other()
    {
        var east = new SandboxMerchant("key", "secret", "east", "東市");
        var west = new SandboxMerchant("key", "secret", "west", "西市");
        await using var shop = await Shop.Open(options => options with { Merchants = [east, west] });
        await shop.Api.Create("E-1");

        Assert.Equal(HttpStatusCode.Created, (await shop.Api.Get("E-1")).Status);
        Assert.Equal("01652075", (await shop.Api.Call(HttpMethod.Get, "/v2/codes/payments/E-1", assume: "west")).CodeId);
        Assert.Equal("08100023", (await shop.Api.Call(HttpMethod.Get, "/v2/codes/payments/E-1", assume: "north")).CodeId);
    }

    private static Task<Shop> OpenAt(long epoch, SandboxMerchant merchant) =>
        Shop.Open(options => options with { Merchants = [merchant] }, new ManualTime(DateTimeOffset.FromUnixTimeSeconds(epoch)));
}
