namespace CashlessGateway.Codes;

/// <summary>
/// Which digits of a slip name the bill. Each issuer decides this with its collector and none publishes it, so it is
/// configuration, never code.
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
}
