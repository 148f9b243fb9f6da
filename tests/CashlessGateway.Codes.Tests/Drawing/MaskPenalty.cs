using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>The four rules of ISO/IEC 18004 on a text of '#' and '.', one rule after the other, with no thought of speed.</summary>
internal static class MaskPenalty
{
    /// <summary>What the symbol would cost with another mask: words turned back and turned anew, format written again.</summary>
    public static int With(QrSymbol symbol, int mask)
    {
        var reader = new QrReader(symbol);
        var format = FormatOf(symbol.Level, mask);
        var lines = new string[symbol.Size];
        for (var row = 0; row < symbol.Size; row++)
            for (var column = 0; column < symbol.Size; column++)
            {
                var dark = symbol.IsDark(column, row);
                if (reader.IsData(column, row)) dark ^= QrReader.Turns(symbol.Mask, column, row) ^ QrReader.Turns(mask, column, row);
                else if (FormatBit(column, row, symbol.Size) is { } bit) dark = (format >> bit & 1) != 0;
                lines[row] += dark ? '#' : '.';
            }
        return Of(lines);
    }

    public static int FormatOf(QrLevel level, int mask) => (level switch
    {
        QrLevel.L => new[] { 0x77C4, 0x72F3, 0x7DAA, 0x789D, 0x662F, 0x6318, 0x6C41, 0x6976 },
        QrLevel.M => [0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0],
        QrLevel.Q => [0x355F, 0x3068, 0x3F31, 0x3A06, 0x24B4, 0x2183, 0x2EDA, 0x2BED],
        _ => [0x1689, 0x13BE, 0x1CE7, 0x19D0, 0x0762, 0x0255, 0x0D0C, 0x083B],
    })[mask];

    private static int Of(string[] rows)
    {
        string[] columns = [.. Enumerable.Range(0, rows.Length).Select(x => string.Concat(rows.Select(row => row[x])))];
        string[] lines = [.. rows, .. columns];
        return lines.Sum(Runs) + 40 * lines.Sum(Finders) + 3 * Squares(rows) + 10 * Imbalance(string.Concat(rows));
    }

    private static int Runs(string line) =>
        System.Text.RegularExpressions.Regex.Matches(line, "#{5,}|\\.{5,}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Sum(run => run.Length - 2);

    private static int Finders(string line) =>
        Enumerable.Range(0, line.Length - 10).Count(at => line.Substring(at, 11) is "#.###.#....") + Enumerable.Range(0, line.Length - 10).Count(at => line.Substring(at, 11) is "....#.###.#");

    private static int Squares(string[] rows) =>
        (from y in Enumerable.Range(1, rows.Length - 1)
         from x in Enumerable.Range(1, rows.Length - 1)
         where rows[y][x] == rows[y][x - 1] && rows[y][x] == rows[y - 1][x] && rows[y][x] == rows[y - 1][x - 1]
         select 1).Sum();

    private static int Imbalance(string modules) => (int)Math.Floor(Math.Abs(100m * modules.Count(module => module == '#') / modules.Length - 50) / 5);

    private static int? FormatBit(int column, int row, int size) => (column, row) switch
    {
        (8, < 6) => row,
        (8, 7) => 6,
        (8, 8) => 7,
        (7, 8) => 8,
        ( < 6, 8) => 14 - column,
        (_, 8) when column >= size - 8 => size - 1 - column,
        (8, _) when row >= size - 7 => row - size + 15,
        _ => null,
    };
}
