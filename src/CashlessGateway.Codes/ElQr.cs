namespace CashlessGateway.Codes;

/// <summary>
/// The 255 digits of an eL-QR, the code for local taxes and public charges. Every instance is whole: its structure, checksum, row check
/// digits, amounts and dates have been verified. Item numbers and the reserved area are for the issuer to fill: any digits are accepted there.
/// </summary>
public sealed record ElQr : CodeReading
{
    /// <summary>How many digits the symbol holds.</summary>
    public const int Length = 255;

    /// <summary>The largest amount that fits its eleven digits.</summary>
    public const long AmountLimit = 99_999_999_999;

    private ElQr(string digits, DateOnly dueDate, DateOnly payBy)
    {
        Digits = digits;
        DueDate = dueDate;
        PayBy = payBy;
    }

    /// <summary>All 255 digits.</summary>
    public string Digits { get; }

    /// <summary>The number that a person types when the code cannot be scanned, and the key under which the bill is found.</summary>
    public ElNumber Number => new(string.Concat(ElNumber.Cooperative, CaseKey, Confirmation, Item));

    /// <summary>払込金額 in yen.</summary>
    public long Amount => Digit.Number(Digits.AsSpan(ElQrLayout.Amount, ElQrLayout.AmountLength));

    /// <summary>納期限.</summary>
    public DateOnly DueDate { get; }

    /// <summary>支払期限: the last day on which it is accepted.</summary>
    public DateOnly PayBy { get; }

    /// <summary>案件特定キー, which is the 納付番号: 20 digits.</summary>
    public string CaseKey => Digits.Substring(ElQrLayout.CaseKey, ElNumber.CaseKeyLength);

    /// <summary>確認番号, 6 digits.</summary>
    public string Confirmation => Digits.Substring(ElQrLayout.Confirmation, ElNumber.ConfirmationLength);

    /// <summary>税目・料金番号, which is the 納付区分: 3 digits. The list of them is not public and grows.</summary>
    public string Item => Digits.Substring(ElQrLayout.Item, ElNumber.ItemLength);

    /// <summary>共通納税機関コード: whose money it is, 5 digits.</summary>
    public string Organisation => Digits.Substring(ElQrLayout.Organisation, 5);

    /// <summary>税務事務所コード, 3 digits.</summary>
    public string Office => Digits.Substring(ElQrLayout.Office, 3);

    /// <summary>口座番号, 11 digits, zeros on a slip of 地方税共同機構.</summary>
    public string Account => Digits.Substring(ElQrLayout.Account, 11);

    /// <summary>手数料負担区分; 2 is the payee.</summary>
    public int FeeBearer => Digits[ElQrLayout.FeeBearer] - '0';

    /// <summary>印紙税要否.</summary>
    public int Stamp => Digits[ElQrLayout.Stamp] - '0';

    /// <summary>eLTAX 領域, one digit.</summary>
    public int Area => Digits[ElQrLayout.Area] - '0';

    /// <summary>賦課年度, 4 digits.</summary>
    public int AssessmentYear => (int)Digit.Number(Digits.AsSpan(ElQrLayout.AssessmentYear, 4));

    /// <summary>課税年度, 4 digits.</summary>
    public int TaxYear => (int)Digit.Number(Digits.AsSpan(ElQrLayout.TaxYear, 4));

    /// <summary>期別コード, 2 digits.</summary>
    public string Term => Digits.Substring(ElQrLayout.Term, 2);

    /// <summary>The reserved tag 80, 85 digits. Zeros until somebody gives it a meaning.</summary>
    public string Reserve => Digits.Substring(ElQrLayout.Reserve, ElQrLayout.ReserveLength);

    /// <summary>The two OCR rows of the MPN standard slip, 39 and 44 digits, as they are printed.</summary>
    public string[] OcrRows() => [Digits.Substring(ElQrLayout.Row1, ElQrLayout.Row1Length), Digits.Substring(ElQrLayout.Row2, ElQrLayout.Row2Length)];

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Digits);

    /// <summary>Makes the code of a bill from its parts.</summary>
    public static Built<ElQr> Build(ElQrParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Misfit() is { } misfit) return new Built<ElQr>.Refused(misfit.Field, BuildProblem.Malformed, misfit.Why);
        var digits = ElQrLayout.Write(parts);
        return TryRead(digits, out var code) is null ? new Built<ElQr>.Made(code!) : throw new InvalidOperationException("An eL-QR from parts that fit must be readable.");
    }

    /// <summary>The parts of this code: building them again gives the same digits.</summary>
    public ElQrParts Parts() => new()
    {
        CaseKey = CaseKey,
        Confirmation = Confirmation,
        Item = Item,
        Organisation = Organisation,
        Office = Office,
        Amount = Amount,
        AssessmentYear = AssessmentYear,
        TaxYear = TaxYear,
        Term = Term,
        DueDate = DueDate,
        PayBy = PayBy,
        Account = Account,
        FeeBearer = FeeBearer,
        Stamp = Stamp,
        Area = Area,
        Row1Reserve = Digits.Substring(ElQrLayout.Row1Reserve, 5),
        Row2Reserve = Digits.Substring(ElQrLayout.Row2Reserve, 7),
        Reserve = Reserve,
    };

    /// <summary>Takes 255 characters that were seen to be digits. The first that is wrong, from the outside in: a misread is told before a misprint.</summary>
    internal static UnreadableReason? TryRead(string digits, out ElQr? code)
    {
        code = null;
        if (!ElQrLayout.IsInPlace(digits)) return UnreadableReason.WrongStructure;
        if (Digit.Number(digits.AsSpan(ElQrLayout.Crc)) != Crc16.OfAscii(digits.AsSpan(0, ElQrLayout.Crc))) return UnreadableReason.WrongCrc;
        if (!OcrRow.IsRight(digits.AsSpan(ElQrLayout.Row1, ElQrLayout.Row1Length)) || !OcrRow.IsRight(digits.AsSpan(ElQrLayout.Row2, ElQrLayout.Row2Length))) return UnreadableReason.WrongRowCheckDigits;
        if (!digits.AsSpan(ElQrLayout.Row1Amount, ElQrLayout.AmountLength).SequenceEqual(digits.AsSpan(ElQrLayout.Amount, ElQrLayout.AmountLength))) return UnreadableReason.AmountsDiffer;
        if (!CalendarDay.TryRead(digits.AsSpan(ElQrLayout.DueDate, 8), out var dueDate) || !CalendarDay.TryRead(digits.AsSpan(ElQrLayout.PayBy, 8), out var payBy)) return UnreadableReason.WrongDate;
        code = new ElQr(digits, dueDate, payBy);
        return null;
    }
}
