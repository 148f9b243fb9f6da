namespace CashlessGateway.Codes;

/// <summary>Nothing that could be acted upon. Scan again; never guess.</summary>
/// <param name="Why">What is wrong with it: the first that applies.</param>
/// <param name="Masked">At most the first four and the last four characters: the text may have been a customer's code or a card number.</param>
/// <param name="Resembles">What it was probably meant to be, as far as its beginning tells.</param>
public sealed record Unreadable(UnreadableReason Why, string Masked, CodeKind Resembles = CodeKind.Unknown) : CodeReading
{
    /// <inheritdoc/>
    public override string Masked { get; } = Masked;
}

/// <summary>The kinds of codes that are told apart.</summary>
public enum CodeKind
{
    /// <summary>None of them, or too little is there to tell.</summary>
    Unknown,

    /// <summary>料金代理収納のバーコード: the 44 digits of a convenience-store slip.</summary>
    Slip,

    /// <summary>eL-QR, 255 digits.</summary>
    ElQr,

    /// <summary>eL番号, 34 digits.</summary>
    ElNumber,

    /// <summary>Pay-easy (ペイジー) numbers.</summary>
    PayEasy,

    /// <summary>A store's code (EMVCo merchant-presented, JPQR).</summary>
    StoreCode,

    /// <summary>A code that a customer shows to pay with.</summary>
    CustomerCode,
}
