namespace CashlessGateway.Codes.Drawing;

/// <summary>How wide text is, in parts of its size: Helvetica's own widths for what it can write, a full square for all else.</summary>
internal static class TextWidth
{
    /// <summary>Helvetica, from the space to the tilde, in thousandths (Adobe's metrics of the standard fonts).</summary>
    private static ReadOnlySpan<short> Helvetica =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>A stretch of text in one font.</summary>
    public readonly record struct Run(string Text, bool IsLatin);

    public static double Of(string text)
    {
        var thousandths = 0;
        foreach (var rune in text.EnumerateRunes()) thousandths += IsLatin(rune.Value) ? Helvetica[rune.Value - ' '] : 1000;
        return thousandths / 1000.0;
    }

    public static IEnumerable<Run> Runs(string text)
    {
        var begin = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && IsLatin(text[i]) == IsLatin(text[begin])) continue;
            yield return new Run(text[begin..i], IsLatin(text[begin]));
            begin = i;
        }
    }

    private static bool IsLatin(int letter) => letter is >= ' ' and <= '~';
}
