using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>
/// The 44 digits of a 料金代理収納 GS1-128 bar code, as convenience-store slips carry it. Every instance is whole: its
/// length, application identifier, check digit and date have been verified. Whether it may still be paid is for others to say.
/// </summary>
public sealed record SlipCode : CodeReading
{
    /// <summary>How many digits the bars hold, the application identifier 91 and the check digit included.</summary>
    public const int Length = 44;

    /// <summary>The largest amount that stores and payment apps accept, and so the largest that is printed as a bar code; the field itself would hold <see cref="FieldLimit"/>.</summary>
    public const long PublicLimit = 300_000;

    /// <summary>The largest amount that fits the six digits.</summary>
    public const long FieldLimit = 999_999;

    internal const string ApplicationIdentifier = "91";
    internal const int CompanyLength = 6;
    internal const int FreeLength = 21;

    /// <summary>Takes 44 digits that were verified before.</summary>
    private SlipCode(string digits, DateOnly? payBy)
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
    public long Amount => Digit.Number(Digits.AsSpan(37, 6));

    /// <summary>The last digit.</summary>
    public int CheckDigit => Digits[43] - '0';

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Digits);

    /// <summary>Modulus 10, weight 3, over the first 43 digits. The application identifier counts: leaving it out gives another digit.</summary>
    /// <exception cref="ArgumentException">Not 43 digits.</exception>
    public static int CheckDigitOf(ReadOnlySpan<char> first43) => SlipCheckDigit.Of(first43);

    /// <summary>Makes the code of a slip that is about to be printed. Over <see cref="PublicLimit"/> there is none: the bill is printed without a bar code.</summary>
    /// <param name="company">請求書発行企業コード, six digits.</param>
    /// <param name="free">自由使用欄, 21 digits.</param>
    /// <param name="reissue">How often the slip was printed again, 0 to 9.</param>
    /// <param name="payBy">The last day a store accepts it; null prints 999999, no limit.</param>
    /// <param name="amount">In yen.</param>
    /// <param name="stamp">印紙フラグ; always false for public money.</param>
    public static Built<SlipCode> Build(string company, string free, int reissue, DateOnly? payBy, long amount, bool stamp = false)
    {
        if (!AreDigits(company, CompanyLength)) return Malformed(nameof(company), $"Must be {CompanyLength} digits, not '{company}'.");
        if (!AreDigits(free, FreeLength)) return Malformed(nameof(free), $"Must be {FreeLength} digits, not '{free}'.");
        if (reissue is < 0 or > 9) return Malformed(nameof(reissue), $"Must be 0 to 9, not {reissue}.");
        if (amount < 0) return Malformed(nameof(amount), $"Must not be less than 0 yen, as {amount} is.");
        if (amount > PublicLimit) return new Built<SlipCode>.Refused(nameof(amount), BuildProblem.OverLimit, $"Over {PublicLimit:N0} yen no bar code is printed; it is {amount:N0} yen.");
        if (!SlipDate.IsWritable(payBy)) return Malformed(nameof(payBy), $"Must lie in the years {SlipDate.FirstYear} to {SlipDate.LastYear}, not in {payBy?.Year}.");

        var first43 = string.Create(CultureInfo.InvariantCulture, $"{ApplicationIdentifier}{company}{free}{reissue}{SlipDate.Write(payBy)}{(stamp ? 1 : 0)}{amount:D6}");
        return new Built<SlipCode>.Made(new SlipCode(first43 + (char)('0' + CheckDigitOf(first43)), payBy));
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
        Require(layout);
        var key = Free.AsSpan(layout.KeyOffset, layout.KeyLength);
        return string.Concat(Company, key, layout.ReissueBelongsToKey ? Digits.AsSpan(29, 1) : []);
    }

    /// <summary>What the issuer wrote into the free digits, by the names that its layout gives them.</summary>
    /// <exception cref="ArgumentException">The layout belongs to another issuer.</exception>
    public IReadOnlyList<SlipPart> Parts(SlipLayout layout)
    {
        Require(layout);
        return [.. layout.Fields.Select(field => new SlipPart(field.Name, Digits.Substring(8 + field.Offset, field.Length)))];
    }

    /// <summary>Takes 44 characters that were seen to be digits.</summary>
    internal static UnreadableReason? TryRead(string digits, out SlipCode? code)
    {
        code = null;
        if (!SlipCheckDigit.IsRight(digits)) return UnreadableReason.WrongCheckDigit;
        if (!digits.StartsWith(ApplicationIdentifier, StringComparison.Ordinal)) return UnreadableReason.WrongPrefix;
        if (!SlipDate.TryRead(digits.AsSpan(30, 6), out var payBy)) return UnreadableReason.WrongDate;
        code = new SlipCode(digits, payBy);
        return null;
    }

    private void Require(SlipLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (!string.Equals(layout.Company, Company, StringComparison.Ordinal))
            throw new ArgumentException($"The layout of company {layout.Company} cannot read a slip of company {Company}.", nameof(layout));
    }

    private static bool AreDigits(string? text, int length) => text?.Length == length && Digit.All(text);

    private static Built<SlipCode>.Refused Malformed(string field, string why) => new(field, BuildProblem.Malformed, why);
}
