using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_payment_is_told_with_both_numbers_and_the_amount()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open();
        shop.PayPay.SetWebhook(receiver.Address);
        await shop.Api.Create("A", 450, body => (body["storeId"], body["terminalId"]) = ("S001", "T01"));
        await shop.Pay("A");

        var notice = await receiver.Next();
        var expected = $$"""
            {"merchant_id":"sandbox-merchant","store_id":"S001","pos_id":"T01","order_id":"{{shop.PayPay.Find("A")!.PaymentId}}","merchant_order_id":"A","paid_at":"2026-11-21T12:00:00+09:00","order_amount":450,"state":"COMPLETED","notification_type":"Transaction","authorized_at":null,"expires_at":null}
            """;
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(expected), notice), notice.GetRawText());
    }

    [Fact]
    public async Task Money_that_comes_and_goes_back_is_told_twice()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address, Terms = new PayPayTerms { ReversalDelay = TimeSpan.FromSeconds(9) } });
        await shop.Api.Create("A");
        await shop.Api.Cancel("A");
        await shop.Pay("A");
        Assert.Equal("COMPLETED", StateOf(await receiver.Next()));
        await shop.Time.SomebodyWaits(TimeSpan.FromSeconds(9));
        shop.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("FAILED", StateOf(await receiver.Next()));
    }

    [Fact]
    public async Task A_payment_that_fails_at_once_is_not_told()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Api.Create("A");
        await shop.Pay("A", "insufficientFunds");
        await shop.Paid("B");
        Assert.Equal("B", (await receiver.Next()).GetProperty("merchant_order_id").GetString());
    }

    [Fact]
    public async Task A_refused_notice_is_tried_four_times_and_then_never_again()
    {
        await using var receiver = await Receiver.Open(refusals: 99);
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Paid("A");
        for (var pause = 0; pause < 3; pause++)
        {
            await receiver.Next();
            await shop.Time.SomebodyWaits(TimeSpan.FromMilliseconds(100));
            shop.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await receiver.Next();
        await shop.Paid("B");
        Assert.Equal("B", (await receiver.Next()).GetProperty("merchant_order_id").GetString());
    }

    [Fact]
    public async Task A_dropped_notice_never_comes_and_a_duplicate_comes_twice()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Fault("""{"operation":"webhook","kind":"dropWebhook","reference":"A"}""");
        await shop.Fault("""{"operation":"webhook","kind":"duplicateWebhook","reference":"B"}""");
        await shop.Paid("A");
        await shop.Paid("B");
        Assert.Equal("B", (await receiver.Next()).GetProperty("merchant_order_id").GetString());
        Assert.Equal("B", (await receiver.Next()).GetProperty("merchant_order_id").GetString());
    }

    [Fact]
    public async Task A_late_notice_waits_for_its_time()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Fault("""{"operation":"webhook","kind":"lateWebhook","ms":60000}""");
        await shop.Paid("A");
        await shop.Time.SomebodyWaits(TimeSpan.FromMinutes(1));
        Assert.True(receiver.IsEmpty);
        shop.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("COMPLETED", StateOf(await receiver.Next()));
    }

    [Theory]
    [InlineData("createCode")]
    [InlineData("webhook")]
    public async Task A_notice_can_come_before_the_answer_of_its_call(string operation)
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Fault($$"""{"operation":"{{operation}}","kind":"webhookBeforeAnswer"}""");
        await shop.Api.Create("A");
        Assert.False(receiver.IsEmpty);
        Assert.Equal("COMPLETED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task The_notice_of_a_cancel_can_come_before_its_answer()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Paid("A");
        Assert.Equal("COMPLETED", StateOf(await receiver.Next()));
        await shop.Fault("""{"operation":"cancel","kind":"webhookBeforeAnswer"}""");
        await shop.Api.Cancel("A");
        Assert.False(receiver.IsEmpty);
        Assert.Equal("FAILED", StateOf(await receiver.Next()));
    }

    [Fact]
    public async Task A_forged_notice_claims_a_payment_that_nobody_made()
    {
        await using var receiver = await Receiver.Open();
        await using var shop = await Shop.Open(options => options with { Webhook = receiver.Address });
        await shop.Fault("""{"operation":"createCode","kind":"forgedWebhook"}""");
        await shop.Api.Create("A");
        var notice = await receiver.Next();
        Assert.Equal("COMPLETED", StateOf(notice));
        Assert.Equal(301, notice.GetProperty("order_amount").GetInt64());
        Assert.Equal("CREATED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task Each_merchant_is_told_at_its_own_address()
    {
        await using var east = await Receiver.Open();
        await using var west = await Receiver.Open();
        var merchant = new SandboxMerchant("west-key", "west-secret", "west", "西市") { Webhook = west.Address };
        await using var shop = await Shop.Open(options => options with { Webhook = east.Address, Merchants = [SandboxMerchant.Demo, merchant] });
        await shop.As(merchant).Create("W");
        await shop.Pay("W");
        await shop.Paid("E");
        Assert.Equal("W", (await west.Next()).GetProperty("merchant_order_id").GetString());
        Assert.Equal("E", (await east.Next()).GetProperty("merchant_order_id").GetString());
    }

    private static string StateOf(JsonElement notice) => notice.GetProperty("state").GetString()!;
}
