namespace CashlessGateway.Codes;

/// <summary>
/// eL番号: what a person types where an eL-QR cannot be scanned. Printed as four numbers; a prefix of zeros belongs to each.
/// It has no check digit of its own, so a mistyped one is found only by looking for its bill.
/// </summary>
public sealed record ElNumber : CodeReading
{
    /// <summary>収納機関番号 of 地方税共同機構: the first of the four numbers is always this one.</summary>
    public const string Cooperative = "13800";

    /// <summary>5 + 20 + 6 + 3.</summary>
    public const int Length = 34;

    internal const int CaseKeyLength = 20;
    internal const int ConfirmationLength = 6;
    internal const int ItemLength = 3;

    internal ElNumber(string digits) => Digits = digits;

    /// <summary>All 34 digits in the order in which they are printed: the key under which the bill is found.</summary>
    public string Digits { get; }

    /// <summary>収納機関番号, always <see cref="Cooperative"/>.</summary>
    public string Institution => Digits[..5];

    /// <summary>納付番号 (案件特定キー), 20 digits.</summary>
    public string CaseKey => Digits[5..25];

    /// <summary>確認番号, 6 digits.</summary>
    public string Confirmation => Digits[25..31];

    /// <summary>納付区分 (税目・料金番号), 3 digits.</summary>
    public string Item => Digits[31..];

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Digits);

    /// <summary>Takes the four numbers as they are printed, with or without spaces and hyphens.</summary>
    public static Built<ElNumber> Build(string institution, string caseKey, string confirmation, string item)
    {
        if (!string.Equals(institution, Cooperative, StringComparison.Ordinal)) return Malformed(nameof(institution), $"Must be {Cooperative}, not '{institution}'.");
        if (!TypedNumber.Is(caseKey, CaseKeyLength, out var key)) return Malformed(nameof(caseKey), $"Must be {CaseKeyLength} digits.");
        if (!TypedNumber.Is(confirmation, ConfirmationLength, out var confirms)) return Malformed(nameof(confirmation), $"Must be {ConfirmationLength} digits.");
        if (!TypedNumber.Is(item, ItemLength, out var named)) return Malformed(nameof(item), $"Must be {ItemLength} digits.");
        return new Built<ElNumber>.Made(new ElNumber(string.Concat(institution, key, confirms, named)));
    }

    /// <summary>The four numbers, parted by hyphens.</summary>
    public string HumanReadable() => $"{Institution}-{CaseKey}-{Confirmation}-{Item}";

    private static Built<ElNumber>.Refused Malformed(string field, string why) => new(field, BuildProblem.Malformed, why);
}

/// <summary>One number as a person types it from paper.</summary>
internal static class TypedNumber
{
    /// <summary>Twice the longest number and its separators; more is no number.</summary>
    private const int Longest = 64;

    /// <summary>Exactly so many digits.</summary>
    public static bool Is(string? typed, int length, out string digits) => Is(typed, length, length, out digits);

    /// <summary>From so many to so many digits, whatever separators and widths they were typed with.</summary>
    public static bool Is(string? typed, int least, int most, out string digits)
    {
        digits = "";
        if (typed is null or { Length: > Longest }) return false;
        Span<char> bare = stackalloc char[Longest];
        bare = bare[..ScannedText.Bare(typed, bare)];
        if (bare.Length < least || bare.Length > most || !Digit.All(bare)) return false;
        digits = bare.ToString();
        return true;
    }
}
