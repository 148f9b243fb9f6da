using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// PayPay's <c>hmac OPA-Auth</c>. The content type goes into it exactly as it is sent: <c>application/json;charset=UTF-8</c>
/// and <c>application/json</c> are two different signatures, and a signature over the one with the other sent is a 401.
/// </summary>
internal static class Signature
{
    /// <summary>PayPay recommends eight characters.</summary>
    private const int NonceLength = 8;

    /// <summary>Stands for the content type and for the hash of a request without a body.</summary>
    private const string Empty = "empty";

    private const string NonceLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string NewNonce() => RandomNumberGenerator.GetString(NonceLetters, NonceLength);

    /// <summary>The value of the Authorization header.</summary>
    public static string Header(string apiKey, string secret, Signed signed)
    {
        var hash = Hash(signed);
        return string.Create(
            CultureInfo.InvariantCulture, $"hmac OPA-Auth:{apiKey}:{Mac(secret, signed, hash)}:{signed.Nonce}:{signed.Epoch}:{hash}");
    }

    public static string Hash(Signed signed)
    {
        if (signed.Body is not { } body)
            return Empty;

        // MD5 because PayPay's rule says so; what protects the request is the HMAC around it.
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(Encoding.UTF8.GetBytes(body.ContentType));
        md5.AppendData(body.Bytes);
        return Convert.ToBase64String(md5.GetHashAndReset());
    }

    public static string Mac(string secret, Signed signed, string hash)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{signed.Path}\n{signed.Method}\n{signed.Nonce}\n{signed.Epoch}\n{signed.Body?.ContentType ?? Empty}\n{hash}");
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>What a signature covers.</summary>
/// <param name="Path">Without scheme, host and query.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Nonce">New for each request.</param>
/// <param name="Epoch">Seconds; must be within two minutes of PayPay's clock.</param>
/// <param name="Body">Null for GET and DELETE.</param>
internal sealed record Signed(string Path, string Method, string Nonce, long Epoch, SignedBody? Body);

/// <summary>The very bytes that are sent, with the very content type.</summary>
internal sealed record SignedBody(string ContentType, byte[] Bytes);
