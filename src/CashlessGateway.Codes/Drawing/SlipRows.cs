namespace CashlessGateway.Codes.Drawing;

/// <summary>Where the two rows for people stand below the bars, in dots of the printer. They are for typing in what no scanner reads.</summary>
internal sealed class SlipRows(SlipPrint print)
{
    /// <summary>The rows are read by people who are not young, in the light of a shop.</summary>
    private const double MinLetterMillimetres = 2;

    private const double GapMillimetres = 1;

    /// <summary>(91)MMMMMM-EEEEEEEEEEEEEEEEEEEEES</summary>
    private const int LongestRow = 33;

    private const int RowCount = 2;

    private readonly int gap = print.DotsFor(GapMillimetres);

    /// <summary>A dot of a letter is as wide as the longest row allows, and as high as it must be.</summary>
    public int LetterDotWidth { get; } = print.WidthDots / (LongestRow * DigitFont.Advance);

    public int LetterDotHeight { get; } = (print.DotsFor(MinLetterMillimetres) + DigitFont.Height - 1) / DigitFont.Height;

    /// <summary>What the rows add to the height of the picture.</summary>
    public int Height => RowCount * (gap + RowHeight);

    public int RowHeight => DigitFont.Height * LetterDotHeight;

    /// <summary>Without the gap behind the last letter.</summary>
    public int WidthOf(string row) => (row.Length * DigitFont.Advance - 1) * LetterDotWidth;

    public int LeftOf(string row) => (print.WidthDots - WidthOf(row)) / 2;

    public int TopOf(int number) => print.HeightDots + gap + number * (RowHeight + gap);
}
