namespace CashlessGateway.Codes;

/// <summary>What counts as a digit in a code: 0 to 9 and nothing else that Unicode calls a digit.</summary>
internal static class Digit
{
    public static bool All(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>The number that a few digits make; they were seen to be digits before.</summary>
    public static long Number(ReadOnlySpan<char> digits)
    {
        var number = 0L;
        foreach (var digit in digits) number = number * 10 + (digit - '0');
        return number;
    }
}
