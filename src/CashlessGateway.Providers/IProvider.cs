namespace CashlessGateway.Providers;

/// <summary>
/// One contract with one payment provider. The gateway has written down what it is about to ask before it asks, so an adapter holds
/// no state: everything it needs to find a payment again comes with the call.
/// An adapter never throws for an answer of the provider; it says <see cref="ProviderAnswer.Unknown"/> when it cannot tell.
/// </summary>
public interface IProvider
{
    /// <summary>What this contract can do. Constant for the life of the instance.</summary>
    ProviderAbilities Abilities { get; }

    /// <summary>
    /// Begins a payment. Called at most once for a reference, unless the provider promises that a repeated call with the same
    /// reference changes nothing (<see cref="ProviderAbilities.KeysLiveFor"/>).
    /// A timeout, a broken connection or a 5xx is <see cref="ProviderAnswer.Unknown"/>, never a refusal.
    /// </summary>
    Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation);

    /// <summary>
    /// Asks what became of a payment. "Not found" is <see cref="ProviderAnswer.Absent"/>; "could not ask" is
    /// <see cref="ProviderAnswer.Unknown"/>: the two are never the same.
    /// </summary>
    Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation);
}

/// <summary>An unfinished payment can be given up.</summary>
public interface ICanCancel
{
    /// <summary>
    /// <see cref="ProviderAnswer.Cancelled"/> only when the payment can no longer take the customer's money, or when the provider
    /// has promised to send it back (<see cref="ProviderAbilities.AcceptedCancelReturnsMoney"/>);
    /// <see cref="ProviderAnswer.Captured"/> when the customer was faster; <see cref="ProviderAnswer.Expired"/> when its time was over;
    /// <see cref="ProviderAnswer.Absent"/> when there is nothing to cancel. While it is <see cref="ProviderAnswer.Unknown"/> it is repeated.
    /// </summary>
    Task<ProviderAnswer> Cancel(PaymentCase payment, CancellationToken cancellation);
}

/// <summary>取消: a captured payment can be undone for a short time, as if it had not been.</summary>
public interface ICanVoid
{
    /// <summary>The last moment at which a void is accepted.</summary>
    DateTimeOffset VoidableUntil(DateTimeOffset capturedAt);

    /// <summary>Undoes the whole payment. Repeated with the same reference while the outcome is unknown.</summary>
    Task<RefundAnswer> Void(RefundOrder order, CancellationToken cancellation);
}

/// <summary>返金: money of a captured payment can be sent back through the provider.</summary>
public interface ICanRefund
{
    /// <summary>What may be sent back of a payment made so, and until when. Null: nothing, ever.</summary>
    RefundAbilities? RefundsOf(PaidWith paidWith);

    /// <summary>Sends money back. Repeated with the same reference while the outcome is unknown: the provider must treat it as one.</summary>
    Task<RefundAnswer> Refund(RefundOrder order, CancellationToken cancellation);

    /// <summary>Asks what became of a refund.</summary>
    Task<RefundAnswer> LookUpRefund(RefundOrder order, CancellationToken cancellation);
}

/// <summary>The provider posts notices. They are hints: the gateway asks before it believes.</summary>
public interface IReceivesWebhooks
{
    /// <summary>
    /// What <see cref="Read"/> lets through was signed by the provider. Then the gateway remembers the ids of notices; of an unsigned
    /// provider it remembers nothing, since anybody could fill it.
    /// </summary>
    bool Signed => false;

    /// <summary>Checks a notice as far as the provider signs it, and says which payment it is about. Never calls the provider.</summary>
    WebhookNotice Read(WebhookPost post);
}

/// <summary>
/// The provider can list what it took, so that a gateway restored from an older backup finds the payments it no longer knows.
/// </summary>
public interface IListsPayments
{
    /// <summary>All payments begun at or after <paramref name="since"/>, in any order; one that failed or was never paid may be left out.</summary>
    /// <exception cref="ProviderReadException">The list could not be read to its end.</exception>
    IAsyncEnumerable<ListedPayment> ListSince(DateTimeOffset since, CancellationToken cancellation);
}

/// <summary>A file of transactions that the provider lets a merchant download can be read; the second way to find payments after a restore.</summary>
public interface IReadsTransactionFiles
{
    /// <summary>Reads the whole file or refuses it.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read; the message names the line and what is wrong.</exception>
    IReadOnlyList<ListedPayment> ReadTransactions(Stream file);
}

/// <summary>Terminals of this provider are made known to it once, and called by its own name from then on.</summary>
public interface IPairsDevices
{
    /// <summary>Begins, or repeats under the same <see cref="PairingOrder.Reference"/>.</summary>
    Task<PairingAnswer> Pair(PairingOrder order, CancellationToken cancellation);

    /// <summary>Asks how far it is.</summary>
    /// <param name="pairing">From <see cref="PairingAnswer.EnterOnDevice"/>.</param>
    /// <param name="cancellation">Carries the time limit.</param>
    Task<PairingAnswer> LookUpPairing(string pairing, CancellationToken cancellation);
}

/// <summary>The provider tells what it pays out, and for which payments.</summary>
public interface IReadsSettlements
{
    /// <summary>All payouts made or announced at or after <paramref name="since"/>, in any order.</summary>
    /// <exception cref="ProviderReadException">The list could not be read to its end.</exception>
    IAsyncEnumerable<Payout> PayoutsSince(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Each line of one payout; their sum is its amount.</summary>
    /// <exception cref="ProviderReadException">The list could not be read to its end.</exception>
    IAsyncEnumerable<SettlementLine> LinesOf(string payout, CancellationToken cancellation);
}

/// <summary>Payments can be disputed by the payer's bank, and the provider tells.</summary>
public interface IListsDisputes
{
    /// <summary>All disputes that began or changed at or after <paramref name="since"/>, in any order.</summary>
    /// <exception cref="ProviderReadException">The list could not be read to its end.</exception>
    IAsyncEnumerable<Dispute> DisputesSince(DateTimeOffset since, CancellationToken cancellation);
}
