namespace CashlessGateway.Codes;

/// <summary>Shows enough of a text to recognise a misread on the desk, and too little to use it.</summary>
internal static class Mask
{
    private const int MostShown = 4;
    private const char Unprintable = '?';

    public static string Of(string text)
    {
        // A quarter at each end at most, so that half of a short text stays hidden as well.
        var shown = Math.Min(MostShown, text.Length / 4);
        return text.Length == 0 ? "" : $"{Printable(text.AsSpan(0, shown))}…{Printable(text.AsSpan(text.Length - shown))}";
    }

    /// <summary>The mask goes to screens and logs: no line breaks, and no half of a surrogate pair.</summary>
    private static string Printable(ReadOnlySpan<char> part)
    {
        Span<char> safe = stackalloc char[MostShown];
        for (var i = 0; i < part.Length; i++)
            safe[i] = part[i] is > ' ' and <= '~' ? part[i] : Unprintable;
        return safe[..part.Length].ToString();
    }
}
