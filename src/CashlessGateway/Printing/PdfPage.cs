using System.Globalization;
using System.Text;

namespace CashlessGateway.Printing;

public enum TextAlign
{
    Left,
    Centre,

    /// <summary>Amounts: they end at the given place.</summary>
    Right,
}

/// <summary>One page. Places are millimetres from its upper left corner, a text's is its baseline; sizes of letters and widths of lines are points.</summary>
public sealed class PdfPage
{
    private readonly PrintFont _font;
    private readonly List<Mark> _marks = [];

    internal PdfPage(PrintFont font, double width, double height) => (_font, Width, Height) = (font, width, height);

    public double Width { get; }
    public double Height { get; }

    internal IEnumerable<Rune> Letters => _marks.OfType<Mark.Letters>().SelectMany(static text => text.Text);

    public void Text(double x, double y, double size, string text, TextAlign align = TextAlign.Left, bool bold = false)
    {
        var left = align switch
        {
            TextAlign.Left => x,
            TextAlign.Centre => x - _font.Width(text, size) / 2,
            TextAlign.Right => x - _font.Width(text, size),
        };
        _marks.Add(new Mark.Letters(left, y, size, bold, _font.Letters(text)));
    }

    public void Line(double x1, double y1, double x2, double y2, double thickness = 0.5) => _marks.Add(new Mark.Stroke(x1, y1, x2, y2, thickness));

    public void Frame(double x, double y, double width, double height, double thickness = 0.8) => _marks.Add(new Mark.Outline(x, y, width, height, thickness));

    /// <summary>Black.</summary>
    public void Fill(double x, double y, double width, double height) => _marks.Add(new Mark.Box(x, y, width, height));

    /// <summary>A length as PDF counts it.</summary>
    internal static string Points(double millimetres) => Number(millimetres * PrintFont.PointsPerMillimetre);

    internal string Content(FontSubset subset)
    {
        var content = new StringBuilder();
        foreach (var mark in _marks)
        {
            content.Append(mark switch
            {
                Mark.Letters text => TextOf(text, subset),
                Mark.Stroke line => $"{Number(line.Thickness)} w {Points(line.X1)} {Up(line.Y1)} m {Points(line.X2)} {Up(line.Y2)} l S\n",
                Mark.Outline frame => $"{Number(frame.Thickness)} w {Points(frame.X)} {Up(frame.Y + frame.Height)} {Points(frame.Width)} {Points(frame.Height)} re S\n",
                Mark.Box box => $"{Points(box.X)} {Up(box.Y + box.Height)} {Points(box.Width)} {Points(box.Height)} re f\n",
                _ => throw new InvalidOperationException("Mark is a closed set."),
            });
        }

        return content.ToString();
    }

    /// <summary>The font has one weight: bold is the same letters with their outline drawn too.</summary>
    private string TextOf(Mark.Letters text, FontSubset subset)
    {
        var codes = string.Concat(text.Text.Select(letter => subset.NumberOf(letter).ToString("X4", CultureInfo.InvariantCulture)));
        var weight = text.Bold ? $"2 Tr {Number(text.Size / 30)} w " : "0 Tr ";
        return $"BT /F {Number(text.Size)} Tf {weight}{Points(text.X)} {Up(text.Y)} Td <{codes}> Tj ET\n";
    }

    /// <summary>PDF counts from the lower left corner.</summary>
    private string Up(double y) => Points(Height - y);

    private static string Number(double value) => Math.Round(value, 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);

    private abstract record Mark
    {
        private Mark() { }

        public sealed record Letters(double X, double Y, double Size, bool Bold, IReadOnlyList<Rune> Text) : Mark;

        public sealed record Stroke(double X1, double Y1, double X2, double Y2, double Thickness) : Mark;

        public sealed record Outline(double X, double Y, double Width, double Height, double Thickness) : Mark;

        public sealed record Box(double X, double Y, double Width, double Height) : Mark;
    }
}
