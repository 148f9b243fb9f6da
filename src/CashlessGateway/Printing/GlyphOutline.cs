using System.Buffers.Binary;

namespace CashlessGateway.Printing;

/// <summary>The outline of a glyph as straight lines, in units of the em: fine enough for the dots of a receipt printer.</summary>
internal static class GlyphOutline
{
    private const int OnCurve = 0x01, ShortX = 0x02, ShortY = 0x04, Repeat = 0x08, SameOrPositiveX = 0x10, SameOrPositiveY = 0x20;

    /// <summary>Pieces that a curve is cut into: at 48 dots a letter none is longer than a dot.</summary>
    private const int PiecesOfCurve = 6;

    /// <summary>Parts of parts of parts; a font that goes deeper is broken.</summary>
    private const int Deepest = 4;

    public readonly record struct Edge(double X1, double Y1, double X2, double Y2);

    private readonly record struct Dot(double X, double Y, bool On);

    public static List<Edge> Of(TrueTypeFont font, int glyph, int depth = 0)
    {
        var edges = new List<Edge>();
        var outline = font.Outline(glyph);
        if (outline.IsEmpty || depth > Deepest) return edges;
        if (!CompositeGlyph.Is(outline))
        {
            foreach (var contour in Contours(outline)) Add(edges, contour);
            return edges;
        }

        foreach (var part in CompositeGlyph.Parts(outline))
            foreach (var edge in Of(font, part.Glyph, depth + 1))
                edges.Add(new Edge(
                    part.Xx * edge.X1 + part.Yx * edge.Y1 + part.Dx, part.Xy * edge.X1 + part.Yy * edge.Y1 + part.Dy,
                    part.Xx * edge.X2 + part.Yx * edge.Y2 + part.Dx, part.Xy * edge.X2 + part.Yy * edge.Y2 + part.Dy));
        return edges;
    }

    private static List<List<Dot>> Contours(ReadOnlySpan<byte> outline)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(outline);
        var ends = new List<int>();
        for (var i = 0; i < count; i++) ends.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(10 + 2 * i)..]));
        if (ends.Count == 0) return [];
        var at = 10 + 2 * count;
        at += 2 + BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
        var flags = Flags(outline, ref at, ends[^1] + 1);
        var xs = Coordinates(outline, ref at, flags, ShortX, SameOrPositiveX);
        var ys = Coordinates(outline, ref at, flags, ShortY, SameOrPositiveY);
        var contours = new List<List<Dot>>();
        var from = 0;
        foreach (var end in ends)
        {
            contours.Add([.. Enumerable.Range(from, end + 1 - from).Select(i => new Dot(xs[i], ys[i], (flags[i] & OnCurve) != 0))]);
            from = end + 1;
        }

        return contours;
    }

    private static List<byte> Flags(ReadOnlySpan<byte> outline, ref int at, int count)
    {
        var flags = new List<byte>(count);
        while (flags.Count < count)
        {
            var flag = outline[at++];
            flags.Add(flag);
            if ((flag & Repeat) == 0) continue;
            for (var again = outline[at++]; again > 0; again--) flags.Add(flag);
        }

        return flags;
    }

    private static List<int> Coordinates(ReadOnlySpan<byte> outline, ref int at, List<byte> flags, int isShort, int sameOrPositive)
    {
        var (values, value) = (new List<int>(flags.Count), 0);
        foreach (var flag in flags)
        {
            if ((flag & isShort) != 0) value += (flag & sameOrPositive) != 0 ? outline[at++] : -outline[at++];
            else if ((flag & sameOrPositive) == 0)
            {
                value += BinaryPrimitives.ReadInt16BigEndian(outline[at..]);
                at += 2;
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>Between two points off the curve lies one on it, which the file leaves out.</summary>
    private static void Add(List<Edge> edges, List<Dot> contour)
    {
        if (contour.Count < 2) return;
        var dots = new List<Dot>();
        for (var i = 0; i < contour.Count; i++)
        {
            var (dot, next) = (contour[i], contour[(i + 1) % contour.Count]);
            dots.Add(dot);
            if (!dot.On && !next.On) dots.Add(new Dot((dot.X + next.X) / 2, (dot.Y + next.Y) / 2, On: true));
        }

        var first = dots.FindIndex(static dot => dot.On);
        if (first < 0) return;
        var at = dots[first];
        for (var i = 1; i <= dots.Count; i++)
        {
            var dot = dots[(first + i) % dots.Count];
            if (dot.On) edges.Add(new Edge(at.X, at.Y, dot.X, dot.Y));
            else
            {
                var end = dots[(first + ++i) % dots.Count];
                Curve(edges, at, dot, end);
                dot = end;
            }

            at = dot;
        }
    }

    private static void Curve(List<Edge> edges, Dot from, Dot pull, Dot to)
    {
        var (x, y) = (from.X, from.Y);
        for (var piece = 1; piece <= PiecesOfCurve; piece++)
        {
            var t = piece / (double)PiecesOfCurve;
            var (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t);
            var (nextX, nextY) = (a * from.X + b * pull.X + c * to.X, a * from.Y + b * pull.Y + c * to.Y);
            edges.Add(new Edge(x, y, nextX, nextY));
            (x, y) = (nextX, nextY);
        }
    }
}
