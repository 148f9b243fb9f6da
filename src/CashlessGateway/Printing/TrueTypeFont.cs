using System.Buffers.Binary;
using System.Text;

namespace CashlessGateway.Printing;

/// <summary>A TrueType file as far as paper needs it: which glyph a character has, how wide it is, and its outline's bytes.</summary>
internal sealed class TrueTypeFont
{
    public const int Missing = 0;

    private const int SegmentFormat = 4;
    private const int GroupFormat = 12;

    private readonly byte[] _data;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _glyphs = [];
    private readonly int _metrics;
    private readonly bool _longOffsets;

    public TrueTypeFont(byte[] data)
    {
        _data = data;
        var count = UInt16(4);
        for (var i = 0; i < count; i++)
        {
            var at = 12 + 16 * i;
            _tables.Add(Encoding.ASCII.GetString(_data, at, 4), (Int32(at + 8), Int32(at + 12)));
        }

        var (head, hhea) = (_tables["head"].Offset, _tables["hhea"].Offset);
        UnitsPerEm = UInt16(head + 18);
        Box = (Int16(head + 36), Int16(head + 38), Int16(head + 40), Int16(head + 42));
        _longOffsets = Int16(head + 50) == 1;
        Ascent = Int16(hhea + 4);
        Descent = Int16(hhea + 6);
        _metrics = UInt16(hhea + 34);
        GlyphCount = UInt16(_tables["maxp"].Offset + 4);
        ReadCharacters();
    }

    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int GlyphCount { get; }
    public (int Left, int Bottom, int Right, int Top) Box { get; }

    /// <summary><see cref="Missing"/> when the font has none.</summary>
    public int GlyphOf(Rune character) => _glyphs.GetValueOrDefault(character.Value, Missing);

    /// <summary>In units of the em.</summary>
    public int Advance(int glyph) => UInt16(_tables["hmtx"].Offset + 4 * Math.Min(glyph, _metrics - 1));

    public int LeftBearing(int glyph) => glyph < _metrics
        ? Int16(_tables["hmtx"].Offset + 4 * glyph + 2)
        : Int16(_tables["hmtx"].Offset + 4 * _metrics + 2 * (glyph - _metrics));

    /// <summary>Empty for a glyph without ink.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var (glyf, loca) = (_tables["glyf"].Offset, _tables["loca"].Offset);
        var (from, to) = _longOffsets ? (Int32(loca + 4 * glyph), Int32(loca + 4 * glyph + 4)) : (2 * UInt16(loca + 2 * glyph), 2 * UInt16(loca + 2 * glyph + 2));
        return _data.AsSpan(glyf + from, to - from);
    }

    /// <summary>Empty for a table that the font does not have.</summary>
    public ReadOnlySpan<byte> Table(string tag) => _tables.TryGetValue(tag, out var table) ? _data.AsSpan(table.Offset, table.Length) : default;

    private void ReadCharacters()
    {
        var cmap = _tables["cmap"].Offset;
        var formats = new Dictionary<int, int>();
        for (var i = 0; i < UInt16(cmap + 2); i++)
        {
            var at = cmap + 4 + 8 * i;
            // Platform 3 is Unicode as Windows has it.
            if (UInt16(at) == 3) formats[UInt16(cmap + Int32(at + 4))] = cmap + Int32(at + 4);
        }

        if (formats.TryGetValue(GroupFormat, out var groups)) ReadGroups(groups);
        else if (formats.TryGetValue(SegmentFormat, out var segments)) ReadSegments(segments);
        else throw new InvalidOperationException("The font has no table of Unicode characters in format 4 or 12.");
    }

    private void ReadGroups(int at)
    {
        for (var i = 0; i < Int32(at + 12); i++)
        {
            var group = at + 16 + 12 * i;
            var (first, last, glyph) = (Int32(group), Int32(group + 4), Int32(group + 8));
            for (var code = first; code <= last; code++) _glyphs[code] = glyph + code - first;
        }
    }

    private void ReadSegments(int at)
    {
        var twice = UInt16(at + 6);
        for (var i = 0; i < twice; i += 2)
        {
            var (last, first, delta, range) = (UInt16(at + 14 + i), UInt16(at + 16 + twice + i), UInt16(at + 16 + 2 * twice + i), UInt16(at + 16 + 3 * twice + i));
            for (var code = (int)first; code <= last && code < 0xFFFF; code++)
            {
                var glyph = range == 0 ? code : UInt16(at + 16 + 3 * twice + i + range + 2 * (code - first));
                if (glyph != 0) _glyphs[code] = glyph + delta & 0xFFFF;
            }
        }
    }

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private int Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_data.AsSpan(at));
}
