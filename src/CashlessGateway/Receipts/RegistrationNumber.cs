namespace CashlessGateway.Receipts;

/// <summary>登録番号 of an issuer of qualified invoices: T and 13 digits, of which the first checks the others (as in a 法人番号).</summary>
public static class RegistrationNumber
{
    private const int Digits = 13;

    public static bool IsValid(string text) =>
        text.Length == Digits + 1 && text[0] == 'T' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && text[1] - '0' == CheckDigit(text.AsSpan(2));

    /// <summary>9 less the remainder by 9 of the digits, counted from the right and weighed 1, 2, 1, 2, …</summary>
    public static int CheckDigit(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < twelve.Length; i++) sum += (twelve[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
        return 9 - sum % 9;
    }
}
