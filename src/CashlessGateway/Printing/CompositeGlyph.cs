using System.Buffers.Binary;

namespace CashlessGateway.Printing;

/// <summary>One part of a glyph that is put together from others: which, where its number stands in the outline's bytes, and how it is moved and stretched.</summary>
/// <param name="At">Where the part's glyph number stands.</param>
internal readonly record struct GlyphPart(int Glyph, int At, double Xx, double Xy, double Yx, double Yy, double Dx, double Dy);

internal static class CompositeGlyph
{
    private const int WordArguments = 0x0001;
    private const int ArgumentsAreOffsets = 0x0002;
    private const int OneScale = 0x0008;
    private const int More = 0x0020;
    private const int TwoScales = 0x0040;
    private const int Matrix = 0x0080;

    /// <summary>An outline with a negative number of contours is a list of parts.</summary>
    public static bool Is(ReadOnlySpan<byte> outline) => outline.Length >= 10 && Word(outline, 0) < 0;

    public static List<GlyphPart> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<GlyphPart>();
        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            var number = at + 2;
            at += 4;
            var (dx, dy) = (flags & WordArguments) != 0 ? (Word(outline, at), Word(outline, at + 2)) : ((sbyte)outline[at], (sbyte)outline[at + 1]);
            at += (flags & WordArguments) != 0 ? 4 : 2;
            var (xx, xy, yx, yy) = (1.0, 0.0, 0.0, 1.0);
            if ((flags & OneScale) != 0) (xx, yy, at) = (Scale(outline, at), Scale(outline, at), at + 2);
            else if ((flags & TwoScales) != 0) (xx, yy, at) = (Scale(outline, at), Scale(outline, at + 2), at + 4);
            else if ((flags & Matrix) != 0) (xx, xy, yx, yy, at) = (Scale(outline, at), Scale(outline, at + 2), Scale(outline, at + 4), Scale(outline, at + 6), at + 8);
            if ((flags & ArgumentsAreOffsets) == 0) (dx, dy) = (0, 0);
            parts.Add(new GlyphPart(BinaryPrimitives.ReadUInt16BigEndian(outline[number..]), number, xx, xy, yx, yy, dx, dy));
        }
        while ((flags & More) != 0);

        return parts;
    }

    private static int Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);

    /// <summary>2 bits before the point, 14 behind it.</summary>
    private static double Scale(ReadOnlySpan<byte> bytes, int at) => Word(bytes, at) / 16384.0;
}
