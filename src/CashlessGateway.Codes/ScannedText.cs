namespace CashlessGateway.Codes;

/// <summary>Takes away what scanners, keyboards and people add around a code.</summary>
internal static class ScannedText
{
    private const char GroupSeparator = '\u001D';

    /// <summary>The AIM flag is ']'. A scanner set for another keyboard types the key beside it, and an input method makes a bracket of it.</summary>
    private const string AimFlags = "][」「｣｢";

    /// <summary>Hyphens, dashes, the minus sign, and the long-vowel marks that the hyphen key gives in kana input.</summary>
    private const string Hyphens = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30FC\uFF70";

    /// <summary>Some collectors put this word before the digits in their result files.</summary>
    private const string CollectorWord = "EAN";

    private const string PrintedIdentifier = "(91)";

    /// <summary>For every kind of code: no AIM identifier, no FNC1 in front, no line end.</summary>
    public static ReadOnlySpan<char> WithoutScannerMarks(ReadOnlySpan<char> scanned)
    {
        var text = scanned.Trim().Trim(GroupSeparator).Trim();
        if (BeginsWithAimIdentifier(text)) text = text[3..].TrimStart(GroupSeparator);
        return text.Trim();
    }

    /// <summary>What is printed or typed becomes what is in the code: half-width, without separators, without the collector's word, and (91) as 91.</summary>
    /// <returns>How many characters were written to <paramref name="bare"/>, which is as long as the text.</returns>
    public static int Bare(ReadOnlySpan<char> text, Span<char> bare)
    {
        var length = 0;
        var first = true;
        foreach (var letter in text)
        {
            if (IsSeparator(letter)) continue;
            bare[length++] = HalfWidth(letter);
            if (first && length == CollectorWord.Length && bare[..length].Equals(CollectorWord, StringComparison.OrdinalIgnoreCase)) (first, length) = (false, 0);
            else if (length == PrintedIdentifier.Length && bare[..length].SequenceEqual(PrintedIdentifier)) length = TakeBrackets(bare);
        }

        return length;
    }

    /// <summary>Between the groups of a number as people write it.</summary>
    public static bool IsSeparator(char letter) =>
        !char.IsAsciiLetterOrDigit(letter) && (char.IsWhiteSpace(letter) || Hyphens.Contains(letter, StringComparison.Ordinal) || HalfWidth(letter) == '-');

    /// <summary>The full-width forms of ASCII stand in the same order, 0xFEE0 further up.</summary>
    public static char HalfWidth(char letter) => letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter;

    private static int TakeBrackets(Span<char> bare)
    {
        SlipCode.ApplicationIdentifier.CopyTo(bare);
        return SlipCode.ApplicationIdentifier.Length;
    }

    /// <summary>The flag, the letter of the symbology, its modifier: "]C1".</summary>
    private static bool BeginsWithAimIdentifier(ReadOnlySpan<char> text) =>
        text.Length >= 3
        && AimFlags.Contains(HalfWidth(text[0]), StringComparison.Ordinal)
        && char.IsAsciiLetter(HalfWidth(text[1]))
        && char.IsAsciiLetterOrDigit(HalfWidth(text[2]));
}
