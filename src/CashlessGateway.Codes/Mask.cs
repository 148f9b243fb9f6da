namespace CashlessGateway.Codes;

/// <summary>Shows enough of a text to recognise a misread on the desk, and too little to use it.</summary>
internal static class Mask
{
    private const int MostShown = 4;
    private const char Unprintable = '?';

    public static string Of(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "";
        // A quarter at each end at most, so that half of a short text stays hidden as well.
        var shown = Math.Min(MostShown, text.Length / 4);
        Span<char> masked = stackalloc char[2 * MostShown + 1];
        for (var i = 0; i < shown; i++)
        {
            masked[i] = Printable(text[i]);
            masked[shown + 1 + i] = Printable(text[text.Length - shown + i]);
        }

        masked[shown] = '…';
        return masked[..(2 * shown + 1)].ToString();
    }

    /// <summary>The mask goes to screens and logs: no line breaks, and no half of a surrogate pair.</summary>
    private static char Printable(char letter) => letter is > ' ' and <= '~' ? letter : Unprintable;
}
