using System.Net;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class CancelTests
{
    [Fact]
    public async Task A_cancel_is_accepted_without_data_and_the_money_goes_back()
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A");
        var answer = await shop.Api.Cancel("A");
        answer.Says(HttpStatusCode.Accepted, "REQUEST_ACCEPTED", "08100001");
        Assert.Contains("\"data\":null", answer.Text, StringComparison.Ordinal);
        Assert.Equal("FAILED", (await shop.Api.Get("A")).State);
        Assert.Equal(0, shop.PayPay.Sums().Net);
    }

    [Fact]
    public async Task After_an_accepted_cancel_the_code_still_works_and_the_payment_fails_afterwards()
    {
        await using var shop = await Shop.Open(options => options with { Terms = new PayPayTerms { ReversalDelay = TimeSpan.FromSeconds(8) } });
        await shop.Api.Create("A");
        Assert.Equal(HttpStatusCode.Accepted, (await shop.Api.Cancel("A")).Status);
        Assert.Equal("CREATED", (await shop.Api.Get("A")).State);
        Assert.Equal("paid", await shop.Pay("A"));
        Assert.Equal("COMPLETED", (await shop.Api.Get("A")).State);
        shop.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("FAILED", (await shop.Api.Get("A")).State);
    }

    [Theory]
    [InlineData("2026-11-22T00:14:59+09:00", HttpStatusCode.Accepted, "08100001")]
    [InlineData("2026-11-22T00:15:00+09:00", HttpStatusCode.BadRequest, "00200044")]
    public async Task A_payment_can_be_cancelled_until_a_quarter_past_the_next_midnight_of_japan(string at, HttpStatusCode status, string codeId)
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A");
        shop.Time.Set(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        var answer = await shop.Api.Cancel("A");
        Assert.Equal((status, codeId), (answer.Status, answer.CodeId));
    }

    [Fact]
    public async Task A_payment_just_after_midnight_has_a_whole_day()
    {
        await using var shop = await Shop.Open(time: new ManualTime(new DateTimeOffset(2026, 11, 21, 0, 5, 0, TimeSpan.FromHours(9))));
        await shop.Paid("A");
        shop.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(HttpStatusCode.Accepted, (await shop.Api.Cancel("A")).Status);
    }

    [Fact]
    public async Task A_cancel_can_be_repeated()
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A");
        await shop.Api.Cancel("A");
        shop.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Accepted, (await shop.Api.Cancel("A")).Status);
    }

    [Fact]
    public async Task A_refunded_payment_cannot_be_cancelled_and_a_cancelled_one_not_refunded()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Refund("RF", await shop.Paid("A"), 100);
        (await shop.Api.Cancel("A")).Says(HttpStatusCode.BadRequest, "ORDER_NOT_REVERSIBLE", "00200044");

        var paymentId = await shop.Paid("B");
        await shop.Api.Cancel("B");
        (await shop.Api.Refund("RF-B", paymentId, 300)).Says(HttpStatusCode.BadRequest, "UNACCEPTABLE_OP", "00200013");
    }

    [Fact]
    public async Task What_was_never_created_cannot_be_cancelled()
    {
        await using var shop = await Shop.Open();
        (await shop.Api.Cancel("A")).Says(HttpStatusCode.NotFound, "RESOURCE_NOT_FOUND", "00200001");
    }
}
