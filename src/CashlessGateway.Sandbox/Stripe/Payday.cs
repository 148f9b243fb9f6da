using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>
/// Payouts by the calendar. They are made when somebody looks, with the time at which they were due, so a stand-in that slept over a
/// weekend has the same payouts as one that did not. Called within the book's lock.
/// </summary>
internal sealed class Payday(StripeSandbox sandbox)
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    public List<StripeEvent> PayDue(string account)
    {
        List<StripeEvent> events = [];
        if (Waiting(account).Select(line => (DateTimeOffset?)line.AvailableOn).Min() is not { } first) return events;
        for (var day = Due(first); day <= sandbox.Time.GetUtcNow(); day = day.AddDays(7))
        {
            // A sum below zero waits for the next payday, with what comes until then.
            if (Pay(account, [.. Waiting(account).Where(line => line.AvailableOn <= day)], day) is { } paid) events.Add(paid);
        }

        return events;
    }

    /// <summary>All that is there, at once: for somebody who does not want to wait for Friday.</summary>
    public StripeEvent? PayAll(string account) => Pay(account, [.. Waiting(account)], sandbox.Time.GetUtcNow());

    private IEnumerable<TransactionFact> Waiting(string account) =>
        sandbox.Book.Transactions.OldestFirst().Where(line => line.Account == account && line.Payout is null && line.Type != "payout");

    /// <summary>The next payday at or after a moment.</summary>
    private DateTimeOffset Due(DateTimeOffset moment)
    {
        var day = new DateTimeOffset(moment.ToOffset(Japan).Date, Japan);
        if (day < moment) day = day.AddDays(1);
        while (day.DayOfWeek != sandbox.Terms.PayoutDay) day = day.AddDays(1);
        return day;
    }

    /// <summary>Null when there is nothing to pay.</summary>
    private StripeEvent? Pay(string account, List<TransactionFact> lines, DateTimeOffset at)
    {
        var sum = lines.Sum(line => line.Net);
        if (sum <= 0) return null;
        // The day is written as its midnight in UTC.
        var arrives = new DateTimeOffset(at.ToOffset(Japan).Date + sandbox.Terms.ArrivesAfter, TimeSpan.Zero);
        var payout = new PayoutFact(Ids.New("po_"), account, at.ToUniversalTime(), sum, arrives) { Transaction = Ids.New("txn_") };
        sandbox.Book.Payouts.Put(payout);
        sandbox.Book.Transactions.Put(new TransactionFact(payout.Transaction, account, payout.Created, "payout", "payout", -sum, 0, payout.Id, payout.Created) { Payout = payout.Id });
        foreach (var line in lines) sandbox.Book.Transactions.Put(line with { Payout = payout.Id });
        return sandbox.Event(account, "", "payout.created", sandbox.Objects.Payout(payout));
    }
}
