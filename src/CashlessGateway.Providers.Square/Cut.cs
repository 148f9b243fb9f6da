using System.Globalization;

namespace CashlessGateway.Providers.Square;

/// <summary>Shortens what people wrote to what Square takes.</summary>
internal static class Cut
{
    /// <summary>Between two characters as people see them, so that no half of 𠮷 or of が (two code points) is left over.</summary>
    public static string To(int longest, string text)
    {
        if (text.Length <= longest)
            return text;

        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= longest)
            end = next;

        return text[..end];
    }
}
