using System.Text;

namespace CashlessGateway.Codes;

/// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF, nothing reflected. eL-QR and EMV codes carry it.</summary>
internal static class Crc16
{
    private const ushort Begin = 0xFFFF;
    private const ushort Polynomial = 0x1021;

    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Of text that has only ASCII characters.</summary>
    public static ushort OfAscii(ReadOnlySpan<char> text)
    {
        var crc = Begin;
        foreach (var letter in text) crc = Next(crc, (byte)letter);
        return crc;
    }

    /// <summary>Over the UTF-8 bytes; the text has no half of a surrogate pair.</summary>
    public static ushort OfUtf8(ReadOnlySpan<char> text)
    {
        var crc = Begin;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
                crc = Next(crc, one);
        return crc;
    }

    private static ushort Next(ushort crc, byte next) => unchecked((ushort)((crc << 8) ^ Table[(byte)((crc >> 8) ^ next)]));

    private static ushort Entry(int index)
    {
        var value = unchecked((ushort)(index << 8));
        for (var bit = 0; bit < 8; bit++) value = unchecked((ushort)((value & 0x8000) != 0 ? (value << 1) ^ Polynomial : value << 1));
        return value;
    }
}
