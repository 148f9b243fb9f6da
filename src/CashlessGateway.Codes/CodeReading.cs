namespace CashlessGateway.Codes;

/// <summary>What a scanned or typed text turned out to be. Only this assembly adds kinds.</summary>
public abstract record CodeReading
{
    private protected CodeReading() { }

    /// <summary>A 料金代理収納 slip whose digits are all in order. Whether it may still be paid is for others to say.</summary>
    /// <param name="Code">The slip.</param>
    public sealed record Slip(SlipCode Code) : CodeReading;

    /// <summary>Nothing that could be acted upon. Scan again; never guess.</summary>
    /// <param name="Why">What is wrong with it.</param>
    /// <param name="Masked">At most the first four and the last four characters: the text may have been a customer's code or a card number.</param>
    public sealed record Unreadable(UnreadableReason Why, string Masked) : CodeReading;
}
