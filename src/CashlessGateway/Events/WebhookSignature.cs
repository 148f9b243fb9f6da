using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Events;

/// <summary>Standard Webhooks: v1,base64(HMAC-SHA256(secret, "id.timestamp.body")), one per secret, joined by spaces.</summary>
public static class WebhookSignature
{
    /// <summary>As long as the hash: more adds nothing, less could be guessed sooner.</summary>
    public const int SecretBytes = 32;

    private const string Prefix = "whsec_";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>How a secret is shown to its owner.</summary>
    public static string Text(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    public static string Of(IReadOnlyList<byte[]> secrets, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        if (secrets.Count == 0) throw new InvalidOperationException("A call without a signature is never sent.");
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."));
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))));
    }
}
