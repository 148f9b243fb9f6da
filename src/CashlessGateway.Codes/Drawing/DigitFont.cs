namespace CashlessGateway.Codes.Drawing;

/// <summary>The thirteen letters that stand below a slip's bars, five dots wide and seven high.</summary>
internal static class DigitFont
{
    public const int Width = 5;
    public const int Height = 7;

    /// <summary>From one letter to the next.</summary>
    public const int Advance = Width + 1;

    private const string Letters = "0123456789()-";

    public static bool IsBlack(char letter, int column, int row)
    {
        var place = Letters.IndexOf(letter, StringComparison.Ordinal);
        if (place < 0) throw new ArgumentOutOfRangeException(nameof(letter), letter, $"The font has {Letters} only.");
        return (Glyphs[place * Height + row] >> Width - 1 - column & 1) != 0;
    }

    private static ReadOnlySpan<byte> Glyphs =>
    [
        0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110,
        0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111,
        0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110,
        0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010,
        0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110,
        0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110,
        0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000,
        0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110,
        0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100,
        0b00010, 0b00100, 0b01000, 0b01000, 0b01000, 0b00100, 0b00010,
        0b01000, 0b00100, 0b00010, 0b00010, 0b00010, 0b00100, 0b01000,
        0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000,
    ];
}
