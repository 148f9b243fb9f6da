namespace CashlessGateway.Providers;

/// <summary>A terminal that is to be made known.</summary>
/// <param name="Reference">Ours, unique for ever; the provider must treat a repeat as one.</param>
/// <param name="Name">As the provider's own screens are to show it.</param>
public sealed record PairingOrder(string Reference, string Name)
{
    /// <summary>The code that the terminal shows, where the provider wants it that way round.</summary>
    public string? ShownCode { get; init; }
}

/// <summary>How far a pairing is. A closed set.</summary>
public abstract record PairingAnswer
{
    private PairingAnswer() { }

    /// <summary>A person types this code into the terminal.</summary>
    public sealed record EnterOnDevice(string Pairing, string Code, DateTimeOffset Until) : PairingAnswer;

    /// <summary>A person types the code that the terminal shows into the gateway.</summary>
    public sealed record NeedsShownCode : PairingAnswer;

    /// <summary>It is known by this name now.</summary>
    public sealed record Paired(string Device) : PairingAnswer;

    /// <summary>Its time was over; begin again.</summary>
    public sealed record Expired : PairingAnswer;

    /// <summary>Refused for good.</summary>
    public sealed record Refused(string Code, string? Detail) : PairingAnswer;

    /// <summary>Nobody can tell now.</summary>
    public sealed record Unknown(string Why) : PairingAnswer;
}
