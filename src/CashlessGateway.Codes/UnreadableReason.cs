namespace CashlessGateway.Codes;

/// <summary>Why a text is not a code that we read. The first that applies, in this order.</summary>
public enum UnreadableReason
{
    /// <summary>Nothing but spaces and scanner marks.</summary>
    Empty,

    /// <summary>More than <see cref="CodeReader.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>Something else than digits is in it.</summary>
    NotDigits,

    /// <summary>Digits, but not 44.</summary>
    WrongLength,

    /// <summary>A misread: the last digit does not fit the others.</summary>
    WrongCheckDigit,

    /// <summary>44 digits that do not begin with 91, so it is some other code.</summary>
    WrongPrefix,

    /// <summary>The pay-by field is neither a day of the calendar nor 999999.</summary>
    WrongDate,
}
