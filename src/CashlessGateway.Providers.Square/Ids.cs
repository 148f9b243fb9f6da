namespace CashlessGateway.Providers.Square;

/// <summary>Ids and references as they come from others.</summary>
internal static class Ids
{
    /// <summary>The longest that Square's documents allow for any id.</summary>
    private const int Longest = 255;

    /// <summary>Nothing that could do harm in an address, a key or a log.</summary>
    public static bool IsPlain(string text, int longest = Longest) =>
        text.Length > 0 && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.') && text is not ("." or "..");
}
