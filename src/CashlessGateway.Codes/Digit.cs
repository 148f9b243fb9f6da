namespace CashlessGateway.Codes;

/// <summary>What counts as a digit in a code: 0 to 9 and nothing else that Unicode calls a digit.</summary>
internal static class Digit
{
    public static bool All(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
