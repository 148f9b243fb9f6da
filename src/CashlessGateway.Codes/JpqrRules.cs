namespace CashlessGateway.Codes;

/// <summary>The unified store code of JPQR: one number for a store at all schemes, in four levels.</summary>
/// <param name="Level1">13 digits.</param>
/// <param name="Level2">4 digits.</param>
/// <param name="Level3">6 digits.</param>
/// <param name="Level4">6 digits.</param>
public sealed record JpqrStore(string Level1, string Level2, string Level3, string Level4)
{
    /// <summary>The tag under which JPQR stands.</summary>
    public const string Tag = "26";

    /// <summary>The identifier of ペイメンツジャパン推進協議会.</summary>
    public const string Identifier = "jp.or.paymentsjapan";

    private static readonly int[] Lengths = [13, 4, 6, 6];

    /// <summary>As the element that stands in a code.</summary>
    public EmvElement Element() => new(Tag, string.Concat(
        new[] { Identifier, Level1, Level2, Level3, Level4 }.Select((value, index) => new EmvElement($"0{index}", value).Written())));

    internal bool HasRightLengths() => new[] { Level1, Level2, Level3, Level4 }.Select(level => level.Length).SequenceEqual(Lengths);

    internal static JpqrStore? Of(IReadOnlyList<EmvElement> account) =>
        account is [{ Tag: "00", Value: Identifier }, { Tag: "01" } first, { Tag: "02" } second, { Tag: "03" } third, { Tag: "04" } fourth]
            ? new JpqrStore(first.Value, second.Value, third.Value, fourth.Value)
            : null;
}

/// <summary>What JPQR demands and a code does not keep.</summary>
public enum JpqrViolation
{
    /// <summary>Tag 26 does not carry the unified store code of 13, 4, 6 and 6 characters.</summary>
    StoreCode,

    /// <summary>Tag 53 is not 392.</summary>
    Currency,

    /// <summary>Tag 58 is not JP.</summary>
    Country,

    /// <summary>Tag 61 is not there.</summary>
    PostalCode,

    /// <summary>Tag 64 is not there, is not Japanese, or names a city.</summary>
    LocalName,

    /// <summary>Tag 54 has decimals, which yen have not.</summary>
    Amount,
}

/// <summary>Pure: a store's code in, what JPQR would not accept out. An EMVCo code of another country is no broken code.</summary>
public static class JpqrRules
{
    private const string Yen = "392";
    private const string Japan = "JP";
    private const string Japanese = "JA";

    /// <summary>All rules that the code breaks; none for a right JPQR.</summary>
    public static IReadOnlyList<JpqrViolation> Check(StoreCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var violations = new List<JpqrViolation>();
        if (code.Jpqr is not { } store || !store.HasRightLengths() || !code.Accounts.Any(account => string.Equals(account.Tag, JpqrStore.Tag, StringComparison.Ordinal))) violations.Add(JpqrViolation.StoreCode);
        if (!string.Equals(code.Currency, Yen, StringComparison.Ordinal)) violations.Add(JpqrViolation.Currency);
        if (!string.Equals(code.Country, Japan, StringComparison.Ordinal)) violations.Add(JpqrViolation.Country);
        if (code.PostalCode is null) violations.Add(JpqrViolation.PostalCode);
        if (code.Local is not { Language: Japanese, Name: not null, City: null }) violations.Add(JpqrViolation.LocalName);
        if (code.Amount is { } amount && !Digit.All(amount)) violations.Add(JpqrViolation.Amount);
        return violations;
    }
}
