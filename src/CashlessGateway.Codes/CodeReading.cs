namespace CashlessGateway.Codes;

/// <summary>
/// What a scanned or typed text turned out to be: <see cref="SlipCode"/>, <see cref="ElQr"/>, <see cref="ElNumber"/>,
/// <see cref="PayEasy"/>, <see cref="StoreCode"/>, <see cref="CustomerCode"/> or <see cref="Unreadable"/>. Only this assembly adds kinds.
/// </summary>
public abstract record CodeReading
{
    private protected CodeReading() { }

    /// <summary>Enough to recognise it on the desk, too little to use it: the only form that belongs on a screen for others or in a log.</summary>
    public abstract string Masked { get; }

    /// <summary>The kind and the masked form: a whole code never reaches a log by way of a message.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Masked}";
}
