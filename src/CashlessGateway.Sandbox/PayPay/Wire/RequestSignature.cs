using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>
/// OPA-Auth, checked as strictly as the provider does: over the very bytes of the Content-Type header and the body.
/// A caller that signs <c>application/json</c> and sends <c>application/json; charset=utf-8</c> is refused.
/// </summary>
internal sealed class RequestSignature(IReadOnlyList<SandboxMerchant> merchants, TimeProvider time)
{
    private const string Scheme = "hmac OPA-Auth";
    private const string NoBody = "empty";
    private const int Parts = 6;

    // The provider's own limit.
    private const long MostSecondsApart = 120;

    private readonly ILookup<string, SandboxMerchant> _byKey = merchants.ToLookup(merchant => merchant.ApiKey);

    /// <summary>The merchant who signed, or the refusal.</summary>
    public (SandboxMerchant? Merchant, ApiAnswer? Refusal) Check(HttpContext http, byte[] body)
    {
        var parts = http.Request.Headers.Authorization.ToString().Split(':');
        if (parts.Length != Parts || parts[0] != Scheme) return (null, Refusals.Unauthorized);
        var (key, mac, nonce, epoch, hash) = (parts[1], parts[2], parts[3], parts[4], parts[5]);
        if (_byKey[key].FirstOrDefault() is not { } signer || nonce.Length == 0 || !IsNow(epoch)) return (null, Refusals.Unauthorized);

        var contentType = body.Length == 0 ? NoBody : http.Request.Headers.ContentType.ToString();
        var expectedHash = body.Length == 0 ? NoBody : Hash(contentType, body);
        var signed = string.Join('\n', PathOf(http), http.Request.Method, nonce, epoch, contentType, expectedHash);
        var expectedMac = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signer.Secret), Encoding.UTF8.GetBytes(signed)));
        if (!Same(hash, expectedHash) || !Same(mac, expectedMac)) return (null, Refusals.Unauthorized);
        return Assume(http, key, signer);
    }

    /// <summary>The query value wins over the header.</summary>
    private (SandboxMerchant?, ApiAnswer?) Assume(HttpContext http, string key, SandboxMerchant signer)
    {
        var assumed = http.Request.Query["assumeMerchant"].FirstOrDefault() ?? http.Request.Headers["X-ASSUME-MERCHANT"].FirstOrDefault();
        if (string.IsNullOrEmpty(assumed)) return (signer, null);
        return _byKey[key].FirstOrDefault(merchant => merchant.MerchantId == assumed) is { } merchant ? (merchant, null) : (null, Refusals.OutOfScope);
    }

    private bool IsNow(string epoch) =>
        long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds - time.GetUtcNow().ToUnixTimeSeconds() is >= -MostSecondsApart and <= MostSecondsApart;

    private static string Hash(string contentType, byte[] body)
    {
#pragma warning disable CA5351 // MD5 is the protocol's choice; the HMAC over it is what protects the request.
        return Convert.ToBase64String(MD5.HashData([.. Encoding.UTF8.GetBytes(contentType), .. body]));
#pragma warning restore CA5351
    }

    /// <summary>As it was sent, before any decoding, and without the query.</summary>
    private static string PathOf(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end ? target[..end] : target;
    }

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
