namespace CashlessGateway.Codes;

/// <summary>Why a text is not a code that we read.</summary>
public enum UnreadableReason
{
    /// <summary>Nothing but spaces and scanner marks.</summary>
    Empty,

    /// <summary>More than <see cref="CodeReader.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>Something else than digits is in it, and it begins like no code that has letters.</summary>
    NotDigits,

    /// <summary>Digits, but as many as no code has, or as the code that it begins like does not have.</summary>
    WrongLength,

    /// <summary>A misread slip: the last digit does not fit the others.</summary>
    WrongCheckDigit,

    /// <summary>44 digits that do not begin with 91, so it is some other code.</summary>
    WrongPrefix,

    /// <summary>A date in it is no day of the calendar (and not 999999 where that is allowed).</summary>
    WrongDate,

    /// <summary>Its parts do not lie where this kind of code has them: tags, lengths or fixed fields are wrong.</summary>
    WrongStructure,

    /// <summary>A misread QR code: its parts are in place, the checksum over them does not fit.</summary>
    WrongCrc,

    /// <summary>An eL-QR with a right checksum whose rows have wrong check digits: printed wrong, not read wrong.</summary>
    WrongRowCheckDigits,

    /// <summary>An eL-QR that says two different amounts: printed wrong, not read wrong.</summary>
    AmountsDiffer,

    /// <summary>The number of a payment card, which nobody may type or scan here.</summary>
    CardNumber,
}
