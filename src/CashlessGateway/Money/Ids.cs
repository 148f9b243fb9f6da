using System.Security.Cryptography;

namespace CashlessGateway.Money;

/// <summary>
/// ULIDs made by us: 48 bits of time, 80 bits of chance, 26 characters of Crockford base 32. Ids of one process rise, so that
/// the database appends instead of filling pages at random; no order of the business rests on them.
/// </summary>
public sealed class Ids(Clock clock)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    public const int Length = 26;

    private readonly Lock _gate = new();
    private long _time;
    private ulong _high; // 16 bits
    private ulong _low; // 64 bits

    public string Next()
    {
        var now = clock.Now().Milliseconds;
        long time;
        ulong high, low;
        lock (_gate)
        {
            if (now > _time) Reseed(now);
            else Increase();
            (time, high, low) = (_time, _high, _low);
        }

        return string.Create(Length, (time, high, low), static (text, id) =>
        {
            for (var i = 9; i >= 0; i--, id.time >>= 5) text[i] = Alphabet[(int)(id.time & 31)];
            var value = ((UInt128)id.high << 64) | id.low;
            for (var i = 25; i >= 10; i--, value >>= 5) text[i] = Alphabet[(int)(uint)(value & 31)];
        });
    }

    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.Length != Length) return false;
        foreach (var letter in text)
            if (!Alphabet.Contains(letter, StringComparison.Ordinal)) return false;
        return true;
    }

    private void Reseed(long now)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        _time = now;
        _high = BitConverter.ToUInt16(random[..2]);
        _low = BitConverter.ToUInt64(random[2..]);
    }

    private void Increase()
    {
        unchecked
        {
            // A stride that cannot be guessed, so that one id does not reveal the next.
            var stride = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)) | 1UL;
            var before = _low;
            _low += stride;
            if (_low >= before) return;
            _high = (_high + 1) & 0xFFFF;
            if (_high == 0) _time++;
        }
    }
}

/// <summary>The prefixes under which ids are seen outside.</summary>
public static class PublicId
{
    public const string Receivable = "rcv_";
    public const string Payment = "pay_";
    public const string Refund = "ref_";
    public const string Entry = "ent_";
    public const string Event = "evt_";
    public const string Session = "ses_";
    public const string Exception = "exc_";
    public const string CashReport = "csr_";
    public const string PayIn = "pin_";
    public const string WebhookEndpoint = "whe_";
    public const string WebhookDelivery = "whd_";
    public const string AuditEntry = "aud_";
    public const string ReceiptPrint = "prn_";

    /// <summary>The id inside, or null when the text is not one of ours.</summary>
    public static string? Strip(string prefix, string? text) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && Ids.IsId(text.AsSpan(prefix.Length))
            ? text[prefix.Length..]
            : null;
}
