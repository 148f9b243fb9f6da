using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers;

namespace Matomete;

/// <summary>
/// Notices are signed: <c>Matomete-Signature: t=1795224961,v1=…</c>, where v1 is HMAC-SHA256 in hex over <c>t.body</c>. The time is under the signature,
/// so a notice that somebody recorded is worth nothing five minutes later.
/// </summary>
internal static class Notice
{
    public const string Header = "Matomete-Signature";

    /// <summary>Clocks differ a little, and Matomete tries again for two minutes.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Matomete's notices have less than 1 KB.</summary>
    private const int LongestBody = 16 * 1024;

    public static WebhookNotice Read(WebhookPost post, string secret)
    {
        if (post.Body.Length > LongestBody) return new WebhookNotice.Forged("longer than any notice of Matomete");
        var signature = post.Headers.FirstOrDefault(static header => string.Equals(header.Key, Header, StringComparison.OrdinalIgnoreCase)).Value;
        if (!IsSigned(signature, post.Body.Span, secret, out var at)) return new WebhookNotice.Forged("not signed by Matomete");
        if ((post.ReceivedAt - at).Duration() > Window) return new WebhookNotice.Forged("signed too long ago");
        if (Fields.Parse(post.Body) is not { } notice || notice.Id("eventId", "ev_") is not { } id) return new WebhookNotice.Forged("signed, but it cannot be read");
        return (notice.Text("type"), Reference(notice, "orderId"), Reference(notice, "refundId")) switch
        {
            ("charge", { } order, _) => new WebhookNotice.About(order, id),
            ("refund", _, { } refund) => new WebhookNotice.AboutRefund(refund, id),
            _ => new WebhookNotice.Irrelevant("a kind of notice that is not used here"),
        };
    }

    private static bool IsSigned(string? header, ReadOnlySpan<byte> body, string secret, out DateTimeOffset at)
    {
        at = default;
        if (header?.Split(',') is not [['t', '=', .. var time], ['v', '1', '=', .. var told]]) return false;
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(body);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())), Encoding.UTF8.GetBytes(told));
    }

    /// <summary>As the gateway makes them; nothing that could do harm in a log or a key.</summary>
    private static string? Reference(JsonElement notice, string name) =>
        notice.Text(name) is { Length: > 0 and <= 40 } text && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? text : null;
}
