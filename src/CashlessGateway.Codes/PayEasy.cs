namespace CashlessGateway.Codes;

/// <summary>
/// Pay-easy (ペイジー) numbers as they are printed on a slip. They are names, not quantities: leading zeros count, and numbers shorter
/// than the longest are normal. None has a check digit; protection is the confirmation number and the inquiry at the collector.
/// </summary>
public sealed record PayEasy : CodeReading
{
    internal const int InstitutionLength = 5;
    internal const int LongestNumber = 20;
    internal const int LongestConfirmation = 6;
    internal const int LongestDivision = 16;

    internal PayEasy(string institution, string number, string confirmation, string? division)
    {
        Institution = institution;
        Number = number;
        Confirmation = confirmation;
        Division = division;
    }

    /// <summary>収納機関番号, 5 digits.</summary>
    public string Institution { get; }

    /// <summary>納付番号 (お客様番号), up to 20 digits.</summary>
    public string Number { get; }

    /// <summary>確認番号, up to 6 digits.</summary>
    public string Confirmation { get; }

    /// <summary>納付区分, up to 16 digits; null on bills of private firms, which have none.</summary>
    public string? Division { get; }

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Key);

    /// <summary>One text for all four, the same for the same bill and for no other: lengths vary, so the hyphens belong to it.</summary>
    public string Key => Division is null ? $"{Institution}-{Number}-{Confirmation}" : $"{Institution}-{Number}-{Confirmation}-{Division}";

    /// <summary>Takes the numbers as they are printed, with or without spaces and hyphens inside.</summary>
    public static Built<PayEasy> Build(string institution, string number, string confirmation, string? division)
    {
        if (!TypedNumber.Is(institution, InstitutionLength, out var by)) return Malformed(nameof(institution), $"Must be {InstitutionLength} digits.");
        if (!TypedNumber.Is(number, 1, LongestNumber, out var of)) return Malformed(nameof(number), $"Must be 1 to {LongestNumber} digits.");
        if (!TypedNumber.Is(confirmation, 1, LongestConfirmation, out var confirms)) return Malformed(nameof(confirmation), $"Must be 1 to {LongestConfirmation} digits.");
        if (division is null) return new Built<PayEasy>.Made(new PayEasy(by, of, confirms, null));
        return TypedNumber.Is(division, 1, LongestDivision, out var within)
            ? new Built<PayEasy>.Made(new PayEasy(by, of, confirms, within))
            : Malformed(nameof(division), $"Must be 1 to {LongestDivision} digits.");
    }

    private static Built<PayEasy>.Refused Malformed(string field, string why) => new(field, BuildProblem.Malformed, why);
}
