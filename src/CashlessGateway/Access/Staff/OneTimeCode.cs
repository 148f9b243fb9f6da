using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CashlessGateway.Money;

namespace CashlessGateway.Access.Staff;

/// <summary>One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits and 30 seconds, which every app knows.</summary>
public static class OneTimeCode
{
    public const int Digits = 6;

    /// <summary>The RFC asks for 160 bits.</summary>
    private const int SecretBytes = 20;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>A telephone's clock may be half a minute off, and people need time to type: one step either way.</summary>
    private const int Tolerance = 1;

    public static string NewSecret() => RandomNumberGenerator.GetString(Base32, SecretBytes * 8 / 5);

    /// <summary>The step whose code this is, or null. A step that was used is over: its code opens nothing a second time.</summary>
    public static long? Match(string secret, string code, Instant now, long lastStep)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit)) return null;
        var current = StepAt(now);
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(At(secret, step)), System.Text.Encoding.ASCII.GetBytes(code))) return step;
        return null;
    }

    public static string At(string secret, Instant now) => At(secret, StepAt(now));

    /// <summary>What the QR of an authenticator app says.</summary>
    public static string Address(string issuer, string login, string secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(login)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits={Digits}&period={(int)Step.TotalSeconds}";

    private static long StepAt(Instant now) => now.Milliseconds / (long)Step.TotalMilliseconds;

    private static string At(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what authenticator apps speak; an HMAC does not rest on collisions.
        HMACSHA1.HashData(Bytes(secret), counter, hash);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[at..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (buffer, bits, filled) = (0, 0, 0);
        foreach (var letter in secret)
        {
            buffer = ((buffer << 5) | Math.Max(Base32.IndexOf(letter, StringComparison.Ordinal), 0)) & 0xFFF;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[filled++] = (byte)((buffer >> bits) & 0xFF);
        }

        return bytes;
    }
}
