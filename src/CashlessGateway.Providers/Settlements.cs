namespace CashlessGateway.Providers;

/// <summary>Money that the provider pays, or takes, in one transfer.</summary>
/// <param name="Reference">The provider's own.</param>
/// <param name="State">How far it is.</param>
/// <param name="Amount">What reaches the account; below zero when the provider takes.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ArrivesOn">The day by the provider's word.</param>
/// <param name="CreatedAt">By the provider's clock.</param>
public sealed record Payout(string Reference, PayoutState State, long Amount, string Currency, DateOnly ArrivesOn, DateTimeOffset CreatedAt);

/// <summary>How far a payout is.</summary>
public enum PayoutState
{
    /// <summary>On its way.</summary>
    Announced,

    /// <summary>At the bank.</summary>
    Paid,

    /// <summary>It did not arrive, or came back.</summary>
    Failed,
}

/// <summary>One line of a payout. Always <c>Net = Gross - Fee</c>.</summary>
/// <param name="Reference">The provider's own, unique within the payout.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Gross">Below zero for money that goes back.</param>
/// <param name="Fee">What the provider keeps; below zero when it gives a fee back.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="At">By the provider's clock.</param>
public sealed record SettlementLine(string Reference, SettlementKind Kind, long Gross, long Fee, string Currency, DateTimeOffset At)
{
    /// <summary>What reaches the account for it.</summary>
    public long Net => Gross - Fee;

    /// <summary>What the provider calls the payment it is about.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>Our reference of the payment, where the provider kept it.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>Our reference of the refund, or what the provider calls it.</summary>
    public string? RefundReference { get; init; }

    /// <summary>The provider's own word for the kind.</summary>
    public string Word { get; init; } = "";
}

/// <summary>What a line of a payout is for.</summary>
public enum SettlementKind
{
    /// <summary>A payment.</summary>
    Payment,

    /// <summary>Money given back to a payer.</summary>
    Refund,

    /// <summary>A fee apart from a payment.</summary>
    Fee,

    /// <summary>Taken back by a payer's bank.</summary>
    Dispute,

    /// <summary>Returned after a dispute was won.</summary>
    DisputeReversed,

    /// <summary>A correction by the provider.</summary>
    Adjustment,

    /// <summary>A word that the adapter does not know: a person looks at it.</summary>
    Other,
}

/// <summary>A payment that the payer's bank does not accept.</summary>
/// <param name="Reference">The provider's own.</param>
/// <param name="ProviderReference">What the provider calls the payment.</param>
/// <param name="Amount">Yen that are disputed.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="State">How far it is.</param>
/// <param name="Reason">The provider's word; nothing personal.</param>
/// <param name="At">When it began.</param>
public sealed record Dispute(string Reference, string ProviderReference, long Amount, string Currency, DisputeState State, string Reason, DateTimeOffset At)
{
    /// <summary>Our reference of the payment, where the provider kept it.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>Until when evidence is taken.</summary>
    public DateTimeOffset? EvidenceUntil { get; init; }
}

/// <summary>How far a dispute is.</summary>
public enum DisputeState
{
    /// <summary>Somebody has to answer it.</summary>
    NeedsResponse,

    /// <summary>It is being looked at.</summary>
    UnderReview,

    /// <summary>The money stays.</summary>
    Won,

    /// <summary>The money is gone.</summary>
    Lost,
}

/// <summary>A list of the provider could not be read to its end: nothing of it counts, and it is read again.</summary>
public sealed class ProviderReadException(string why, Exception? cause = null) : Exception(why, cause);
