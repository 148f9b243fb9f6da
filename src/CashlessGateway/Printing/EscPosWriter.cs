namespace CashlessGateway.Printing;

/// <summary>
/// Commands for a receipt printer that speaks ESC/POS with Japanese letters, 80 mm wide. Text goes out in the printer's own letters;
/// a line with a letter that it lacks goes out as a picture drawn from our font, never with a '?' in somebody's name.
/// </summary>
public sealed class EscPosWriter
{
    /// <summary>Half-width letters in a line at normal size: 576 dots, 12 a letter.</summary>
    public const int LineColumns = 48;

    private const int LineDots = 576;
    private const int LetterDots = 24;
    private const byte Esc = 0x1B, Fs = 0x1C, Gs = 0x1D;

    private readonly List<byte> _bytes = [];

    public EscPosWriter()
    {
        Send(Esc, (byte)'@');
        // Shift_JIS, and two-byte letters on.
        Send(Fs, (byte)'C', 1);
        Send(Fs, (byte)'&');
    }

    public byte[] ToBytes() => [.. _bytes];

    /// <param name="big">Double width and height.</param>
    public void Line(string text, TextAlign align = TextAlign.Left, bool big = false)
    {
        foreach (var line in Wrap(text, big ? LineColumns / 2 : LineColumns)) One(line, align, big);
    }

    /// <summary>A name on the left and its value on the right, on one line where both fit and on two where not.</summary>
    public void Pair(string left, string right, bool big = false)
    {
        var columns = big ? LineColumns / 2 : LineColumns;
        var gap = columns - PrinterText.Columns(left) - PrinterText.Columns(right);
        if (gap >= 1 && PrinterText.TryEncode(left + right, out _))
        {
            One(left + new string(' ', gap) + right, TextAlign.Left, big);
            return;
        }

        Line(left, TextAlign.Left, big);
        Line(right, TextAlign.Right, big);
    }

    public void Rule() => One(new string('-', LineColumns), TextAlign.Left, big: false);

    /// <summary>The printer draws the symbol itself (GS ( k): model 2, six dots a module, level M.</summary>
    public void Qr(string text)
    {
        var data = System.Text.Encoding.UTF8.GetBytes(text);
        Align(TextAlign.Centre);
        Symbol([65, 50, 0]);
        Symbol([67, 6]);
        Symbol([69, 49]);
        Symbol([80, 48, .. data]);
        Symbol([81, 48]);
        Align(TextAlign.Left);
    }

    /// <summary>Feeds the paper to the knife and cuts all but one point of it.</summary>
    public void Cut() => Send(Gs, (byte)'V', 66, 0);

    public void Feed(int lines = 1) => Send(Esc, (byte)'d', (byte)lines);

    private void One(string line, TextAlign align, bool big)
    {
        if (!PrinterText.TryEncode(line, out var bytes))
        {
            Draw(DotLine.Of(PrinterText.Clean(line), LineDots, big ? 2 * LetterDots : LetterDots, align));
            return;
        }

        Align(align);
        if (big) Send(Gs, (byte)'!', 0x11);
        _bytes.AddRange(bytes);
        _bytes.Add((byte)'\n');
        if (big) Send(Gs, (byte)'!', 0);
        if (align != TextAlign.Left) Align(TextAlign.Left);
    }

    private void Align(TextAlign align) => Send(Esc, (byte)'a', (byte)(align switch { TextAlign.Left => 0, TextAlign.Centre => 1, TextAlign.Right => 2 }));

    /// <summary>GS v 0: a picture, eight dots a byte.</summary>
    private void Draw(DotLine line)
    {
        var across = line.Width / 8;
        Send(Gs, (byte)'v', (byte)'0', 0, (byte)(across % 256), (byte)(across / 256), (byte)(line.Height % 256), (byte)(line.Height / 256));
        for (var y = 0; y < line.Height; y++)
            for (var x = 0; x < line.Width; x += 8)
            {
                var eight = 0;
                for (var dot = 0; dot < 8; dot++) eight = eight << 1 | (line.IsBlack(x + dot, y) ? 1 : 0);
                _bytes.Add((byte)eight);
            }
    }

    private void Symbol(byte[] function)
    {
        var length = function.Length + 1;
        Send([Gs, (byte)'(', (byte)'k', (byte)(length % 256), (byte)(length / 256), 49, .. function]);
    }

    private void Send(params ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    private static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = "";
        foreach (var piece in LineBreaks.Pieces(PrinterText.Clean(text)))
        {
            if (line.Length > 0 && PrinterText.Columns(line + piece) > columns)
            {
                yield return line;
                line = "";
            }

            foreach (var letter in piece.EnumerateRunes())
            {
                if (PrinterText.Columns(line + letter) > columns)
                {
                    yield return line;
                    line = "";
                }

                line += letter.ToString();
            }
        }

        yield return line;
    }
}
