using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Providers.Square;

/// <summary>HMAC-SHA256 over the registered address and the very bytes of the body, as base64.</summary>
internal static class Signature
{
    public const string Header = "x-square-hmacsha256-signature";

    /// <summary>Of the bytes of a SHA-256 in base64.</summary>
    private const int Length = 44;

    public static bool IsRight(string key, string notificationUrl, ReadOnlySpan<byte> body, string given)
    {
        var said = new byte[HMACSHA256.HashSizeInBytes];
        if (given.Length != Length || !Convert.TryFromBase64String(given, said, out var length) || length != HMACSHA256.HashSizeInBytes)
            return false;

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(notificationUrl));
        hmac.AppendData(body);
        return CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), said);
    }
}
