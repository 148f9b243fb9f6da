namespace CashlessGateway.Printing;

/// <summary>Where a line may end.</summary>
internal static class LineBreaks
{
    /// <summary>行頭禁則: what does not begin a line.</summary>
    private const string NeverFirst = "、。，．・：；？！）」』】〕］｝〉》ー々,.:;?!)]}%％円";

    /// <summary>行末禁則: what does not end one.</summary>
    private const string NeverLast = "（「『【〔［｛〈《([{￥¥";

    /// <summary>The text in pieces between which it may be broken.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var from = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && !MayBreak(text, i)) continue;
            yield return text[from..i];
            from = i;
        }
    }

    private static bool MayBreak(string text, int at)
    {
        var (before, after) = (text[at - 1], text[at]);
        if (char.IsLowSurrogate(after) || NeverFirst.Contains(after, StringComparison.Ordinal) || NeverLast.Contains(before, StringComparison.Ordinal)) return false;
        return !(IsLatin(before) && IsLatin(after));
    }

    private static bool IsLatin(char letter) => letter is > ' ' and < '\u0250';
}
