using System.Text;

namespace PosTerminal.Show;

/// <summary>Text in columns, of which a kanji takes two.</summary>
public static class Width
{
    /// <summary>East Asian Width W and F (UAX #11), as ranges. Ambiguous ones take one column, as terminals have it.</summary>
    private static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x1B000, 0x1B2FF), (0x1F200, 0x1F2FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    public static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        // A dakuten of its own, a variation selector of a name's kanji, a joiner: they stand on the letter before them.
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.Format => 0,
        _ => Wide.Any(range => rune.Value >= range.From && rune.Value <= range.To) ? 2 : 1,
    };

    /// <summary>Lines that fit, broken between letters: Japanese has no spaces to break at.</summary>
    public static IEnumerable<string> Lines(string text, int columns)
    {
        var (line, used) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Of(rune) > columns)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(rune.ToString());
            used += Of(rune);
        }

        if (line.Length > 0) yield return line.ToString();
    }

    public static string Centred(string text, int columns) => new string(' ', Math.Max(0, (columns - Of(text)) / 2)) + text;

    /// <summary>One at the left, one at the right; on two lines when they do not fit on one.</summary>
    public static IEnumerable<string> Sides(string left, string right, int columns)
    {
        var gap = columns - Of(left) - Of(right);
        if (gap >= 1) return [left + new string(' ', gap) + right];
        return [.. Lines(left, columns), new string(' ', Math.Max(0, columns - Of(right))) + right];
    }
}
