using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Events;

namespace CashlessGateway.Tests.Events;

public sealed class SignatureTests
{
    /// <summary>The vector that the Standard Webhooks libraries share.</summary>
    private static readonly byte[] Secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public void The_published_vector_is_signed_as_published() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}"""u8));

    [Fact]
    public void Two_secrets_make_two_signatures_joined_by_a_space()
    {
        var other = WebhookSignature.NewSecret();
        const string Text = """{"title":"証明書手数料"}""";
        string By(byte[] secret) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("evt_1.1700000000." + Text)));
        Assert.Equal($"{By(other)} {By(Secret)}", WebhookSignature.Of([other, Secret], "evt_1", 1_700_000_000, Encoding.UTF8.GetBytes(Text)));
    }

    [Fact]
    public void Nothing_is_signed_without_a_secret() => Assert.Throws<InvalidOperationException>(() => WebhookSignature.Of([], "evt_1", 1, "{}"u8));

    [Fact]
    public void A_secret_is_32_random_bytes_in_the_form_that_the_libraries_take()
    {
        var text = WebhookSignature.Text(WebhookSignature.NewSecret());
        Assert.StartsWith("whsec_", text, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(text["whsec_".Length..]).Length);
        Assert.NotEqual(text, WebhookSignature.Text(WebhookSignature.NewSecret()));
    }
}
