using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WebhookReceiver;

/// <summary>
/// Whether a call really came from the gateway, a moment ago. The bytes of the body are what is signed: verify before anything
/// parses them.
/// </summary>
public sealed class Signature(string secret, TimeProvider time)
{
    /// <summary>Clocks differ a little; a call recorded by somebody and sent again later must not count.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = Convert.FromBase64String(secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret["whsec_".Length..] : secret);

    /// <param name="signatures">webhook-signature: one or more, joined by spaces (two while a secret is being changed). One that fits is enough.</param>
    public bool IsValid(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(signatures)) return false;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) > (decimal)Tolerance.TotalSeconds) return false;
        var expected = Encoding.ASCII.GetBytes(Of(id, timestamp, body));
        var valid = false;
        foreach (var given in signatures.Split(' '))
            valid |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given));
        return valid;
    }

    /// <summary>v1,base64(HMAC-SHA256(secret, "id.timestamp.body")).</summary>
    private string Of(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
