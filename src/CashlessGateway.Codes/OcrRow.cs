namespace CashlessGateway.Codes;

/// <summary>
/// The two check digits in front of each OCR row of the MPN standard slip and of ゆうちょ slips. The eL-QR carries the same two rows.
/// </summary>
public static class OcrRow
{
    /// <summary>The check digits stand before the body.</summary>
    private const int CheckDigits = 2;

    private const string Letters = "AFHJKLPTVX*+-#";
    private static ReadOnlySpan<byte> LetterValues => [10, 15, 17, 19, 20, 21, 25, 29, 31, 33, 36, 37, 38, 39];

    /// <summary>Both check digits of a row whose body is given, or null where the body has a character that no OCR row has.</summary>
    /// <param name="body">The row from its third character on: digits, and the letters and signs that are only on paper.</param>
    public static string? CheckDigitsOf(ReadOnlySpan<char> body) =>
        TryCompute(body, out var first, out var second) ? $"{first}{second}" : null;

    /// <summary>Whether a row begins with the two check digits that its body asks for.</summary>
    /// <param name="row">The whole row.</param>
    public static bool IsRight(ReadOnlySpan<char> row) =>
        row.Length > CheckDigits && TryCompute(row[CheckDigits..], out var first, out var second) && row[0] == '0' + first && row[1] == '0' + second;

    /// <summary>
    /// The second: positions 3, 5, 7 … weigh 9, 8, … 2, 9, …, positions 4, 6, 8 … weigh 1, modulus 10. The first, over the second and the
    /// body: positions 2, 4, 6 … weigh 2, 3, … 9, 2, …, positions 3, 5, 7 … weigh 1, modulus 11, and 10 is written as 0.
    /// </summary>
    private static bool TryCompute(ReadOnlySpan<char> body, out int first, out int second)
    {
        first = second = 0;
        var forSecond = 0L;
        var forFirst = 0L;
        for (var i = 0; i < body.Length; i++)
        {
            if (Value(body[i]) is not { } value) return false;
            // The body begins at position 3, so an even index is an odd position.
            var isOddPosition = i % 2 == 0;
            forSecond += value * (isOddPosition ? 9 - i / 2 % 8 : 1);
            forFirst += value * (isOddPosition ? 1 : 2 + (i + 1) / 2 % 8);
        }

        second = (int)(forSecond % 10);
        first = (int)((forFirst + 2 * second) % 11 % 10);
        return true;
    }

    private static int? Value(char letter)
    {
        if (char.IsAsciiDigit(letter)) return letter - '0';
        return Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var index ? LetterValues[index] : null;
    }
}
