using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox;

/// <summary>What a test of any provider needs of its stand-in: the truth, the customer's hand, and the faults.</summary>
public interface IStandIn
{
    FaultSet Faults { get; }

    /// <summary>All that was begun, in the order of its beginning. What was begun twice under one reference stands here twice.</summary>
    IReadOnlyList<TruthMoney> Money();

    /// <summary>The customer pays what was begun last under this reference. False when there is nothing (more) to pay.</summary>
    bool Pay(string reference);

    /// <summary>The customer's bank or wallet refuses it. False when there is nothing (more) to pay.</summary>
    bool Refuse(string reference);

    /// <summary>From now on whoever is shown something to pay with pays it with this probability, after this time.</summary>
    void PayByThemselves(double probability, TimeSpan after);
}

/// <summary>What really happened to one payment, whatever a faulty answer said about it.</summary>
/// <param name="Reference">The merchant's own.</param>
/// <param name="ProviderReference">The provider's number of the payment; null before there is one.</param>
/// <param name="Amount">Yen that were asked for.</param>
/// <param name="Taken">The customer's money is taken; what was refunded is still in it.</param>
/// <param name="TakenAt">By the stand-in's clock.</param>
/// <param name="Refunded">Yen that went back.</param>
/// <param name="Refunds">In how many refunds.</param>
public sealed record TruthMoney(string Reference, string? ProviderReference, long Amount, bool Taken, DateTimeOffset? TakenAt, long Refunded, int Refunds)
{
    /// <summary>What the provider owes the merchant for it, before fees.</summary>
    public long Net => Taken ? Amount - Refunded : 0;
}
