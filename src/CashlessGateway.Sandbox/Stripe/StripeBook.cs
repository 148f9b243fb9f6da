namespace CashlessGateway.Sandbox.Stripe;

/// <summary>
/// All that this Stripe knows, and the file that keeps it. One lock for everything: a payment touches six kinds of facts, and a
/// stand-in has to be right before it is fast.
/// </summary>
internal sealed class StripeBook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StateFile<StateLine>? _file;

    public StripeBook(string? stateFile)
    {
        Sessions = new(fact => Keep(new StateLine { Session = fact }));
        Intents = new(fact => Keep(new StateLine { Intent = fact }));
        Charges = new(fact => Keep(new StateLine { Charge = fact }));
        Refunds = new(fact => Keep(new StateLine { Refund = fact }));
        Disputes = new(fact => Keep(new StateLine { Dispute = fact }));
        Readers = new(fact => Keep(new StateLine { Reader = fact }));
        Locations = new(fact => Keep(new StateLine { Location = fact }));
        Transactions = new(fact => Keep(new StateLine { Transaction = fact }));
        Payouts = new(fact => Keep(new StateLine { Payout = fact }));
        Answers = new(fact => Keep(new StateLine { Answer = fact }));
        if (stateFile is null) return;
        _file = new StateFile<StateLine>(stateFile);
        foreach (var line in _file.Read()) Reload(line);
    }

    public Shelf<SessionFact> Sessions { get; }

    public Shelf<IntentFact> Intents { get; }

    public Shelf<ChargeFact> Charges { get; }

    public Shelf<RefundFact> Refunds { get; }

    public Shelf<DisputeFact> Disputes { get; }

    public Shelf<ReaderFact> Readers { get; }

    public Shelf<LocationFact> Locations { get; }

    public Shelf<TransactionFact> Transactions { get; }

    public Shelf<PayoutFact> Payouts { get; }

    public Shelf<AnswerFact> Answers { get; }

    /// <summary>Everything that reads or writes facts happens in here.</summary>
    public T Do<T>(Func<T> work)
    {
        lock (_gate) return work();
    }

    /// <summary>Yen of one charge that went back, or are on their way.</summary>
    public long RefundedOf(string charge) => Refunds.OldestFirst().Where(refund => refund.Charge == charge && refund.FailureReason is null).Sum(refund => refund.Amount);

    public void Dispose() => _file?.Dispose();

    private void Keep(StateLine line) => _file?.Append(line);

    private void Reload(StateLine line)
    {
        Sessions.Reload(line.Session);
        Intents.Reload(line.Intent);
        Charges.Reload(line.Charge);
        Refunds.Reload(line.Refund);
        Disputes.Reload(line.Dispute);
        Readers.Reload(line.Reader);
        Locations.Reload(line.Location);
        Transactions.Reload(line.Transaction);
        Payouts.Reload(line.Payout);
        Answers.Reload(line.Answer);
    }
}

/// <summary>Facts of one kind, by id and in the order of their making.</summary>
internal sealed class Shelf<T>(Action<T> keep) where T : class, IFact
{
    private readonly Dictionary<string, int> _places = [];
    private readonly List<T> _facts = [];

    public void Put(T fact)
    {
        keep(fact);
        Enter(fact);
    }

    public void Reload(T? fact)
    {
        if (fact is not null) Enter(fact);
    }

    public T? Find(string? id) => id is not null && _places.TryGetValue(id, out var place) ? _facts[place] : null;

    public T? Find(string account, string? id) => Find(id) is { } fact && fact.Account == account ? fact : null;

    public IEnumerable<T> OldestFirst() => _facts;

    public IEnumerable<T> NewestFirst() => Enumerable.Range(1, _facts.Count).Select(back => _facts[^back]);

    private void Enter(T fact)
    {
        if (_places.TryGetValue(fact.Id, out var place))
        {
            _facts[place] = fact;
            return;
        }

        _places[fact.Id] = _facts.Count;
        _facts.Add(fact);
    }
}

/// <summary>One new state of one fact. The last one counts.</summary>
internal sealed record StateLine
{
    public SessionFact? Session { get; init; }

    public IntentFact? Intent { get; init; }

    public ChargeFact? Charge { get; init; }

    public RefundFact? Refund { get; init; }

    public DisputeFact? Dispute { get; init; }

    public ReaderFact? Reader { get; init; }

    public LocationFact? Location { get; init; }

    public TransactionFact? Transaction { get; init; }

    public PayoutFact? Payout { get; init; }

    public AnswerFact? Answer { get; init; }
}
