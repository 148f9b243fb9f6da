namespace CashlessGateway.Codes;

/// <summary>What an eL-QR is made of. Texts are digits of exactly the length given; what is always the same on today's slips has it as its default.</summary>
public sealed record ElQrParts
{
    /// <summary>案件特定キー (納付番号), 20 digits.</summary>
    public required string CaseKey { get; init; }

    /// <summary>確認番号, 6 digits.</summary>
    public required string Confirmation { get; init; }

    /// <summary>税目・料金番号 (納付区分), 3 digits.</summary>
    public required string Item { get; init; }

    /// <summary>共通納税機関コード, 5 digits.</summary>
    public required string Organisation { get; init; }

    /// <summary>税務事務所コード, 3 digits.</summary>
    public string Office { get; init; } = "000";

    /// <summary>In yen, up to <see cref="ElQr.AmountLimit"/>.</summary>
    public required long Amount { get; init; }

    /// <summary>賦課年度.</summary>
    public required int AssessmentYear { get; init; }

    /// <summary>課税年度.</summary>
    public required int TaxYear { get; init; }

    /// <summary>期別コード, 2 digits.</summary>
    public required string Term { get; init; }

    /// <summary>納期限.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>支払期限.</summary>
    public required DateOnly PayBy { get; init; }

    /// <summary>口座番号, 11 digits.</summary>
    public string Account { get; init; } = new('0', 11);

    /// <summary>手数料負担区分, one digit; 2 is the payee.</summary>
    public int FeeBearer { get; init; } = 2;

    /// <summary>印紙税要否, one digit.</summary>
    public int Stamp { get; init; }

    /// <summary>eLTAX 領域, one digit.</summary>
    public int Area { get; init; }

    /// <summary>The reserved end of the first OCR row, 5 digits.</summary>
    public string Row1Reserve { get; init; } = new('0', 5);

    /// <summary>The reserved end of the second OCR row, 7 digits.</summary>
    public string Row2Reserve { get; init; } = new('0', 7);

    /// <summary>Tag 80, 85 digits.</summary>
    public string Reserve { get; init; } = new('0', ElQrLayout.ReserveLength);

    /// <summary>The first part that does not fit its place.</summary>
    internal (string Field, string Why)? Misfit()
    {
        foreach (var (field, text, length) in Texts())
            if (text?.Length != length || !Digit.All(text))
                return (field, $"Must be {length} digits, not '{text}'.");
        foreach (var (field, number, most) in Numbers())
            if (number < 0 || number > most)
                return (field, $"Must be 0 to {most}, not {number}.");
        return null;
    }

    private (string Field, string? Text, int Length)[] Texts() =>
    [
        (nameof(CaseKey), CaseKey, ElNumber.CaseKeyLength),
        (nameof(Confirmation), Confirmation, ElNumber.ConfirmationLength),
        (nameof(Item), Item, ElNumber.ItemLength),
        (nameof(Organisation), Organisation, 5),
        (nameof(Office), Office, 3),
        (nameof(Term), Term, 2),
        (nameof(Account), Account, 11),
        (nameof(Row1Reserve), Row1Reserve, 5),
        (nameof(Row2Reserve), Row2Reserve, 7),
        (nameof(Reserve), Reserve, ElQrLayout.ReserveLength),
    ];

    private (string Field, long Number, long Most)[] Numbers() =>
    [
        (nameof(Amount), Amount, ElQr.AmountLimit),
        (nameof(AssessmentYear), AssessmentYear, 9_999),
        (nameof(TaxYear), TaxYear, 9_999),
        (nameof(FeeBearer), FeeBearer, 9),
        (nameof(Stamp), Stamp, 9),
        (nameof(Area), Area, 9),
    ];
}
