using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// <c>Stripe-Signature: t=…,v1=…[,v1=…]</c>: HMAC-SHA256 over "t.body". While a secret is being rolled there is one v1 for each of the
/// two secrets; other schemes (v0) are for Stripe's own tests and count for nothing.
/// </summary>
internal static class Signature
{
    /// <summary>Stripe's own tolerance, and in both directions: a notice from the future would stay valid for as long as its maker likes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Two secrets while one is rolled; more is not Stripe's.</summary>
    private const int MostSignatures = 10;

    private const int LongestHeader = 2_000;

    /// <summary>Null when it is genuine, else why not.</summary>
    public static string? Problem(string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset receivedAt)
    {
        if (header is not { Length: > 0 and <= LongestHeader })
            return "without a Stripe-Signature";

        var parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToList();
        var times = parts.Where(part => part[0] == "t").Select(part => part[1]).ToList();
        var signatures = parts.Where(part => part[0] == "v1").Select(part => part[1]).ToList();
        if (times is not [var time] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return "with a Stripe-Signature that has no time";

        if (signatures.Count is 0 or > MostSignatures)
            return "with a Stripe-Signature that has no v1";

        if (!IsSigned(signatures, Compute(secret, time, body)))
            return "with a wrong signature";

        var now = receivedAt.ToUnixTimeSeconds();
        return seconds < now - (long)Tolerance.TotalSeconds || seconds > now + (long)Tolerance.TotalSeconds
            ? "with a right signature of another time: it was held back, or the clock is wrong"
            : null;
    }

    public static byte[] Compute(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>Each is compared to its end, so that the time it takes tells nothing.</summary>
    private static bool IsSigned(List<string> signatures, byte[] expected)
    {
        var matches = false;
        foreach (var signature in signatures)
            matches |= Hex(signature) is { } given && CryptographicOperations.FixedTimeEquals(given, expected);

        return matches;
    }

    private static byte[]? Hex(string text)
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        return text.Length == 2 * bytes.Length && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
