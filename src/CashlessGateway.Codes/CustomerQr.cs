using System.Text;

namespace CashlessGateway.Codes;

/// <summary>
/// The QR codes that customers show: base64 of BER-TLV, EMVCo's kind and JPQR's. They have no checksum; the structure is all that
/// tells a whole one from a torn one.
/// </summary>
internal static class CustomerQr
{
    /// <summary>How base64 of either kind begins: 85 05 and the first letters of the format.</summary>
    public const string Begin = "hQV";

    /// <summary>EMVCo allows 512 characters of base64.</summary>
    public const int MaxLength = 512;

    private const int FormatTag = 0x85;
    private const int ApplicationTemplate = 0x61;
    private const int CommonTemplate = 0x62;
    private const int ApplicationName = 0x4F;

    /// <summary>Reads the structure; null when it is torn.</summary>
    public static (CustomerCodeForm Form, IReadOnlyList<string> Applications)? Read(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (text.Length > MaxLength || text.ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(text, bytes, out var count)) return null;
        var reader = new BerReader(bytes[..count]);
        if (!reader.Next(out var tag, out var value) || tag != FormatTag || FormOf(value) is not { } form) return null;

        var applications = new List<string>();
        while (!reader.AtEnd)
        {
            if (!reader.Next(out tag, out value)) return null;
            if (tag is ApplicationTemplate or CommonTemplate && !BerReader.IsWhole(value, BerReader.DepthOfATemplate)) return null;
            if (tag == ApplicationTemplate && Name(value) is { } name) applications.Add(name);
        }

        return applications.Count > 0 ? (form, applications) : null;
    }

    private static CustomerCodeForm? FormOf(ReadOnlySpan<byte> format) =>
        format.SequenceEqual("CPV01"u8) ? CustomerCodeForm.EmvQr : format.SequenceEqual("JPQR1"u8) ? CustomerCodeForm.JpqrQr : null;

    /// <summary>EMVCo's is a binary number; JPQR's are letters.</summary>
    private static string? Name(ReadOnlySpan<byte> template)
    {
        var reader = new BerReader(template);
        while (reader.Next(out var tag, out var value))
            if (tag == ApplicationName && !value.IsEmpty)
                return value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? Convert.ToHexString(value) : Encoding.ASCII.GetString(value);
        return null;
    }
}

/// <summary>Walks BER-TLV: tags of one or two bytes, lengths of one byte or of 0x81 and one byte or 0x82 and two. More does not fit 512 characters.</summary>
internal ref struct BerReader(ReadOnlySpan<byte> rest)
{
    /// <summary>A template holds templates that hold values.</summary>
    public const int DepthOfATemplate = 3;

    private const int TagGoesOn = 0x1F;
    private const int AnotherTagByte = 0x80;
    private const int Constructed = 0x20;

    private ReadOnlySpan<byte> _rest = rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>False at the end and where a tag or a length runs past it.</summary>
    public bool Next(out int tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryTag(out tag) || !TryLength(out var length) || length > _rest.Length) return false;
        value = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Made of elements from end to end, and so are the templates in it, down to a depth that no real code reaches.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> template, int depth)
    {
        if (depth == 0) return false;
        var reader = new BerReader(template);
        while (!reader.AtEnd)
        {
            if (!reader.Next(out var tag, out var value)) return false;
            var first = tag > byte.MaxValue ? tag >> 8 : tag;
            if ((first & Constructed) != 0 && !IsWhole(value, depth - 1)) return false;
        }

        return true;
    }

    private bool TryTag(out int tag)
    {
        tag = 0;
        if (_rest.IsEmpty) return false;
        var bytes = (_rest[0] & TagGoesOn) == TagGoesOn ? 2 : 1;
        if (_rest.Length < bytes || bytes == 2 && (_rest[1] & AnotherTagByte) != 0) return false;
        tag = bytes == 1 ? _rest[0] : _rest[0] << 8 | _rest[1];
        _rest = _rest[bytes..];
        return true;
    }

    private bool TryLength(out int length)
    {
        length = 0;
        if (_rest.IsEmpty) return false;
        var more = _rest[0] switch { < 0x80 => 0, 0x81 => 1, 0x82 => 2, _ => -1 };
        if (more < 0 || _rest.Length <= more) return false;
        length = more switch { 0 => _rest[0], 1 => _rest[1], _ => _rest[1] << 8 | _rest[2] };
        _rest = _rest[(1 + more)..];
        return true;
    }
}
