using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>What happens to money: taken, refused, given back, disputed. Called within the book's lock; answers with the notices it causes.</summary>
internal sealed class Till(StripeSandbox sandbox)
{
    private static readonly TimeSpan EvidenceTime = TimeSpan.FromDays(14);

    private StripeBook Book => sandbox.Book;

    private DateTimeOffset Now => sandbox.Time.GetUtcNow();

    public static ErrorFact Refusal { get; } = new("card_declined", "Your card has insufficient funds.") { DeclineCode = "insufficient_funds" };

    public static ErrorFact NotApproved { get; } = new("payment_intent_authentication_failure", "The provided payment method has failed authentication.");

    /// <summary>The payment that a page makes when its customer first tries.</summary>
    public IntentFact IntentOf(SessionFact session)
    {
        if (Book.Intents.Find(session.Intent) is { } known) return known;
        var intent = new IntentFact(Ids.New("pi_"), session.Account, Now, session.Amount, "requires_payment_method")
        {
            Metadata = session.IntentMetadata,
            Description = session.IntentDescription,
            Session = session.Id,
        };
        Book.Intents.Put(intent);
        Book.Sessions.Put(session with { Intent = intent.Id });
        return intent;
    }

    public List<StripeEvent> Take(IntentFact intent, CardFact card)
    {
        var charge = NewCharge(intent, card, paid: true) with { AuthorizationCode = intent.MethodType == "card_present" ? Ids.Authorization() : null };
        var line = Line(intent.Account, "charge", "charge", intent.Amount, Fee(intent.Amount), charge.Id);
        charge = charge with { Transaction = line.Id };
        Book.Charges.Put(charge);
        var paid = intent with { Status = "succeeded", Charge = charge.Id, LastError = null, Approving = null };
        Book.Intents.Put(paid);
        List<StripeEvent> events = [Tell(intent, "charge.succeeded", objects => objects.Charge(charge, Expand.None)), Tell(intent, "payment_intent.succeeded", objects => objects.Intent(paid, Expand.None))];
        if (Book.Sessions.Find(intent.Session) is { } session)
        {
            var completed = session with { Completed = true };
            Book.Sessions.Put(completed);
            events.Add(Tell(intent, "checkout.session.completed", objects => objects.Session(completed, Expand.None)));
        }

        return events;
    }

    public List<StripeEvent> Refuse(IntentFact intent, CardFact card, ErrorFact why)
    {
        var charge = NewCharge(intent, card, paid: false) with { Failure = why };
        Book.Charges.Put(charge);
        var open = intent with { Status = "requires_payment_method", Charge = charge.Id, LastError = why, Approving = null };
        Book.Intents.Put(open);
        return [Tell(intent, "charge.failed", objects => objects.Charge(charge, Expand.None)), Tell(intent, "payment_intent.payment_failed", objects => objects.Intent(open, Expand.None))];
    }

    /// <summary>3-D Secure: the card's bank asks its owner.</summary>
    public List<StripeEvent> AskForApproval(IntentFact intent, CardFact card)
    {
        var waiting = intent with { Status = "requires_action", Approving = card };
        Book.Intents.Put(waiting);
        return [Tell(intent, "payment_intent.requires_action", objects => objects.Intent(waiting, Expand.None))];
    }

    public List<StripeEvent> Cancel(IntentFact intent, string? reason)
    {
        var canceled = intent with { Status = "canceled", CanceledAt = Now, CancellationReason = reason, Approving = null };
        Book.Intents.Put(canceled);
        return [Tell(intent, "payment_intent.canceled", objects => objects.Intent(canceled, Expand.None))];
    }

    /// <summary>By its owner, or because its time is over: whatever was begun on the page ends with it.</summary>
    public List<StripeEvent> Expire(SessionFact session)
    {
        var expired = session with { Expired = true };
        Book.Sessions.Put(expired);
        List<StripeEvent> events = [];
        if (Book.Intents.Find(session.Intent) is { IsOver: false } intent) events.AddRange(Cancel(intent, null));
        events.Add(sandbox.Event(session.Account, session.Reference ?? "", "checkout.session.expired", sandbox.Objects.Session(expired, Expand.None)));
        return events;
    }

    public (RefundFact Refund, List<StripeEvent> Events) GiveBack(RefundFact refund)
    {
        var line = Line(refund.Account, "refund", "refund", -refund.Amount, 0, refund.Id);
        var made = refund with { Transaction = line.Id };
        Book.Refunds.Put(made);
        return (made, [Tell(refund, "refund.created", made), .. sandbox.Terms.RefundDelay > TimeSpan.Zero ? [] : new[] { Tell(refund, "refund.updated", made) }]);
    }

    /// <summary>The card's bank sends it back, perhaps weeks after it had succeeded.</summary>
    public List<StripeEvent> FailRefund(RefundFact refund, string reason)
    {
        var line = Line(refund.Account, "refund_failure", "refund_failure", refund.Amount, 0, refund.Id);
        var failed = refund with { FailureReason = reason, FailureTransaction = line.Id };
        Book.Refunds.Put(failed);
        return [Tell(refund, "refund.failed", failed)];
    }

    public (DisputeFact Dispute, List<StripeEvent> Events) Dispute(ChargeFact charge, long amount, string reason)
    {
        var dispute = new DisputeFact(Ids.New("du_"), charge.Account, Now, amount, charge.Id, charge.Intent, reason, "needs_response", Now + EvidenceTime);
        Book.Disputes.Put(dispute);
        Line(charge.Account, "adjustment", "dispute", -amount, sandbox.Terms.DisputeFee, dispute.Id);
        return (dispute, [Tell(dispute, "charge.dispute.created")]);
    }

    public List<StripeEvent> CloseDispute(DisputeFact dispute, bool won)
    {
        var closed = dispute with { Status = won ? "won" : "lost" };
        Book.Disputes.Put(closed);
        if (won) Line(dispute.Account, "adjustment", "dispute_reversal", dispute.Amount, 0, dispute.Id);
        return [Tell(closed, "charge.dispute.closed")];
    }

    private ChargeFact NewCharge(IntentFact intent, CardFact card, bool paid) =>
        new(Ids.New("ch_"), intent.Account, Now, intent.Amount, intent.Id, paid, card) { MethodType = intent.MethodType, Metadata = intent.Metadata };

    /// <summary>Half a yen is rounded up.</summary>
    private long Fee(long amount) => (amount * sandbox.Terms.FeePermille + 500) / 1_000;

    private TransactionFact Line(string account, string type, string category, long amount, long fee, string source)
    {
        var line = new TransactionFact(Ids.New("txn_"), account, Now, type, category, amount, fee, source, Now + sandbox.Terms.AvailableAfter);
        Book.Transactions.Put(line);
        return line;
    }

    private StripeEvent Tell(IntentFact intent, string type, Func<Objects, JsonObject> about) =>
        sandbox.Event(intent.Account, sandbox.ReferenceOf(intent), type, about(sandbox.Objects));

    private StripeEvent Tell(RefundFact refund, string type, RefundFact now) =>
        sandbox.Event(refund.Account, sandbox.ReferenceOf(Book.Intents.Find(refund.Intent)), type, sandbox.Objects.Refund(now, Expand.None));

    private StripeEvent Tell(DisputeFact dispute, string type) =>
        sandbox.Event(dispute.Account, sandbox.ReferenceOf(Book.Intents.Find(dispute.Intent)), type, sandbox.Objects.Dispute(dispute, Expand.None));
}
