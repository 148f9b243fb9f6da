using System.Net;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class RefundTests
{
    [Theory]
    [InlineData("/v2/refunds")]
    [InlineData("/v2/refunds/")]
    public async Task A_refund_is_created_and_then_refunded(string path)
    {
        await using var shop = await Shop.Open(options => options with { Terms = new PayPayTerms { RefundDelay = TimeSpan.FromSeconds(5) } });
        var answer = await shop.Api.Refund("RF-1", await shop.Paid("A"), 300, path);
        answer.Says(HttpStatusCode.Created, "SUCCESS", "08100001");
        Assert.Equal("CREATED", answer.State);
        Assert.Equal("CREATED", (await shop.Api.GetRefund("RF-1")).State);
        shop.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("REFUNDED", (await shop.Api.GetRefund("RF-1")).State);
        var payment = await shop.Api.Get("A");
        Assert.Equal("REFUNDED", payment.State);
        Assert.Equal("RF-1", payment.Data.GetProperty("refunds").GetProperty("data")[0].GetProperty("merchantRefundId").GetString());
    }

    [Fact]
    public async Task The_same_refund_again_is_one_refund_and_another_amount_under_its_number_is_an_error()
    {
        await using var shop = await Shop.Open();
        var paymentId = await shop.Paid("A");
        var first = await shop.Api.Refund("RF-1", paymentId, 100);
        shop.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(first, await shop.Api.Refund("RF-1", paymentId, 100));
        (await shop.Api.Refund("RF-1", paymentId, 101)).Says(HttpStatusCode.BadRequest, "INVALID_PARAMS", "00200004");
        (await shop.Api.Refund("RF-1", await shop.Paid("B"), 100)).Says(HttpStatusCode.BadRequest, "INVALID_PARAMS", "00200004");
        Assert.Equal(100, shop.PayPay.Sums().Refunded);
    }

    [Fact]
    public async Task A_contract_allows_one_refund_per_payment_unless_it_says_more()
    {
        await using var one = await Shop.Open();
        var paymentId = await one.Paid("A");
        await one.Api.Refund("RF-1", paymentId, 100);
        Assert.Equal("00200014", (await one.Api.Refund("RF-2", paymentId, 100)).CodeId);

        await using var many = await Shop.Open(options => options with { Terms = new PayPayTerms { MaxRefundsPerPayment = 50 } });
        paymentId = await many.Paid("A");
        await many.Api.Refund("RF-1", paymentId, 100);
        Assert.Equal("COMPLETED", (await many.Api.Get("A")).State);
        Assert.Equal("00200015", (await many.Api.Refund("RF-2", paymentId, 201)).CodeId);
        Assert.Equal("08100001", (await many.Api.Refund("RF-2", paymentId, 200)).CodeId);
        Assert.Equal("REFUNDED", (await many.Api.Get("A")).State);
    }

    [Theory]
    [InlineData("2027-11-21T23:59:59+09:00", "08100001")]
    [InlineData("2027-11-22T00:00:00+09:00", "00200013")]
    public async Task A_refund_is_open_until_the_end_of_day_365(string at, string codeId)
    {
        await using var shop = await Shop.Open();
        var paymentId = await shop.Paid("A");
        shop.Time.Set(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(codeId, (await shop.Api.Refund("RF", paymentId, 300)).CodeId);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var shop = await Shop.Open();
        (await shop.Api.GetRefund("RF")).Says(HttpStatusCode.NotFound, "NO_SUCH_REFUND_ORDER", "00200018");
        (await shop.Api.Refund("RF", "01234567890123456789", 1)).Says(HttpStatusCode.NotFound, "RESOURCE_NOT_FOUND", "00200001");
    }

    [Fact]
    public async Task Fifty_refunds_at_once_never_send_back_more_than_was_paid()
    {
        await using var shop = await Shop.Open(options => options with { Terms = new PayPayTerms { MaxRefundsPerPayment = 50 } });
        var paymentId = await shop.Paid("A", 1000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => shop.Api.Refund($"RF-{number}", paymentId, 300)));
        Assert.Equal(3, answers.Count(answer => answer.Code == "SUCCESS"));
        Assert.Equal(900, shop.PayPay.Sums().Refunded);
    }
}
