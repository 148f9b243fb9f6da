namespace CashlessGateway.Codes.Drawing;

/// <summary>A QR symbol (ISO/IEC 18004, model 2) of an address, of another short text, or of the digits of a bill. The same text always gives the same symbol.</summary>
public sealed class QrSymbol
{
    /// <summary>The light border that readers need, in modules. Drawings have it; <see cref="Size"/> does not count it.</summary>
    public const int QuietZone = 4;

    /// <summary>The most dots a module may have in a PNG: the largest symbol is then 5,920 dots wide.</summary>
    public const int MaxDots = 32;

    private readonly ModuleGrid _modules;

    private QrSymbol(QrShape shape, QrText text)
    {
        Version = shape.Version;
        Level = shape.Level;
        Size = shape.Size;
        (_modules, Mask) = QrGrid.Draw(QrBlocks.Interleave(text.Words(shape), shape), shape);
    }

    /// <summary>1 to 40.</summary>
    public int Version { get; }

    /// <summary>How much of it may be damaged.</summary>
    public QrLevel Level { get; }

    /// <summary>Which of the eight masks was the best, 0 to 7.</summary>
    public int Mask { get; }

    /// <summary>Modules a side, without the quiet zone.</summary>
    public int Size { get; }

    /// <summary>The smallest symbol that holds the text: as digits, as capital letters and digits, or as UTF-8, whichever is the shortest for all of it.</summary>
    /// <param name="text">What the reader is to read.</param>
    /// <param name="level">A quarter may be dirty unless said otherwise: most symbols are read from displays, with fingerprints.</param>
    /// <exception cref="ArgumentException">The text is empty, is too long for every version, or has half of a surrogate pair alone.</exception>
    public static QrSymbol Of(string text, QrLevel level = QrLevel.Q)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        RequireLevel(level);

        var content = QrText.Of(text);
        for (var version = QrShape.MinVersion; version <= QrShape.MaxVersion; version++)
        {
            var shape = new QrShape(version, level);
            if (content.Fits(shape)) return new QrSymbol(shape, content);
        }
        throw TooLong(content, new QrShape(QrShape.MaxVersion, level), nameof(text));
    }

    /// <summary>Digits in a version that is prescribed: an eL-QR is 255 digits in version 6, level M.</summary>
    /// <exception cref="ArgumentException">Not digits, none at all, or more than the version holds.</exception>
    public static QrSymbol OfDigits(ReadOnlySpan<char> digits, int version, QrLevel level)
    {
        if (digits.IsEmpty || !Digit.All(digits)) throw new ArgumentException("Must be digits, and at least one.", nameof(digits));
        if (version is < QrShape.MinVersion or > QrShape.MaxVersion)
            throw new ArgumentOutOfRangeException(nameof(version), version, $"The version must be {QrShape.MinVersion} to {QrShape.MaxVersion}.");
        RequireLevel(level);

        var shape = new QrShape(version, level);
        var content = QrText.OfDigits(digits);
        return content.Fits(shape) ? new QrSymbol(shape, content) : throw TooLong(content, shape, nameof(digits));
    }

    /// <summary>Whether a module is dark. Column and row count from 0 at the upper left, within the quiet zone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the symbol.</exception>
    public bool IsDark(int column, int row)
    {
        RequireWithin(column, nameof(column));
        RequireWithin(row, nameof(row));
        return _modules[column, row];
    }

    /// <summary>A picture of its own that scales without blurring, quiet zone included, dark on white.</summary>
    /// <param name="moduleMillimetres">The side of a module on paper; without it the picture fills whatever place it is given.</param>
    public string Svg(double? moduleMillimetres = null)
    {
        if (moduleMillimetres is { } given && (!double.IsFinite(given) || given <= 0))
            throw new ArgumentOutOfRangeException(nameof(moduleMillimetres), given, "A module must have a side of more than 0 mm.");

        var whole = Size + 2 * QuietZone;
        var path = new SvgBars();
        for (var row = 0; row < Size; row++)
            for (var column = NextDark(0, row); column < Size;)
            {
                var end = NextLight(column, row);
                path.Add(column + QuietZone, row + QuietZone, end - column, 1);
                column = NextDark(end, row);
            }
        return path.Document(whole, whole, whole * moduleMillimetres, whole * moduleMillimetres);
    }

    /// <summary>A black and white PNG, quiet zone included.</summary>
    /// <param name="dotsPerModule">1 to <see cref="MaxDots"/>.</param>
    /// <param name="dpi">The resolution that the picture is meant for; written into it when given.</param>
    public byte[] Png(int dotsPerModule, int? dpi = null)
    {
        if (dotsPerModule is < 1 or > MaxDots)
            throw new ArgumentOutOfRangeException(nameof(dotsPerModule), dotsPerModule, $"A module must have 1 to {MaxDots} dots.");

        var side = (Size + 2 * QuietZone) * dotsPerModule;
        var picture = new DotPicture(side, side);
        for (var row = 0; row < Size; row++)
            for (var column = NextDark(0, row); column < Size;)
            {
                var end = NextLight(column, row);
                picture.Blacken((column + QuietZone) * dotsPerModule, (row + QuietZone) * dotsPerModule, (end - column) * dotsPerModule, dotsPerModule);
                column = NextDark(end, row);
            }
        return Drawing.Png.Of(picture, dpi);
    }

    private int NextDark(int column, int row)
    {
        while (column < Size && !_modules[column, row]) column++;
        return column;
    }

    private int NextLight(int column, int row)
    {
        while (column < Size && _modules[column, row]) column++;
        return column;
    }

    private static void RequireLevel(QrLevel level)
    {
        if (level is < QrLevel.L or > QrLevel.H) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be L, M, Q or H.");
    }

    private void RequireWithin(int place, string name)
    {
        if (place < 0 || place >= Size) throw new ArgumentOutOfRangeException(name, place, $"The symbol has {Size} modules a side.");
    }

    private static ArgumentException TooLong(QrText text, QrShape shape, string name) => new(
        $"A QR symbol of version {shape.Version}, level {shape.Level} holds {text.Limit(shape)} {text.Unit} at most; there are {text.Count}.", name);
}
