using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>The stand-in for Stripe: its truth, its faults, its customer. The wire protocol stands in front of it.</summary>
public sealed class StripeSandbox : IStandIn, IAsyncDisposable
{
    private const string Reference = "payment_id";

    private readonly long[] _calls = new long[Enum.GetValues<ApiOperation>().Length];

    internal StripeSandbox(StripeOptions options)
    {
        Time = options.Time;
        Terms = options.Terms;
        Accounts = options.Accounts;
        Book = new StripeBook(options.StateFile);
        Objects = new Objects(this);
        Till = new Till(this);
        Payday = new Payday(this);
        Faults = new FaultSet(options.Seed);
        Customer = new StripeCustomer(this, options.Seed);
        Webhooks = new WebhookSender(StripeEvent.Plan, options.Time, Faults, options.Webhook, options.Accounts.Where(static account => account.Webhook is not null).Select(static account => (account.AccountId, account.Webhook!)));
        foreach (var reader in options.Readers.Where(reader => Book.Readers.Find(reader.Id) is null))
            Book.Readers.Put(new ReaderFact(reader.Id, Accounts[0].AccountId, Time.GetUtcNow(), reader.Label));
    }

    public TimeProvider Time { get; }

    public StripeTerms Terms { get; }

    public IReadOnlyList<StripeAccount> Accounts { get; }

    public FaultSet Faults { get; }

    public StripeCustomer Customer { get; }

    /// <summary>The pages' addresses begin with it.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    internal StripeBook Book { get; }

    internal Objects Objects { get; }

    internal Till Till { get; }

    internal Payday Payday { get; }

    internal WebhookSender Webhooks { get; }

    internal CancellationToken Stopping { get; private set; }

    /// <summary>Where notices go from now on, for accounts that name no address of their own. Null: nowhere.</summary>
    public void SetWebhook(Uri? target) => Webhooks.SetTarget(target);

    public IReadOnlyList<TruthMoney> Money() => Book.Do(() => Begun().OrderBy(static one => one.At).Select(static one => one.Money).ToList());

    public bool Pay(string reference) => Customer.Pay(reference) == StripeCustomerResult.Paid;

    public bool Refuse(string reference) => Customer.Pay(reference, StripeCustomerOutcome.Decline) == StripeCustomerResult.Declined;

    public void PayByThemselves(double probability, TimeSpan after) => Customer.Auto(new StripeAutoCustomer(probability) { DelayMs = (int)after.TotalMilliseconds });

    /// <summary>The card's owner disputes a payment with the bank. Null: no such payment was taken.</summary>
    public string? Dispute(string reference, long? amount = null, string reason = "fraudulent")
    {
        var (id, events) = Book.Do<(string?, IReadOnlyList<StripeEvent>)>(() =>
        {
            if (PaidCharge(reference) is not { } charge) return (null, []);
            var (dispute, told) = Till.Dispute(charge, amount ?? charge.Amount, reason);
            return (dispute.Id, told);
        });
        _ = Send(events);
        return id;
    }

    /// <summary>The bank has decided. False: no such dispute is open.</summary>
    public bool CloseDispute(string dispute, bool won) => Told(() =>
        Book.Disputes.Find(dispute) is { Status: not ("won" or "lost") } open ? Till.CloseDispute(open, won) : null);

    /// <summary>A refund comes back from the card's bank. By the merchant's own reference or Stripe's id.</summary>
    public bool FailRefund(string refund, string reason = "expired_or_canceled_card") => Told(() =>
        Book.Refunds.NewestFirst().FirstOrDefault(fact => fact.FailureReason is null && (fact.Id == refund || fact.Metadata.ContainsValue(refund))) is { } found ? Till.FailRefund(found, reason) : null);

    /// <summary>Pays out all that is there, without waiting for the calendar. False: nothing is there.</summary>
    public bool PayOutNow() => Told(() =>
    {
        var events = Accounts.Select(account => Payday.PayAll(account.AccountId)).OfType<StripeEvent>().ToList();
        return events.Count > 0 ? events : null;
    });

    /// <summary>A reader loses its network, or has it again. False: no such reader.</summary>
    public bool SetOffline(string reader, bool offline) => Change(reader, found => found with { Offline = offline });

    /// <summary>A reader on a bad network takes what it is told and says so too late (terminal_reader_timeout). False: no such reader.</summary>
    public bool SetSlow(string reader, bool slow) => Change(reader, found => found with { Slow = slow });

    /// <summary>How many calls with a right key have come in, those that met a fault included.</summary>
    public long Calls(ApiOperation operation) =>
        operation == ApiOperation.Any ? _calls.Sum() : Interlocked.Read(ref _calls[(int)operation]);

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        Book.Dispose();
    }

    internal void StopWith(CancellationToken stopping) => Stopping = stopping;

    internal void Count(ApiOperation operation) => Interlocked.Increment(ref _calls[(int)operation]);

    internal string PayUrl(string session) => new Uri(Address, "pay/" + session).AbsoluteUri;

    internal string ReferenceOf(IntentFact? intent) =>
        intent is null ? "" : intent.Metadata.GetValueOrDefault(Reference) ?? Book.Sessions.Find(intent.Session)?.Reference ?? "";

    /// <summary>Written down as it is now; sent when the lock is free again.</summary>
    internal StripeEvent Event(string account, string reference, string type, JsonObject about)
    {
        var owner = Accounts.FirstOrDefault(one => one.AccountId == account) ?? Accounts[0];
        return new StripeEvent(type, reference, about) { Account = owner, Secret = owner.WebhookSecret, Time = Time, Created = Time.GetUtcNow() };
    }

    internal Task Send(IEnumerable<StripeEvent> events) => Task.WhenAll(events.Select(notice => Webhooks.Send(notice, TimeSpan.Zero)));

    /// <summary>At its time a page that nobody completed is over, and that is told.</summary>
    internal async Task ExpireAtItsTime(string id, TimeSpan after)
    {
        await Task.Delay(after, Time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (Stopping.IsCancellationRequested) return;
        await Send(Book.Do(() => Book.Sessions.Find(id) is { Completed: false, Expired: false } session ? Till.Expire(session) : []));
    }

    private bool Change(string reader, Func<ReaderFact, ReaderFact> change) => Told(() =>
    {
        if (Book.Readers.Find(reader) is not { } found) return null;
        Book.Readers.Put(change(found));
        return [];
    });

    private ChargeFact? PaidCharge(string reference) =>
        Book.Charges.NewestFirst().FirstOrDefault(charge => charge.Paid && (charge.Intent == reference || ReferenceOf(Book.Intents.Find(charge.Intent)) == reference));

    private bool Told(Func<List<StripeEvent>?> work)
    {
        var events = Book.Do(work);
        _ = Send(events ?? []);
        return events is not null;
    }

    private IEnumerable<(DateTimeOffset At, TruthMoney Money)> Begun()
    {
        foreach (var session in Book.Sessions.OldestFirst())
            yield return (session.Created, Truth(session.Reference ?? "", session.Amount, Book.Intents.Find(session.Intent)));
        foreach (var intent in Book.Intents.OldestFirst().Where(intent => intent.Session is null))
            yield return (intent.Created, Truth(ReferenceOf(intent), intent.Amount, intent));
    }

    private TruthMoney Truth(string reference, long amount, IntentFact? intent)
    {
        var refunds = Book.Refunds.OldestFirst().Where(refund => intent is not null && refund.Intent == intent.Id && refund.FailureReason is null).ToList();
        return new TruthMoney(reference, intent?.Id, amount, intent?.IsPaid ?? false, intent is { IsPaid: true } ? Book.Charges.Find(intent.Charge)?.Created : null, refunds.Sum(refund => refund.Amount), refunds.Count);
    }
}
