using System.Text;
using CashlessGateway.Providers.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("checkout.session.completed", """{"client_reference_id":"pay_1"}""")]
    [InlineData("checkout.session.expired", """{"client_reference_id":"pay_1"}""")]
    [InlineData("payment_intent.succeeded", """{"metadata":{"payment_id":"pay_1"}}""")]
    [InlineData("payment_intent.payment_failed", """{"metadata":{"payment_id":"pay_1"}}""")]
    public void It_is_about_our_payment_and_deduped_by_its_id(string type, string about) => Assert.Equal(new WebhookNotice.About("pay_1", "evt_1"), Read(type, about));

    [Theory]
    [InlineData("refund.created")]
    [InlineData("refund.failed")]
    [InlineData("charge.refund.updated")]
    public void It_is_about_our_refund(string type) => Assert.Equal(new WebhookNotice.AboutRefund("ref_1", "evt_1"), Read(type, """{"metadata":{"refund_id":"ref_1","payment_id":"pay_1"}}"""));

    [Theory]
    [InlineData("charge.dispute.created")]
    [InlineData("charge.dispute.closed")]
    public void It_is_about_a_dispute(string type) => Assert.Equal(new WebhookNotice.AboutDispute("evt_1"), Read(type, """{"payment_intent":"pi_1"}"""));

    [Theory]
    [InlineData("payout.paid", "{}")]
    [InlineData("charge.succeeded", """{"metadata":{"payment_id":"pay_1"}}""")]
    [InlineData("terminal.reader.action_failed", """{"action":{}}""")]
    [InlineData("payment_intent.succeeded", """{"metadata":{}}""")]
    [InlineData("payment_intent.succeeded", """{"metadata":{"payment_id":"a b\nc"}}""")]
    [InlineData("checkout.session.completed", """{"client_reference_id":null}""")]
    [InlineData("refund.updated", """{"metadata":{}}""")]
    public void Everything_else_is_of_no_interest(string type, string about) => Assert.Equal(new WebhookNotice.Irrelevant(type), Read(type, about));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\"}")]
    [InlineData("{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"x\",\"data\":{\"object\":{}}}")]
    public void What_is_signed_and_cannot_be_read_is_forged(string body) => Assert.IsType<WebhookNotice.Forged>(Read(Encoding.UTF8.GetBytes(body), StripeWorld.Secret));

    [Fact]
    public void Without_a_secret_each_is_forged_and_says_why()
    {
        var forged = Assert.IsType<WebhookNotice.Forged>(Notice.Read(Post(Event("payout.paid", "{}"), StripeWorld.Secret), null));
        Assert.Contains("WebhookSecret", forged.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_by_somebody_else_it_is_forged() => Assert.IsType<WebhookNotice.Forged>(Read(Event("payout.paid", "{}"), "whsec_other"));

    [Fact]
    public void The_name_of_the_header_comes_in_any_case()
    {
        var body = Event("payout.paid", "{}");
        var headers = new Dictionary<string, string> { ["stripe-signature"] = SignatureTests.Sign(StripeWorld.Secret, body, Now) };
        Assert.IsType<WebhookNotice.Irrelevant>(Notice.Read(new WebhookPost(headers, body, Now), StripeWorld.Secret));
    }

    private static WebhookNotice Read(string type, string about) => Read(Event(type, about), StripeWorld.Secret);

    private static WebhookNotice Read(byte[] body, string secret) => Notice.Read(Post(body, secret), StripeWorld.Secret);

    private static WebhookPost Post(byte[] body, string secret) =>
        new(new Dictionary<string, string> { ["Stripe-Signature"] = SignatureTests.Sign(secret, body, Now) }, body, Now);

    private static byte[] Event(string type, string about) =>
        Encoding.UTF8.GetBytes($$"""{"id":"evt_1","object":"event","api_version":"2026-08-26.dahlia","created":1795224961,"type":"{{type}}","data":{"object":{{about}} } }""");
}
