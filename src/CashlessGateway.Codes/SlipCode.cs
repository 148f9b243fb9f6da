using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>
/// The 44 digits of a 料金代理収納 GS1-128 bar code, as convenience-store slips carry it. Every instance is whole: its
/// length, application identifier, check digit and date have been verified.
/// </summary>
public sealed record SlipCode
{
    /// <summary>How many digits the bars hold, the application identifier 91 and the check digit included.</summary>
    public const int Length = 44;

    /// <summary>The largest amount that stores and payment apps accept; the field itself would hold <see cref="FieldLimit"/>.</summary>
    public const long PublicLimit = 300_000;

    /// <summary>The largest amount that fits the six digits.</summary>
    public const long FieldLimit = 999_999;

    internal const string ApplicationIdentifier = "91";
    internal const int CompanyLength = 6;
    internal const int FreeLength = 21;

    /// <summary>Takes 44 digits that were verified before.</summary>
    internal SlipCode(string digits, DateOnly? payBy)
    {
        Digits = digits;
        PayBy = payBy;
    }

    /// <summary>All 44 digits.</summary>
    public string Digits { get; }

    /// <summary>請求書発行企業コード, six digits.</summary>
    public string Company => Digits[2..8];

    /// <summary>自由使用欄: 21 digits whose meaning the issuer decides.</summary>
    public string Free => Digits[8..29];

    /// <summary>再発行区分, 0 to 9. Some collectors use it as a 22nd free digit; <see cref="SlipLayout"/> says so.</summary>
    public int Reissue => Digits[29] - '0';

    /// <summary>支払期限日: the last day a store accepts the slip; null where 999999 is printed, which means no limit.</summary>
    public DateOnly? PayBy { get; }

    /// <summary>印紙フラグ. Public money always carries 0, so a reader of public slips pays no attention to it.</summary>
    public bool Stamp => Digits[36] == '1';

    /// <summary>支払金額 in yen.</summary>
    public long Amount => long.Parse(Digits.AsSpan(37, 6), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The last digit.</summary>
    public int CheckDigit => Digits[43] - '0';

    /// <summary>Modulus 10, weight 3, over the first 43 digits. The application identifier counts: leaving it out gives another digit.</summary>
    /// <exception cref="ArgumentException">Not 43 digits.</exception>
    public static int CheckDigitOf(ReadOnlySpan<char> first43) => SlipCheckDigit.Of(first43);

    /// <summary>Makes the code of a slip that is about to be printed.</summary>
    /// <exception cref="ArgumentException">A part does not fit its field; the message says which.</exception>
    public static SlipCode Build(string company, string free, int reissue, DateOnly? payBy, long amount, bool stamp = false)
    {
        RequireDigits(company, CompanyLength, nameof(company));
        RequireDigits(free, FreeLength, nameof(free));
        if (reissue is < 0 or > 9)
            throw new ArgumentException($"The re-issue number must be 0 to 9, not {reissue}.", nameof(reissue));
        if (amount is < 0 or > FieldLimit)
            throw new ArgumentException($"The amount must be 0 to {FieldLimit} yen, not {amount}.", nameof(amount));

        var first43 = string.Create(
            CultureInfo.InvariantCulture,
            $"{ApplicationIdentifier}{company}{free}{reissue}{SlipDate.Write(payBy)}{(stamp ? 1 : 0)}{amount:D6}");
        return new SlipCode(first43 + (char)('0' + CheckDigitOf(first43)), payBy);
    }

    /// <summary>The two rows printed under the bars. Parentheses and hyphens are never in the bars themselves.</summary>
    public string[] HumanReadable() =>
    [
        $"({Digits[..2]}){Digits[2..8]}-{Digits[8..30]}",
        $"{Digits[30..36]}-{Digits[36]}-{Digits[37..43]}-{Digits[43]}",
    ];

    /// <summary>
    /// What one bill keeps through all its slips: the company and the digits that its issuer uses to name the bill. Dates and
    /// amounts stay out, since a postal result always says 999999 whatever was printed.
    /// </summary>
    /// <exception cref="ArgumentException">The layout belongs to another issuer.</exception>
    public string MatchingKey(SlipLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (!string.Equals(layout.Company, Company, StringComparison.Ordinal))
            throw new ArgumentException($"The layout of company {layout.Company} cannot read a slip of company {Company}.", nameof(layout));

        var key = Free.AsSpan(layout.KeyOffset, layout.KeyLength);
        return string.Concat(Company, key, layout.ReissueBelongsToKey ? Digits.AsSpan(29, 1) : []);
    }

    private static void RequireDigits(string text, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length != length || !Digit.All(text))
            throw new ArgumentException($"Must be {length} digits, not '{text}'.", name);
    }
}
