using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>Text for paper: no control characters and no half of a surrogate pair, neither of which an XML or PDF file may hold.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF)) plain.Append(rune);
        return plain.ToString();
    }
}
