using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class NoticeTests
{
    private const string Event = "ac3ac95b-f97d-458c-a6e6-18981597e05f";

    [Theory]
    [InlineData("terminal.checkout.created", "checkout")]
    [InlineData("terminal.checkout.updated", "checkout")]
    [InlineData("payment.created", "payment")]
    [InlineData("payment.updated", "payment")]
    public async Task A_notice_about_a_payment_names_it_by_our_reference(string type, string thing) =>
        Assert.Equal(new WebhookNotice.About(SquareWorld.Reference, Event), await Read(Body(type, thing, $"\"reference_id\":\"{SquareWorld.Reference}\"")));

    [Theory]
    [InlineData("refund.created")]
    [InlineData("refund.updated")]
    public async Task A_notice_about_a_refund_names_it_by_the_reason_that_we_gave(string type) =>
        Assert.Equal(new WebhookNotice.AboutRefund("ref_0001", Event), await Read(Body(type, "refund", "\"reason\":\"ref_0001\"")));

    [Theory]
    [InlineData("dispute.created")]
    [InlineData("dispute.state.updated")]
    public async Task A_dispute_is_told(string type) => Assert.Equal(new WebhookNotice.AboutDispute(Event), await Read(Body(type, "dispute", "\"id\":\"x\"")));

    [Theory]
    [InlineData("terminal.checkout.updated", "checkout", "\"id\":\"x\"")]
    [InlineData("payment.updated", "payment", "\"reference_id\":\"棚卸 12\"")]
    [InlineData("refund.updated", "refund", "\"reason\":\"お客様の都合\"")]
    [InlineData("payout.sent", "payout", "\"id\":\"x\"")]
    [InlineData("device.code.paired", "device_code", "\"id\":\"x\"")]
    public async Task What_did_not_begin_here_is_of_no_interest(string type, string thing, string field) =>
        Assert.IsType<WebhookNotice.Irrelevant>(await Read(Body(type, thing, field)));

    [Fact]
    public async Task A_changed_byte_is_forged()
    {
        var body = Body("payment.updated", "payment", "\"reference_id\":\"pay_1\"");
        Assert.IsType<WebhookNotice.Forged>(await Read(body, signed: body + " "));
    }

    [Fact]
    public async Task Without_a_signature_it_is_forged()
    {
        await using var world = await SquareWorld.Open();
        Assert.IsType<WebhookNotice.Forged>(world.Provider.Read(new WebhookPost(new Dictionary<string, string>(), "{}"u8.ToArray(), SquareSays.At)));
    }

    [Fact]
    public async Task Without_a_key_no_notice_is_believed_and_it_says_why()
    {
        var body = Body("payment.updated", "payment", "\"reference_id\":\"pay_1\"");
        Assert.Contains("WebhookSignatureKey", Assert.IsType<WebhookNotice.Forged>(await Read(body, settings: [("WebhookSignatureKey", "")])).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(71, true)]
    [InlineData(73, false)]
    public async Task What_is_older_than_any_retry_is_a_copy(int hours, bool believed)
    {
        var read = await Read(Body("payment.updated", "payment", "\"reference_id\":\"pay_1\""), receivedAt: SquareSays.At.AddHours(hours));
        Assert.Equal(believed, read is WebhookNotice.About);
    }

    [Theory]
    [InlineData("""{"type":"payment.updated","created_at":"2026-11-21T01:00:00Z","data":{"object":{"payment":{"reference_id":"pay_1"}}}}""")]
    [InlineData("""{"type":"payment.updated","event_id":"e1","data":{"object":{"payment":{"reference_id":"pay_1"}}}}""")]
    [InlineData("""{"event_id":"e1","created_at":"2026-11-21T01:00:00Z"}""")]
    [InlineData("[]")]
    public async Task A_signed_notice_without_id_time_or_kind_is_not_read(string body) => Assert.IsType<WebhookNotice.Forged>(await Read(body));

    [Fact]
    public async Task A_time_with_nine_digits_is_read() => Assert.IsType<WebhookNotice.About>(
        await Read(Body("payment.updated", "payment", "\"reference_id\":\"pay_1\"").Replace("01:00:00Z", "01:00:00.037339943Z", StringComparison.Ordinal)));

    private static string Body(string type, string thing, string field) =>
        $$"""{"merchant_id":"M1","type":"{{type}}","event_id":"{{Event}}","created_at":"2026-11-21T01:00:00Z","data":{"type":"x","id":"y","object":{"{{thing}}":{ {{field}} } } } }""";

    private static async Task<WebhookNotice> Read(string body, string? signed = null, DateTimeOffset? receivedAt = null, params (string, string)[] settings)
    {
        await using var world = await SquareWorld.Open(settings);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SquareWorld.SignatureKey), Encoding.UTF8.GetBytes(SquareWorld.NotificationUrl + (signed ?? body)));
        var headers = new Dictionary<string, string> { ["X-Square-HmacSha256-Signature"] = Convert.ToBase64String(signature) };
        return world.Provider.Read(new WebhookPost(headers, Encoding.UTF8.GetBytes(body), receivedAt ?? SquareSays.At));
    }
}
