using System.Text;

namespace CashlessGateway.Printing;

/// <summary>One line of text as dots, drawn from the font: for letters that a printer does not have.</summary>
public sealed class DotLine
{
    /// <summary>Each dot is looked at this many times each way; it is black when half of its looks are.</summary>
    private const int Looks = 4;

    private readonly bool[] _dots;

    private DotLine(int width, int height) => (Width, Height, _dots) = (width, height, new bool[width * height]);

    public int Width { get; }
    public int Height { get; }

    public bool IsBlack(int x, int y) => _dots[y * Width + x];

    /// <param name="height">Dots of a letter, 24 on most receipt printers.</param>
    public static DotLine Of(string text, int width, int height, TextAlign align)
    {
        var line = new DotLine(width, height);
        var font = PrintFont.Gothic;
        var letters = font.Letters(text);
        var needed = letters.Sum(letter => Advance(font, letter, height));
        var x = align switch
        {
            TextAlign.Left => 0,
            TextAlign.Centre => Math.Max(0, (width - needed) / 2),
            TextAlign.Right => Math.Max(0, width - needed),
        };
        foreach (var letter in letters)
        {
            line.Draw(font.File, font.File.GlyphOf(letter), x);
            x += Advance(font, letter, height);
        }

        return line;
    }

    /// <summary>Whole dots, as the printer's own letters have: a full one is as wide as it is high.</summary>
    private static int Advance(PrintFont font, Rune letter, int height) =>
        (int)Math.Round(font.File.Advance(font.File.GlyphOf(letter)) * (double)height / font.File.UnitsPerEm, MidpointRounding.AwayFromZero);

    private void Draw(TrueTypeFont font, int glyph, int left)
    {
        var edges = GlyphOutline.Of(font, glyph);
        if (edges.Count == 0) return;
        var scale = Height / (double)(font.Ascent - font.Descent);
        var black = new int[Width * Height];
        for (var row = 0; row < Height * Looks; row++)
        {
            var y = font.Ascent - (row + 0.5) / Looks / scale;
            foreach (var (from, to) in Inside(edges, y)) Count(black, row / Looks, left + from * scale, left + to * scale);
        }

        for (var i = 0; i < black.Length; i++) _dots[i] |= black[i] * 2 >= Looks * Looks;
    }

    private void Count(int[] black, int row, double from, double to)
    {
        var (first, last) = ((int)Math.Ceiling(from * Looks - 0.5), (int)Math.Ceiling(to * Looks - 0.5));
        for (var look = Math.Max(0, first); look < last && look < Width * Looks; look++) black[row * Width + look / Looks]++;
    }

    /// <summary>Where a level line runs inside the outline (non-zero winding).</summary>
    private static IEnumerable<(double From, double To)> Inside(List<GlyphOutline.Edge> edges, double y)
    {
        var crossings = edges.Where(edge => edge.Y1 <= y != edge.Y2 <= y)
            .Select(edge => (X: edge.X1 + (y - edge.Y1) / (edge.Y2 - edge.Y1) * (edge.X2 - edge.X1), Turn: edge.Y2 > edge.Y1 ? 1 : -1))
            .OrderBy(static crossing => crossing.X);
        var (winding, from) = (0, 0.0);
        foreach (var (x, turn) in crossings)
        {
            if (winding == 0) from = x;
            winding += turn;
            if (winding == 0) yield return (from, x);
        }
    }
}
