namespace CashlessGateway.Codes;

/// <summary>The number of a payment card: it is never taken as a code, so that none is stored or sent anywhere by mistake.</summary>
internal static class CardNumber
{
    private const int Length = 16;

    /// <summary>16 digits of an international brand whose check digit (Luhn) is right.</summary>
    public static bool Is(ReadOnlySpan<char> digits) => digits.Length == Length && Digit.All(digits) && IsOfABrand(digits) && IsChecked(digits);

    /// <summary>Visa 4; Mastercard 51 to 55 and 2221 to 2720; JCB 3528 to 3589; UnionPay and Discover 6.</summary>
    private static bool IsOfABrand(ReadOnlySpan<char> digits) =>
        digits[0] is '4' or '6' || (int)Digit.Number(digits[..4]) is (>= 5100 and <= 5599) or (>= 2221 and <= 2720) or (>= 3528 and <= 3589);

    private static bool IsChecked(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}
