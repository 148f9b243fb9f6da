using System.Text;

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
    public static string WithoutScannerMarks(string scanned)
    {
        var text = scanned.AsSpan().Trim().Trim(GroupSeparator);
        if (BeginsWithAimIdentifier(text)) text = text[3..].TrimStart(GroupSeparator);
        return text.Trim().ToString();
    }

    /// <summary>For slips: what is printed under the bars, or typed from there, becomes what is in the bars.</summary>
    public static string SlipDigits(string text)
    {
        var bare = WithoutSeparators(text);
        if (bare.StartsWith(CollectorWord, StringComparison.OrdinalIgnoreCase)) bare = bare[CollectorWord.Length..];
        return bare.StartsWith(PrintedIdentifier, StringComparison.Ordinal)
            ? SlipCode.ApplicationIdentifier + bare[PrintedIdentifier.Length..]
            : bare;
    }

    /// <summary>The flag, the letter of the symbology, its modifier: "]C1".</summary>
    private static bool BeginsWithAimIdentifier(ReadOnlySpan<char> text) =>
        text.Length >= 3
        && AimFlags.Contains(HalfWidth(text[0]), StringComparison.Ordinal)
        && char.IsAsciiLetter(HalfWidth(text[1]))
        && char.IsAsciiLetterOrDigit(HalfWidth(text[2]));

    private static string WithoutSeparators(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (!char.IsWhiteSpace(letter) && !Hyphens.Contains(letter, StringComparison.Ordinal) && HalfWidth(letter) != '-')
                bare.Append(HalfWidth(letter));
        return bare.ToString();
    }

    /// <summary>The full-width forms of ASCII stand in the same order, 0xFEE0 further up.</summary>
    private static char HalfWidth(char letter) => letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter;
}
