using System.Buffers.Binary;
using System.Text;

namespace CashlessGateway.Printing;

/// <summary>
/// The part of a font that one document shows, as a TrueType file. Every character has a glyph number of its own, also where the font draws two
/// characters alike: so what is copied out of the document is exactly what was written into it.
/// </summary>
internal sealed class FontSubset
{
    /// <summary>Copied whole: the programs that fit outlines to coarse dots.</summary>
    private static readonly string[] Copied = ["cvt ", "fpgm", "prep"];

    private readonly TrueTypeFont _font;
    private readonly List<int> _glyphs = [TrueTypeFont.Missing];
    private readonly Dictionary<Rune, int> _numbers = [];

    /// <param name="characters">In any order and number: the same set gives the same bytes.</param>
    public FontSubset(TrueTypeFont font, IEnumerable<Rune> characters)
    {
        _font = font;
        foreach (var character in characters.Distinct().Order())
        {
            if (font.GlyphOf(character) is var glyph && glyph == TrueTypeFont.Missing) continue;
            _numbers.Add(character, _glyphs.Count);
            _glyphs.Add(glyph);
        }
    }

    /// <summary>In rising order of their glyph numbers here.</summary>
    public IReadOnlyList<Rune> Characters => [.. _numbers.OrderBy(static pair => pair.Value).Select(static pair => pair.Key)];

    public int NumberOf(Rune character) => _numbers.GetValueOrDefault(character, TrueTypeFont.Missing);

    /// <summary>In thousandths of the em, as PDF counts.</summary>
    public int WidthOf(Rune character) => (int)Math.Round(_font.Advance(_font.GlyphOf(character)) * 1000.0 / _font.UnitsPerEm, MidpointRounding.AwayFromZero);

    public byte[] File()
    {
        var (glyf, loca) = Outlines();
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf,
            ["loca"] = loca,
            ["head"] = Head(),
            ["hhea"] = With(_font.Table("hhea"), 34, _glyphs.Count),
            ["hmtx"] = Metrics(),
            ["maxp"] = With(_font.Table("maxp"), 4, _glyphs.Count),
        };
        foreach (var tag in Copied)
            if (_font.Table(tag) is { IsEmpty: false } table) tables.Add(tag, table.ToArray());
        return TrueTypeFile.Of(tables);
    }

    /// <summary>Parts that outlines are put together from are appended while their users are written.</summary>
    private (byte[] Glyf, byte[] Loca) Outlines()
    {
        using var outlines = new MemoryStream();
        var offsets = new List<int>();
        var parts = new Dictionary<int, int>();
        for (var number = 0; number < _glyphs.Count; number++)
        {
            offsets.Add((int)outlines.Length);
            var outline = _font.Outline(_glyphs[number]).ToArray();
            if (CompositeGlyph.Is(outline))
                foreach (var part in CompositeGlyph.Parts(outline)) BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(part.At), (ushort)NumberOfPart(parts, part.Glyph));
            outlines.Write(outline);
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }

        offsets.Add((int)outlines.Length);
        var loca = new byte[4 * offsets.Count];
        for (var i = 0; i < offsets.Count; i++) BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(4 * i), offsets[i]);
        return (outlines.ToArray(), loca);
    }

    private int NumberOfPart(Dictionary<int, int> parts, int glyph)
    {
        if (parts.TryGetValue(glyph, out var known)) return known;
        parts.Add(glyph, _glyphs.Count);
        _glyphs.Add(glyph);
        return _glyphs.Count - 1;
    }

    private byte[] Metrics()
    {
        var bytes = new byte[4 * _glyphs.Count];
        foreach (var (i, glyph) in _glyphs.Index())
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4 * i), (ushort)_font.Advance(glyph));
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4 * i + 2), (short)_font.LeftBearing(glyph));
        }

        return bytes;
    }

    /// <summary>With long offsets in loca, and without the checksum of the whole, which <see cref="TrueTypeFile"/> writes.</summary>
    private byte[] Head()
    {
        var head = With(_font.Table("head"), 50, 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        return head;
    }

    private static byte[] With(ReadOnlySpan<byte> table, int at, int value)
    {
        var copy = table.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)value);
        return copy;
    }
}

/// <summary>Tables put together to a TrueType file.</summary>
internal static class TrueTypeFile
{
    private const uint WholeChecksum = 0xB1B0AFBA;

    public static byte[] Of(SortedDictionary<string, byte[]> tables)
    {
        var offset = 12 + 16 * tables.Count;
        var file = new byte[offset + tables.Values.Sum(static table => Padded(table.Length))];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        var power = (int)Math.Floor(Math.Log2(tables.Count));
        Write16(file, 4, tables.Count);
        Write16(file, 6, 16 << power);
        Write16(file, 8, power);
        Write16(file, 10, 16 * tables.Count - (16 << power));
        foreach (var (i, (tag, table)) in tables.Index())
        {
            var entry = file.AsSpan(12 + 16 * i, 16);
            Encoding.ASCII.GetBytes(tag, entry);
            table.CopyTo(file, offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(file.AsSpan(offset, Padded(table.Length))));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], table.Length);
            offset += Padded(table.Length);
        }

        var head = 12 + 16 * tables.Count + tables.TakeWhile(static pair => pair.Key != "head").Sum(static pair => Padded(pair.Value.Length));
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(head + 8), unchecked(WholeChecksum - Checksum(file)));
        return file;
    }

    private static int Padded(int length) => (length + 3) / 4 * 4;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4) sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }

    private static void Write16(byte[] file, int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value);
}
