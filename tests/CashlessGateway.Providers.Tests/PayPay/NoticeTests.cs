using System.Text;
using CashlessGateway.Providers.PayPay;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class NoticeTests
{
    [Theory]
    [InlineData("300")]
    [InlineData("\"300\"")]     // seen in the wild
    [InlineData("null")]
    public void A_transaction_is_about_our_reference_and_deduped_by_its_state(string amount) => Assert.Equal(
        new WebhookNotice.About("pay_1", "pay_1:COMPLETED"),
        Read($$"""
             {"notification_type":"Transaction","merchant_id":"1","store_id":"S001","pos_id":"T01","order_id":"04567890123456789012","merchant_order_id":"pay_1",
              "authorized_at":null,"expires_at":null,"paid_at":"2026-11-21T10:00:00+09:00","order_amount":{{amount}},"state":"COMPLETED"}
             """));

    [Fact]
    public void A_later_state_of_the_same_payment_is_another_notice() => Assert.NotEqual(
        Read("""{"notification_type":"Transaction","merchant_order_id":"pay_1","state":"COMPLETED"}"""),
        Read("""{"notification_type":"Transaction","merchant_order_id":"pay_1","state":"FAILED"}"""));

    [Theory]
    [InlineData("""{"notification_type":"ReconFile","fileType":"transaction_recon","path":"https://x"}""")]
    [InlineData("""{"fileType":"transaction_recon","path":"https://x","requestedAt":1}""")]
    [InlineData("""{"notification_id":"1","event":"customer.authroization.succeeded"}""")]
    [InlineData("""{"notification_type":"Transaction","merchant_order_id":null,"state":"COMPLETED"}""")]     // paid by a code on paper
    public void Other_notices_are_of_no_interest(string body) => Assert.IsType<WebhookNotice.Irrelevant>(Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"notification_type\":\"Transaction\",\"merchant_order_id\":5,\"state\":\"COMPLETED\"}")]
    [InlineData("{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"a\\nb\",\"state\":\"COMPLETED\"}")]
    [InlineData("{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"\\ud800\",\"state\":\"COMPLETED\"}")]
    [InlineData("{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"pay_1\"}")]
    [InlineData("{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"pay_1\",\"merchant_order_id\":\"pay_2\",\"state\":\"COMPLETED\"}")]
    [InlineData("{\"notification_type\":\"<script>\"}")]
    public void What_cannot_be_read_is_forged(string body) => Assert.IsType<WebhookNotice.Forged>(Read(body));

    [Fact]
    public void A_reference_longer_than_PayPay_allows_is_forged() => Assert.IsType<WebhookNotice.Forged>(
        Read($$"""{"notification_type":"Transaction","merchant_order_id":"{{new string('a', 65)}}","state":"COMPLETED"}"""));

    private static WebhookNotice Read(string body) =>
        Notice.Read(new WebhookPost(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body), DateTimeOffset.UnixEpoch));
}
