using System.Net;
using System.Text.Json.Nodes;
using CashlessGateway.Providers.Tests.Sandbox.World;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class CodeTests
{
    [Fact]
    public async Task A_new_code_has_an_address_an_end_and_the_items_with_an_underscore()
    {
        await using var shop = await Shop.Open();
        var answer = await shop.Api.Create("R08-000123-1", 300, body => body["orderItems"] = new JsonArray(Item()));

        answer.Says(HttpStatusCode.Created, "SUCCESS", "08100001");
        Assert.Matches("^04-[A-Za-z0-9]{16}$", answer.Field("codeId"));
        Assert.Equal($"{shop.Host.Address}pay/{answer.Field("codeId")}", answer.Field("url"));
        Assert.Equal("paypay://payment?link_key=" + Uri.EscapeDataString(answer.Field("url")), answer.Field("deeplink"));
        Assert.Equal(shop.Time.GetUtcNow().ToUnixTimeSeconds() + 300, answer.Data.GetProperty("expiryDate").GetInt64());
        Assert.Equal(300, answer.Data.GetProperty("orderItems")[0].GetProperty("unit_price").GetProperty("amount").GetInt64());
        Assert.Equal("ORDER_QR", answer.Field("codeType"));
    }

    [Fact]
    public async Task Of_an_unpaid_code_only_the_state_and_two_zeros_are_told()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        var expected = """{"status":"CREATED","acceptedAt":0,"requestedAt":0}""";
        Assert.Equal(expected, (await shop.Api.Get("A")).Data.GetRawText());
        shop.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(expected, (await shop.Api.Get("A")).Data.GetRawText());
    }

    [Fact]
    public async Task A_number_can_be_used_once()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        (await shop.Api.Create("A")).Says(HttpStatusCode.BadRequest, "DUPLICATE_DYNAMIC_QR_REQUEST", "01652073");
    }

    [Fact]
    public async Task An_unknown_number_is_404_for_codes_and_400_for_payments()
    {
        await using var shop = await Shop.Open();
        (await shop.Api.Get("A")).Says(HttpStatusCode.NotFound, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075");
        (await shop.Api.GetNative("A")).Says(HttpStatusCode.BadRequest, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075");
    }

    [Theory]
    [InlineData("merchantPaymentId", "\"has space\"")]
    [InlineData("merchantPaymentId", "\"R08/1\"")]
    [InlineData("merchantPaymentId", "\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg\"")]
    [InlineData("merchantPaymentId", "7")]
    [InlineData("amount", """{"amount":0,"currency":"JPY"}""")]
    [InlineData("amount", """{"amount":-1,"currency":"JPY"}""")]
    [InlineData("amount", """{"amount":"300","currency":"JPY"}""")]
    [InlineData("amount", """{"amount":300.5,"currency":"JPY"}""")]
    [InlineData("amount", """{"amount":100000000000,"currency":"JPY"}""")]
    [InlineData("amount", """{"amount":300,"currency":"USD"}""")]
    [InlineData("codeType", "\"QR\"")]
    [InlineData("redirectType", "\"LINK\"")]
    [InlineData("requestedAt", "1795224961000")]
    [InlineData("orderItems", """[{"name":"a","quantity":0,"unitPrice":{"amount":1,"currency":"JPY"}}]""")]
    [InlineData("orderItems", "[7]")]
    [InlineData("metadata", "[]")]
    public async Task A_field_of_the_wrong_kind_is_refused(string field, string value)
    {
        await using var shop = await Shop.Open();
        var answer = await shop.Api.Create("A", change: body => body[field] = JsonNode.Parse(value));
        answer.Says(HttpStatusCode.BadRequest, "INVALID_REQUEST_PARAMS", "08100006");
    }

    [Theory]
    [InlineData("orderDescription")]
    [InlineData("storeId")]
    [InlineData("storeInfo")]
    [InlineData("terminalId")]
    public async Task A_text_has_at_most_255_letters(string field)
    {
        await using var shop = await Shop.Open();
        Assert.Equal(HttpStatusCode.Created, (await shop.Api.Create("A", change: body => body[field] = new string('市', 255))).Status);
        Assert.Equal("08100006", (await shop.Api.Create("B", change: body => body[field] = new string('市', 256))).CodeId);
    }

    [Theory]
    [InlineData("merchantPaymentId")]
    [InlineData("amount")]
    [InlineData("codeType")]
    public async Task A_missing_field_is_named(string field)
    {
        await using var shop = await Shop.Open();
        (await shop.Api.Create("A", change: body => body.Remove(field))).Says(HttpStatusCode.BadRequest, "MISSING_REQUEST_PARAMS", "08100024");
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        await using var shop = await Shop.Open();
        Assert.Equal("08100006", (await shop.Api.Call(HttpMethod.Post, "/v2/codes", "{")).CodeId);
    }

    [Fact]
    public async Task A_deleted_code_cannot_be_paid_and_stays_created()
    {
        await using var shop = await Shop.Open();
        var code = (await shop.Api.Create("A")).Field("codeId");
        var deleted = await shop.Api.DeleteCode(code);
        deleted.Says(HttpStatusCode.OK, "SUCCESS", "08100001");
        Assert.Equal("DELETED", deleted.Field("qrStatus"));
        Assert.Equal("deleted", await shop.Pay("A"));
        Assert.Equal("CREATED", (await shop.Api.Get("A")).State);
        (await shop.Api.DeleteCode(code)).Says(HttpStatusCode.NotFound, "DYNAMIC_QR_NOT_FOUND", "01652072");
    }

    [Fact]
    public async Task A_paid_code_cannot_be_deleted()
    {
        await using var shop = await Shop.Open();
        var code = (await shop.Api.Create("A")).Field("codeId");
        await shop.Pay("A");
        (await shop.Api.DeleteCode(code)).Says(HttpStatusCode.BadRequest, "DYNAMIC_QR_ALREADY_PAID", "01652074");
    }

    private static JsonObject Item() => new()
    {
        ["name"] = "住民票の写し",
        ["quantity"] = 1,
        ["unitPrice"] = new JsonObject { ["amount"] = 300, ["currency"] = "JPY" },
    };
}
