namespace CashlessGateway.Codes;

/// <summary>
/// How one issuer uses the free digits of its slips: which of them name the bill, and what the issuer calls their parts. Each issuer
/// decides this with its collector and none publishes it, so it is configuration, never code.
/// </summary>
/// <param name="Company">請求書発行企業コード, six digits.</param>
/// <param name="KeyOffset">Where the bill's digits begin within the 21 free ones, from 0.</param>
/// <param name="KeyLength">How many digits they are.</param>
/// <param name="ReissueBelongsToKey">The issuer's number runs on into the re-issue digit.</param>
public sealed record SlipLayout(string Company, int KeyOffset = 0, int KeyLength = SlipCode.FreeLength, bool ReissueBelongsToKey = false)
{
    /// <summary>請求書発行企業コード, six digits.</summary>
    public string Company { get; } = Company is { Length: SlipCode.CompanyLength } && Digit.All(Company)
        ? Company
        : throw new ArgumentException($"A company code must be {SlipCode.CompanyLength} digits, not '{Company}'.", nameof(Company));

    /// <summary>Where the bill's digits begin within the 21 free ones, from 0.</summary>
    public int KeyOffset { get; } = KeyOffset is >= 0 and < SlipCode.FreeLength
        ? KeyOffset
        : throw new ArgumentException($"The key must begin within the {SlipCode.FreeLength} free digits, not at {KeyOffset}.", nameof(KeyOffset));

    /// <summary>How many digits they are.</summary>
    public int KeyLength { get; } = KeyLength >= 1 && KeyLength <= SlipCode.FreeLength - KeyOffset
        ? KeyLength
        : throw new ArgumentException($"A key of {KeyLength} digits from {KeyOffset} does not lie within the {SlipCode.FreeLength} free digits.", nameof(KeyLength));

    /// <summary>The issuer's names for parts of the free digits, in the order of their digits. Digits without a name are allowed.</summary>
    /// <exception cref="ArgumentException">Two parts share a digit or a name.</exception>
    public IReadOnlyList<SlipField> Fields
    {
        get;
        init
        {
            var sorted = value.OrderBy(part => part.Offset).ToList();
            foreach (var (before, after) in sorted.Zip(sorted.Skip(1)))
                if (after.Offset < before.Offset + before.Length)
                    throw new ArgumentException($"'{before.Name}' and '{after.Name}' of company {Company} share digit {after.Offset} of the free digits.", nameof(value));
            if (sorted.CountBy(part => part.Name, StringComparer.Ordinal).FirstOrDefault(named => named.Value > 1).Key is { } twice)
                throw new ArgumentException($"'{twice}' is there twice for company {Company}.", nameof(value));
            field = sorted;
        }
    } = [];
}

/// <summary>A part of the free digits that an issuer has a name for.</summary>
/// <param name="Name">As the issuer calls it: 利用企業コード, 納付番号, 税目 …</param>
/// <param name="Offset">Where it begins, from 0. 21 is the re-issue digit, which some issuers use as a 22nd free one.</param>
/// <param name="Length">How many digits it has.</param>
public sealed record SlipField(string Name, int Offset, int Length)
{
    private const int WithReissue = SlipCode.FreeLength + 1;

    /// <summary>As the issuer calls it.</summary>
    public string Name { get; } = string.IsNullOrWhiteSpace(Name) ? throw new ArgumentException("A part of the free digits must have a name.", nameof(Name)) : Name;

    /// <summary>Where it begins, from 0.</summary>
    public int Offset { get; } = Offset is >= 0 and < WithReissue
        ? Offset
        : throw new ArgumentException($"'{Name}' must begin within the {SlipCode.FreeLength} free digits or be the re-issue digit after them, not at {Offset}.", nameof(Offset));

    /// <summary>How many digits it has.</summary>
    public int Length { get; } = Length >= 1 && Length <= WithReissue - Offset
        ? Length
        : throw new ArgumentException($"'{Name}' of {Length} digits from {Offset} does not lie within the {SlipCode.FreeLength} free digits and the re-issue digit.", nameof(Length));
}

/// <summary>What a slip says in one named part of its free digits.</summary>
/// <param name="Name">The issuer's name for it.</param>
/// <param name="Value">Its digits, leading zeros included.</param>
public sealed record SlipPart(string Name, string Value);
