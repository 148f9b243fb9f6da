using System.Text;
using CashlessGateway.Providers.PayPay;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>
/// The three examples that PayPay prints with a result: one in the API documents (api_authorization), two in the integrators' help
/// (article 11831606311951). Facts of an interface, quoted from those pages; its GET example prints the path /v2/codes/payments/…,
/// but the printed result belongs to /v2/payments/….
/// </summary>
public sealed class SignatureTests
{
    private const string HelpBody =
        "{\n    \"merchantPaymentId\": \"TEST_QR_Payment\",\n    \"amount\": {\n        \"amount\":10,\n        \"currency\": \"JPY\"\n    },\n" +
        "    \"codeType\": \"ORDER_QR\",\n    \"isAuthorization\":false,\n    \"redirectUrl\":\"https://about.paypay.ne.jp/\",\n    \"redirectType\":\"WEB_LINK\"\n}";

    private static readonly Signed DocumentedPost = Post(
        "acd028", 1_579_843_452, "application/json;charset=UTF-8;",
        """{"sampleRequestBodyKey1":"sampleRequestBodyValue1","sampleRequestBodyKey2":"sampleRequestBodyValue2"}""");

    private static readonly Signed HelpPost = Post("fedaa4", 1_743_138_611, "application/json", HelpBody);

    private static readonly Signed HelpGet = new("/v2/payments/TEST_merchantPaymentID", "GET", "a360e2", 1_743_139_337, null);

    [Fact]
    public void The_documented_post_is_signed_as_printed() => Assert.Equal(
        "hmac OPA-Auth:APIKeyGenerated:NW1jKIMnzR7tEhMWtcJcaef+nFVBt7jjAGcVuxHhchc=:acd028:1579843452:1j0FnY4flNp5CtIKa7x9MQ==",
        Signature.Header("APIKeyGenerated", "APIKeySecretGenerated", DocumentedPost));

    [Fact]
    public void The_post_of_the_help_page_is_signed_as_printed() => Assert.Equal(
        "hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==",
        Signature.Header("sample_key", "sample_secret", HelpPost));

    [Fact]
    public void The_get_of_the_help_page_is_signed_as_printed() => Assert.Equal(
        "hmac OPA-Auth:sample_key:JbUZwAUKeQ+WDClEjkCGwYG/juFR+Dd5RK5AfL0gK9w=:a360e2:1743139337:empty",
        Signature.Header("sample_key", "sample_secret", HelpGet));

    [Fact]
    public void Another_spelling_of_the_content_type_is_another_signature() => Assert.NotEqual(
        Signature.Header("k", "s", HelpPost),
        Signature.Header("k", "s", HelpPost with { Body = HelpPost.Body! with { ContentType = "application/json; charset=utf-8" } }));

    [Fact]
    public void Nonces_have_eight_characters_and_do_not_repeat()
    {
        var nonces = Enumerable.Range(0, 1_000).Select(_ => Signature.NewNonce()).ToList();

        Assert.All(nonces, nonce => Assert.Equal(8, nonce.Length));
        Assert.Equal(nonces.Count, nonces.Distinct().Count());
    }

    private static Signed Post(string nonce, long epoch, string contentType, string body) =>
        new("/v2/codes", "POST", nonce, epoch, new SignedBody(contentType, Encoding.UTF8.GetBytes(body)));
}
