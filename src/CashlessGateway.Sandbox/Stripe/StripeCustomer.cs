namespace CashlessGateway.Sandbox.Stripe;

/// <summary>The person with the card: on Stripe's page, or at a reader.</summary>
public sealed class StripeCustomer
{
    private readonly StripeSandbox _sandbox;
    private readonly Lock _gate = new();
    private readonly Random _random;
    private volatile StripeAutoCustomer _auto = StripeAutoCustomer.Off;

    internal StripeCustomer(StripeSandbox sandbox, int seed)
    {
        _sandbox = sandbox;
        _random = new Random(seed);
    }

    /// <summary>From now on new payments are paid by themselves.</summary>
    public void Auto(StripeAutoCustomer auto)
    {
        if (auto is not { PayProbability: >= 0 and <= 1, DelayMs: >= 0 }) throw new ArgumentException("payProbability is from 0 to 1, delayMs is not negative", nameof(auto));
        _auto = auto;
    }

    /// <summary>By the merchant's reference, or the id of a page, a payment or a reader.</summary>
    public StripeCustomerResult Pay(string id, StripeCustomerOutcome outcome = StripeCustomerOutcome.Pay, string brand = "visa") => Act(id, outcome, brand).Result;

    internal (StripeCustomerResult Result, Task Notices) Act(string id, StripeCustomerOutcome outcome, string brand = "visa")
    {
        var card = new CardFact(brand, brand == "visa" ? CardFact.Visa.Last4 : "4444");
        var (result, events) = _sandbox.Book.Do(() => Decide(id, outcome, card));
        return (result, _sandbox.Send(events));
    }

    /// <summary>An answer with something to pay has reached the shop. What nobody was shown is paid by nobody.</summary>
    internal void Saw(string id)
    {
        var auto = _auto;
        if (Decides(auto.PayProbability)) _ = PayLater(id, TimeSpan.FromMilliseconds(auto.DelayMs));
    }

    private (StripeCustomerResult Result, List<StripeEvent> Events) Decide(string id, StripeCustomerOutcome outcome, CardFact card)
    {
        var book = _sandbox.Book;
        if (book.Readers.Find(id) is { } reader) return AtReader(reader, outcome, card);
        if (book.Sessions.Find(id) is { } page) return OnPage(page, outcome, card);
        var session = book.Sessions.NewestFirst().FirstOrDefault(fact => fact.Reference == id);
        var intent = book.Intents.Find(id) ?? book.Intents.NewestFirst().FirstOrDefault(fact => fact.Session is null && _sandbox.ReferenceOf(fact) == id);
        return (session, intent) switch
        {
            ({ } one, _) => OnPage(one, outcome, card),
            (_, { Session: { } of }) => OnPage(book.Sessions.Find(of)!, outcome, card),
            (_, { } one) when book.Readers.OldestFirst().FirstOrDefault(fact => fact.Action?.Intent == one.Id) is { } shown => AtReader(shown, outcome, card),
            (_, { }) => (StripeCustomerResult.NothingToPay, []),
            _ => (StripeCustomerResult.NotFound, []),
        };
    }

    private (StripeCustomerResult Result, List<StripeEvent> Events) OnPage(SessionFact session, StripeCustomerOutcome outcome, CardFact card)
    {
        if (session.Completed) return (StripeCustomerResult.AlreadyPaid, []);
        if (session.Status(_sandbox.Time.GetUtcNow()) != "open") return (StripeCustomerResult.Expired, []);
        var till = _sandbox.Till;
        var approving = _sandbox.Book.Intents.Find(session.Intent)?.Approving;
        return outcome switch
        {
            StripeCustomerOutcome.WalkAway or StripeCustomerOutcome.Cancel => (StripeCustomerResult.WalkedAway, []),
            StripeCustomerOutcome.Pay => (StripeCustomerResult.Paid, till.Take(till.IntentOf(session), card)),
            StripeCustomerOutcome.Decline => (StripeCustomerResult.Declined, till.Refuse(till.IntentOf(session), card, Till.Refusal)),
            StripeCustomerOutcome.PayWithApproval => (StripeCustomerResult.NeedsApproval, till.AskForApproval(till.IntentOf(session), card)),
            StripeCustomerOutcome.Approve or StripeCustomerOutcome.RefuseApproval when approving is null => (StripeCustomerResult.NothingToPay, []),
            StripeCustomerOutcome.Approve => (StripeCustomerResult.Paid, till.Take(till.IntentOf(session), approving!)),
            StripeCustomerOutcome.RefuseApproval => (StripeCustomerResult.Declined, till.Refuse(till.IntentOf(session), approving!, Till.NotApproved)),
        };
    }

    private (StripeCustomerResult Result, List<StripeEvent> Events) AtReader(ReaderFact reader, StripeCustomerOutcome outcome, CardFact card)
    {
        if (reader.Action is not { Status: "in_progress" } action || _sandbox.Book.Intents.Find(action.Intent) is not { } intent) return (StripeCustomerResult.NothingToPay, []);
        if (intent.IsPaid) return (StripeCustomerResult.AlreadyPaid, []);
        if (intent.IsOver) return End(reader, action with { Status = "failed", FailureCode = "intent_invalid_state" }, StripeCustomerResult.Canceled, []);
        return outcome switch
        {
            StripeCustomerOutcome.Decline => End(
                reader, action with { Status = "failed", FailureCode = "card_declined", FailureMessage = Till.Refusal.Message, ApiError = Till.Refusal }, StripeCustomerResult.Declined, _sandbox.Till.Refuse(intent, card, Till.Refusal)),
            StripeCustomerOutcome.Cancel => End(reader, action with { Status = "failed", FailureCode = "customer_canceled", FailureMessage = "The customer canceled." }, StripeCustomerResult.WalkedAway, []),
            StripeCustomerOutcome.WalkAway => (StripeCustomerResult.WalkedAway, []),
            StripeCustomerOutcome.Pay or StripeCustomerOutcome.PayWithApproval or StripeCustomerOutcome.Approve => End(reader, action with { Status = "succeeded" }, StripeCustomerResult.Paid, _sandbox.Till.Take(intent, card)),
            StripeCustomerOutcome.RefuseApproval => (StripeCustomerResult.NothingToPay, []),
        };
    }

    private (StripeCustomerResult Result, List<StripeEvent> Events) End(ReaderFact reader, ActionFact action, StripeCustomerResult result, List<StripeEvent> events)
    {
        var after = reader with { Action = action };
        _sandbox.Book.Readers.Put(after);
        var reference = _sandbox.ReferenceOf(_sandbox.Book.Intents.Find(action.Intent));
        events.Add(_sandbox.Event(reader.Account, reference, $"terminal.reader.action_{action.Status}", _sandbox.Objects.Reader(after, Wire.Expand.None)));
        return (result, events);
    }

    private async Task PayLater(string id, TimeSpan delay)
    {
        await Task.Delay(delay, _sandbox.Time, _sandbox.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (!_sandbox.Stopping.IsCancellationRequested) Pay(id);
    }

    private bool Decides(double probability)
    {
        if (probability <= 0) return false;
#pragma warning disable CA5394 // A repeatable storm, not a secret.
        lock (_gate) return _random.NextDouble() < probability;
#pragma warning restore CA5394
    }
}

/// <summary>How new payments are paid without anybody's hand.</summary>
public sealed record StripeAutoCustomer(double PayProbability)
{
    public static StripeAutoCustomer Off { get; } = new(0);

    public int DelayMs { get; init; }
}

public enum StripeCustomerOutcome
{
    Pay,

    /// <summary>With a card whose bank asks its owner first: the payment waits for <see cref="Approve"/> or <see cref="RefuseApproval"/>.</summary>
    PayWithApproval,
    Approve,
    RefuseApproval,
    Decline,

    /// <summary>At a reader: the button "cancel" on it.</summary>
    Cancel,
    WalkAway,
}

public enum StripeCustomerResult
{
    Paid,
    NeedsApproval,
    Declined,
    WalkedAway,
    AlreadyPaid,
    Expired,
    Canceled,
    NothingToPay,
    NotFound,
}
