namespace CashlessGateway.Codes.Drawing;

/// <summary>
/// How the bars of a slip come onto paper. A bar that ends between two dots is printed one dot too wide or too narrow, and then
/// a till no longer reads it: every module is a whole number of the printer's dots.
/// </summary>
public sealed record SlipPrint
{
    /// <summary>The guideline of 料金代理収納 asks for bars of 10 mm at least.</summary>
    public const double MinHeightMillimetres = 10;

    /// <summary>More than any slip has room for.</summary>
    public const double MaxHeightMillimetres = 100;

    private const double MillimetresPerInch = 25.4;

    private SlipPrint(int dpi, int moduleDots, int quietDots, int heightDots)
    {
        Dpi = dpi;
        ModuleDots = moduleDots;
        QuietDots = quietDots;
        HeightDots = heightDots;
    }

    /// <summary>Dots of the printer to the inch.</summary>
    public int Dpi { get; }

    /// <summary>Dots a module is wide.</summary>
    public int ModuleDots { get; }

    /// <summary>Dots of each of the two quiet zones.</summary>
    public int QuietDots { get; }

    /// <summary>Dots that the bars are high, without the rows below them.</summary>
    public int HeightDots { get; }

    /// <summary>Bars and both quiet zones: 60 mm at most.</summary>
    public double WidthMillimetres => Millimetres(WidthDots);

    /// <summary>The width of the narrowest bar.</summary>
    public double ModuleMillimetres => Millimetres(ModuleDots);

    /// <summary>The height of the bars, without the rows below them.</summary>
    public double HeightMillimetres => Millimetres(HeightDots);

    /// <summary>Print the two rows for people below the bars.</summary>
    public bool WithText { get; init; } = true;

    internal int WidthDots => SlipSymbol.ModuleCount * ModuleDots + 2 * QuietDots;

    /// <summary>As wide as the paper allows: of all whole numbers of dots a module, the largest with which bars and quiet zones take 60 mm at most.</summary>
    /// <param name="dpi">300, 400, 480 or 600: the resolutions for which the guideline gives dots.</param>
    /// <param name="heightMillimetres">The bars' height, rounded up to whole dots.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another resolution, or a height that no till reads.</exception>
    public static SlipPrint For(int dpi, double heightMillimetres = MinHeightMillimetres)
    {
        if (dpi is not (300 or 400 or 480 or 600))
            throw new ArgumentOutOfRangeException(nameof(dpi), dpi, "The resolution must be 300, 400, 480 or 600 dpi.");
        if (heightMillimetres is not (>= MinHeightMillimetres and <= MaxHeightMillimetres))
            throw new ArgumentOutOfRangeException(nameof(heightMillimetres), heightMillimetres, $"The bars must be {MinHeightMillimetres} to {MaxHeightMillimetres} mm high.");

        // 2.54 mm is a tenth of an inch, and 60 mm are 600/254 inches.
        var quiet = (dpi + 9) / 10;
        var widest = dpi * 600 / 254;
        var module = (widest - 2 * quiet) / SlipSymbol.ModuleCount;
        return new SlipPrint(dpi, module, quiet, DotsFor(heightMillimetres, dpi));
    }

    internal double Millimetres(int dots) => dots * MillimetresPerInch / Dpi;

    internal int DotsFor(double millimetres) => DotsFor(millimetres, Dpi);

    private static int DotsFor(double millimetres, int dpi) => (int)Math.Ceiling(millimetres * dpi / MillimetresPerInch);
}
