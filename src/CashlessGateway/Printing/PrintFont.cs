using System.Text;

namespace CashlessGateway.Printing;

/// <summary>IPAexGothic, the font of everything that is printed here: it has the characters of Japanese names and is drawn alike on every machine.</summary>
public sealed class PrintFont
{
    /// <summary>Stands for what the font does not have (下駄): a printer's sign that a letter is missing here, and no letter that could be believed.</summary>
    public static readonly Rune Geta = new('〓');

    internal const double PointsPerMillimetre = 72 / 25.4;

    private static readonly Lazy<PrintFont> Loaded = new(static () => new PrintFont(new TrueTypeFont(Resource())));

    private PrintFont(TrueTypeFont file) => File = file;

    /// <summary>Read at the first document and kept.</summary>
    public static PrintFont Gothic => Loaded.Value;

    internal TrueTypeFont File { get; }

    /// <summary>As it will be drawn: composed (が is one letter), and with <see cref="Geta"/> for what is missing.</summary>
    public IReadOnlyList<Rune> Letters(string text) => [.. DrawnText.Of(text).EnumerateRunes().Select(letter => Has(letter) ? letter : Geta)];

    /// <summary>Letters of a text that the font does not have.</summary>
    public IReadOnlyList<Rune> MissingIn(string text) => [.. DrawnText.Of(text).EnumerateRunes().Where(letter => !Has(letter)).Distinct()];

    public bool Has(Rune letter) => File.GlyphOf(letter) != TrueTypeFont.Missing;

    /// <summary>In millimetres, at a size in points.</summary>
    public double Width(string text, double size) => Letters(text).Sum(letter => File.Advance(File.GlyphOf(letter))) * size / File.UnitsPerEm / PointsPerMillimetre;

    /// <summary>
    /// The text in lines that fit. A line is broken between any two letters, as Japanese is; not before a closing bracket or a full stop,
    /// and not inside a number or a word of Latin letters that fits a line of its own.
    /// </summary>
    public IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var piece in LineBreaks.Pieces(DrawnText.Of(text)))
        {
            if (line.Length > 0 && Width(line + piece, size) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            foreach (var letter in piece.EnumerateRunes())
            {
                if (line.Length > 0 && Width(line.ToString() + letter, size) > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(letter);
            }
        }

        lines.Add(line.ToString());
        return lines;
    }

    private static byte[] Resource()
    {
        using var stream = typeof(PrintFont).Assembly.GetManifestResourceStream("ipaexg.ttf") ?? throw new InvalidOperationException("The font is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
