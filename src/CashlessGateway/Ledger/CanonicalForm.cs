using System.Globalization;
using System.Text;

namespace CashlessGateway.Ledger;

/// <summary>
/// The form of whatever is hashed. Fields follow each other without separators, each written so that its end is known before it
/// is read, and so no two rows have the same bytes:
/// <code>
/// text     length in UTF-8 bytes, ':', the bytes, ','        6:131016,
/// integer  its decimal digits as such a text                 3:900,
/// instant  milliseconds since 1970-01-01T00:00Z as integer   13:1795219200000,
/// date     YYYY-MM-DD as text                                10:2026-11-21,
/// bytes    lower-case hexadecimal as text
/// nothing  '-,'
/// </code>
/// </summary>
internal sealed class CanonicalForm
{
    private readonly StringBuilder _text = new(512);

    public void Text(string? value)
    {
        if (value is null) _text.Append("-,");
        else _text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value},");
    }

    public void Number(long? value) => Text(value?.ToString(CultureInfo.InvariantCulture));

    public void Hex(byte[]? value) => Text(value is null ? null : Convert.ToHexStringLower(value));

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());
}
