namespace CashlessGateway.Codes;

/// <summary>The modulus 10, weight 3 digit at the end of a slip code. Not the modulus 103 character of the Code 128 symbol, which no scanner hands out.</summary>
internal static class SlipCheckDigit
{
    private const int Covered = SlipCode.Length - 1;

    public static int Of(ReadOnlySpan<char> first43)
    {
        if (first43.Length != Covered || !Digit.All(first43))
            throw new ArgumentException($"The check digit is computed over {Covered} digits; got {first43.Length} characters.", nameof(first43));

        var sum = 0;
        for (var i = 0; i < first43.Length; i++)
            sum += (first43[i] - '0') * WeightAt(i);
        return (10 - sum % 10) % 10;
    }

    public static bool IsRight(ReadOnlySpan<char> digits) => Of(digits[..Covered]) == digits[Covered] - '0';

    /// <summary>The rightmost of the 43 weighs 3, and so does the leftmost: 43 is odd.</summary>
    private static int WeightAt(int index) => index % 2 == 0 ? 3 : 1;
}
