using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Providers.Tests.Kit;
using Matomete;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>Notices: who signed them, when, and what they are about.</summary>
public sealed class NoticeTests
{
    private const string Body = """{"eventId":"ev_0123456789abcdefghij","type":"charge","orderId":"pay_1"}""";

    /// <summary>By openssl: printf '1795224961.BODY' | openssl dgst -sha256 -hmac matomete_notice_secret_1.</summary>
    private const string Signed = "t=1795224961,v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4f";

    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1795224961);

    [Fact]
    public void A_signed_notice_says_which_payment_it_is_about() =>
        Assert.Equal(new WebhookNotice.About("pay_1", "ev_0123456789abcdefghij"), Read(Signed, Body, SignedAt));

    [Fact]
    public void A_header_is_found_in_any_case() =>
        Assert.IsType<WebhookNotice.About>(Read(Signed, Body, SignedAt, "matomete-signature"));

    [Fact]
    public void A_notice_about_a_refund_names_the_refund()
    {
        const string refund = """{"eventId":"ev_0123456789abcdefghij","type":"refund","refundId":"rf_1"}""";
        Assert.Equal(new WebhookNotice.AboutRefund("rf_1", "ev_0123456789abcdefghij"), Read(Sign(refund), refund, SignedAt));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_notice_that_was_recorded_is_worth_nothing_later(int seconds, bool counts) =>
        Assert.Equal(counts, Read(Signed, Body, SignedAt.AddSeconds(seconds)) is WebhookNotice.About);

    [Theory]
    [InlineData("")]
    [InlineData("t=1795224961")]
    [InlineData("v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4f,t=1795224961")]
    [InlineData("t=1795224962,v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4f")]
    [InlineData("t=99999999999999999,v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4f")]
    [InlineData("t=-1,v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4f")]
    [InlineData("t=1795224961,v1=9f455ba2e2c3927aac91f534896d525d33a44a16c8043e9d13103408d8d7be4e")]
    [InlineData("t=1795224961,v1=")]
    [InlineData("t=1795224961,v1=あ")]
    public void A_wrong_signature_is_a_forgery(string header) => Assert.IsType<WebhookNotice.Forged>(Read(header, Body, SignedAt));

    [Fact]
    public void One_letter_of_the_body_changed_is_a_forgery() =>
        Assert.IsType<WebhookNotice.Forged>(Read(Signed, Body.Replace("pay_1", "pay_2", StringComparison.Ordinal), SignedAt));

    [Fact]
    public void Of_garbage_nothing_is_believed_even_when_it_is_signed()
    {
        foreach (var garbage in Garbage.All.Values)
        {
            var read = Read(Sign(garbage), garbage, SignedAt);
            Assert.IsType<WebhookNotice.Forged>(read);
        }
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_of_no_interest()
    {
        const string settled = """{"eventId":"ev_0123456789abcdefghij","type":"settlement","orderId":"pay_1"}""";
        Assert.IsType<WebhookNotice.Irrelevant>(Read(Sign(settled), settled, SignedAt));
    }

    private static string Sign(string body) => Sign(Encoding.UTF8.GetBytes(body));

    private static string Sign(byte[] body)
    {
        var at = SignedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(at + "."), .. body];
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(MatometeWorld.NoticeSecret), signed))}";
    }

    private static WebhookNotice Read(string header, string body, DateTimeOffset at, string name = "Matomete-Signature") => Read(header, Encoding.UTF8.GetBytes(body), at, name);

    private static WebhookNotice Read(string header, byte[] body, DateTimeOffset at, string name = "Matomete-Signature")
    {
        using var http = new HttpClient();
        var provider = new MatometePlugin().Open(new ProviderSetup("matomete-main", MatometeWorld.Settings(new Uri("http://127.0.0.1:9/")), http, TimeProvider.System, Sandbox: true));
        return ((IReceivesWebhooks)provider).Read(new WebhookPost(new Dictionary<string, string> { [name] = header }, body, at));
    }
}
