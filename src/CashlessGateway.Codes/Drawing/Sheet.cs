namespace CashlessGateway.Codes.Drawing;

/// <summary>The colours of a sheet.</summary>
internal enum Ink
{
    Black,
    Grey,
    Red,
    PaleRed,
    White,
}

/// <summary>Which end of a text lies at its place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>A rectangle of whole printer dots; y grows downwards.</summary>
internal readonly record struct DotArea(int X, int Y, int Width, int Height);

/// <summary>What lies on a sheet, in the order in which it is painted.</summary>
internal abstract record Mark
{
    private Mark() { }

    /// <summary>All rectangles of a symbol are filled as one shape, so that no hairline shows between neighbours.</summary>
    public sealed record Fill(Ink Ink, IReadOnlyList<DotArea> Areas) : Mark;

    /// <summary>One line of text.</summary>
    /// <param name="Text">What is written.</param>
    /// <param name="X">Where its anchor lies.</param>
    /// <param name="Y">Its base line.</param>
    /// <param name="Size">The height of its letters' square.</param>
    /// <param name="Anchor">Which end lies at X.</param>
    /// <param name="Ink">Its colour.</param>
    /// <param name="Rise">Degrees by which it rises from left to right.</param>
    public sealed record Line(string Text, int X, int Y, int Size, Anchor Anchor, Ink Ink, int Rise = 0) : Mark;
}

/// <summary>Paper measured in the dots of one printer: whatever is put on it has its edges on whole dots, so that no bar comes out a dot wider than its neighbour.</summary>
internal sealed class Sheet(int dpi, double widthMillimetres, double heightMillimetres)
{
    private const double MillimetresPerInch = 25.4;

    private readonly List<Mark> _marks = [];

    public int Dpi { get; } = dpi;

    public int Width { get; } = Dots(widthMillimetres, dpi);

    public int Height { get; } = Dots(heightMillimetres, dpi);

    public IReadOnlyList<Mark> Marks => _marks;

    /// <summary>The nearest whole number of dots.</summary>
    public int Dots(double millimetres) => Dots(millimetres, Dpi);

    public double Millimetres(int dots) => dots * MillimetresPerInch / Dpi;

    public void Fill(Ink ink, params IReadOnlyList<DotArea> areas) => _marks.Add(new Mark.Fill(ink, areas));

    /// <summary>Places and size in millimetres.</summary>
    public void Write(string text, double x, double y, double size, Anchor anchor = Anchor.Start, Ink ink = Ink.Black, int rise = 0) =>
        _marks.Add(new Mark.Line(text, Dots(x), Dots(y), Dots(size), anchor, ink, rise));

    /// <summary>A straight line across or down, in millimetres; as thin as ink still shows.</summary>
    public void Rule(double x, double y, double width, double height, Ink ink) =>
        Fill(ink, new DotArea(Dots(x), Dots(y), Math.Max(Dots(width), 1), Math.Max(Dots(height), 1)));

    private static int Dots(double millimetres, int dpi) => (int)Math.Round(millimetres * dpi / MillimetresPerInch, MidpointRounding.AwayFromZero);
}
