using System.Globalization;
using System.Text;

namespace CashlessGateway.Printing;

/// <summary>
/// Text as fonts and printers can draw it: か and its sound mark are one letter, and what is no letter at all is left out (variation selectors,
/// joiners). Whole normalization would go too far: it turns the 神 and 福 of some people's names into other letters.
/// </summary>
internal static class DrawnText
{
    public static string Of(string text)
    {
        if (!text.EnumerateRunes().Any(static letter => IsMark(letter) || IsNothing(letter))) return text;
        var drawn = new StringBuilder(text.Length);
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var letters = string.Concat(elements.GetTextElement().EnumerateRunes().Where(static letter => !IsNothing(letter)));
            drawn.Append(letters.EnumerateRunes().Any(IsMark) ? letters.Normalize(NormalizationForm.FormC) : letters);
        }

        return drawn.ToString();
    }

    private static bool IsMark(Rune letter) => Rune.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    /// <summary>Variation selectors are marks by category; they are taken out first.</summary>
    private static bool IsNothing(Rune letter) => letter.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Control;
}
