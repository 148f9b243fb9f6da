namespace CashlessGateway.Codes;

/// <summary>
/// Pay-easy numbers typed one after the other, parted by spaces or hyphens. Their lengths vary, so only the gaps tell where one ends: without
/// them they are just digits.
/// </summary>
internal static class TypedGroups
{
    private const int WithoutDivision = 3;
    private const int WithDivision = 4;

    /// <summary>収納機関番号, 納付番号, 確認番号 and perhaps 納付区分; null where the groups are not these.</summary>
    public static PayEasy? Read(ReadOnlySpan<char> text)
    {
        Span<Range> groups = stackalloc Range[WithDivision + 1];
        var count = Split(text, groups);
        if (count is not (WithoutDivision or WithDivision)) return null;
        if (Length(groups[0]) != PayEasy.InstitutionLength || Length(groups[1]) > PayEasy.LongestNumber || Length(groups[2]) > PayEasy.LongestConfirmation) return null;
        if (count == WithDivision && Length(groups[3]) > PayEasy.LongestDivision) return null;
        return new PayEasy(Digits(text[groups[0]]), Digits(text[groups[1]]), Digits(text[groups[2]]), count == WithDivision ? Digits(text[groups[3]]) : null);
    }

    /// <summary>How many groups there are, counting no further than there is room for.</summary>
    private static int Split(ReadOnlySpan<char> text, Span<Range> groups)
    {
        var count = 0;
        var begin = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && !ScannedText.IsSeparator(text[i]);
            if (inside && begin < 0) begin = i;
            if (inside || begin < 0) continue;
            if (count == groups.Length) return count;
            groups[count++] = begin..i;
            begin = -1;
        }

        return count;
    }

    private static int Length(Range group) => group.End.Value - group.Start.Value;

    private static string Digits(ReadOnlySpan<char> group) => string.Create(group.Length, group, static (digits, source) =>
    {
        for (var i = 0; i < source.Length; i++) digits[i] = ScannedText.HalfWidth(source[i]);
    });
}
