namespace CashlessGateway.Codes.Drawing;

/// <summary>The bars of a 料金代理収納 slip: GS1-128, which is Code 128 with FNC1 in front. The bars hold the 44 digits and nothing of what is printed around them.</summary>
public sealed class SlipSymbol
{
    /// <summary>START-C, FNC1, 22 pairs of digits and the check character have 11 modules each, STOP has 13.</summary>
    public const int ModuleCount = CheckedCharacters * Code128.CharacterModules + Code128.CharacterModules + Code128.StopModules;

    /// <summary>START-C, FNC1 and the pairs: what the check character is computed over.</summary>
    private const int CheckedCharacters = 2 + SlipCode.Length / 2;

    private readonly bool[] _bars = new bool[ModuleCount];

    private SlipSymbol(SlipCode code)
    {
        Code = code;
        Draw();
    }

    /// <summary>What the bars hold.</summary>
    public SlipCode Code { get; }

    /// <summary>Draws a slip's bars; a bill over <see cref="SlipCode.PublicLimit"/> has none, because no store accepts it.</summary>
    public static Built<SlipSymbol> Of(SlipCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Amount <= SlipCode.PublicLimit
            ? new Built<SlipSymbol>.Made(new SlipSymbol(code))
            : new Built<SlipSymbol>.Refused("amount", BuildProblem.OverLimit, $"Stores accept slips up to {SlipCode.PublicLimit} yen, not {code.Amount}: such a bill is printed without bars.");
    }

    /// <summary>Whether a module is black. Modules count from 0 at the left, without the quiet zone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the <see cref="ModuleCount"/>.</exception>
    public bool IsBar(int module) => module is >= 0 and < ModuleCount
        ? _bars[module]
        : throw new ArgumentOutOfRangeException(nameof(module), module, $"The symbol has {ModuleCount} modules.");

    /// <summary>A picture in millimetres whose every edge lies on a dot of the printer, quiet zones included.</summary>
    public string Svg(SlipPrint print)
    {
        ArgumentNullException.ThrowIfNull(print);
        var svg = new SvgBars();
        for (var begin = 0; begin < ModuleCount; begin = NextBar(EndOfBar(begin)))
            svg.Add(print.QuietDots + begin * print.ModuleDots, 0, (EndOfBar(begin) - begin) * print.ModuleDots, print.HeightDots);

        if (print.WithText) AddRows(svg, new SlipRows(print));
        var height = HeightOf(print);
        return svg.Document(print.WidthDots, height, print.WidthMillimetres, print.Millimetres(height));
    }

    /// <summary>A black and white PNG, one dot of the picture for each dot of the printer, quiet zones included.</summary>
    public byte[] Png(SlipPrint print)
    {
        ArgumentNullException.ThrowIfNull(print);
        var picture = new DotPicture(print.WidthDots, HeightOf(print));
        for (var begin = 0; begin < ModuleCount; begin = NextBar(EndOfBar(begin)))
            picture.Blacken(print.QuietDots + begin * print.ModuleDots, 0, (EndOfBar(begin) - begin) * print.ModuleDots, print.HeightDots);

        if (print.WithText) AddRows(picture, new SlipRows(print));
        return Drawing.Png.Of(picture, print.Dpi);
    }

    private static int HeightOf(SlipPrint print) => print.HeightDots + (print.WithText ? new SlipRows(print).Height : 0);

    private void AddRows(SvgBars svg, SlipRows rows)
    {
        // Digits are about seven tenths as high as their font.
        var fontSize = rows.RowHeight * 10 / 7;
        foreach (var (number, text) in Code.HumanReadable().Index())
            svg.AddRow(text, rows.LeftOf(text), rows.TopOf(number) + rows.RowHeight, rows.WidthOf(text), fontSize);
    }

    private void AddRows(DotPicture picture, SlipRows rows)
    {
        foreach (var (number, text) in Code.HumanReadable().Index())
            for (var i = 0; i < text.Length; i++)
                AddLetter(picture, rows, text[i], rows.LeftOf(text) + i * DigitFont.Advance * rows.LetterDotWidth, rows.TopOf(number));
    }

    private static void AddLetter(DotPicture picture, SlipRows rows, char letter, int left, int top)
    {
        for (var row = 0; row < DigitFont.Height; row++)
            for (var column = 0; column < DigitFont.Width; column++)
                if (DigitFont.IsBlack(letter, column, row))
                    picture.Blacken(left + column * rows.LetterDotWidth, top + row * rows.LetterDotHeight, rows.LetterDotWidth, rows.LetterDotHeight);
    }

    private void Draw()
    {
        var module = DrawCharacter(Code128.StartC, 0);
        module = DrawCharacter(Code128.Fnc1, module);

        // START-C counts once and so does FNC1, which is the first behind it; the pairs count twice, three times and so on.
        var sum = Code128.StartC + Code128.Fnc1;
        for (var pair = 0; pair < SlipCode.Length / 2; pair++)
        {
            var character = (Code.Digits[2 * pair] - '0') * 10 + (Code.Digits[2 * pair + 1] - '0');
            sum += character * (pair + 2);
            module = DrawCharacter(character, module);
        }
        module = DrawCharacter(sum % Code128.CheckModulus, module);
        DrawCharacter(Code128.Stop, module);
    }

    private int DrawCharacter(int character, int module)
    {
        var black = true;
        foreach (var width in Code128.Widths(character))
        {
            _bars.AsSpan(module, width - '0').Fill(black);
            module += width - '0';
            black = !black;
        }
        return module;
    }

    private int NextBar(int module)
    {
        while (module < ModuleCount && !_bars[module]) module++;
        return module;
    }

    private int EndOfBar(int module)
    {
        while (module < ModuleCount && _bars[module]) module++;
        return module;
    }
}
