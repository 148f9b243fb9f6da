using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.Square;

/// <summary>The stand-in for Square: its truth, its faults, its customer. The wire protocol stands in front of it.</summary>
public sealed class SquareSandbox : IStandIn, IAsyncDisposable
{
    private readonly long[] _calls = new long[Enum.GetValues<ApiOperation>().Length];
    private readonly IReadOnlyList<SquareDevice> _devices;

    internal SquareSandbox(SquareOptions options)
    {
        Time = options.Time;
        Terms = options.Terms;
        Seller = options.Seller;
        _devices = options.Devices;
        Book = new SquareBook(options.StateFile);
        Faults = new FaultSet(options.Seed);
        Customer = new SquareCustomer(this, options.Seed);
        Webhooks = new WebhookSender(SquareNotice.Plan, options.Time, Faults, options.Webhook, []);
        Notices = new SquareNotices(this);
    }

    public TimeProvider Time { get; }

    public SquareTerms Terms { get; }

    public SquareSeller Seller { get; }

    public FaultSet Faults { get; }

    public SquareCustomer Customer { get; }

    internal SquareBook Book { get; }

    internal WebhookSender Webhooks { get; }

    internal SquareNotices Notices { get; }

    internal CancellationToken Stopping { get; private set; }

    /// <summary>Where notices go from now on. Null: nowhere.</summary>
    public void SetWebhook(Uri? target) => Webhooks.SetTarget(target);

    /// <summary>Those that were there from the beginning, and those that were paired since.</summary>
    public IReadOnlyList<SquareDevice> Devices()
    {
        lock (Book.Gate) return [.. _devices, .. Book.Codes.Where(static code => code.DeviceId is not null).Select(static code => new SquareDevice(code.DeviceId!, code.Name))];
    }

    /// <summary>All checkouts in the order of their creation.</summary>
    public IReadOnlyList<TruthCheckout> Truth()
    {
        lock (Book.Gate)
        {
            var now = Time.GetUtcNow();
            return [.. Book.Checkouts.Select(checkout => TruthCheckout.Of(checkout, this, now))];
        }
    }

    public IReadOnlyList<TruthMoney> Money() =>
        [.. Truth().Select(static checkout => new TruthMoney(checkout.ReferenceId ?? "", checkout.PaymentId, checkout.Amount, checkout.PaymentId is not null, checkout.TakenAt, checkout.Refunds.Sum(static refund => refund.Amount), checkout.Refunds.Count))];

    /// <summary>What Square has paid out by now, and for what.</summary>
    public IReadOnlyList<TruthPayout> Payouts()
    {
        lock (Book.Gate) return SquarePayouts.Of(Book, Time.GetUtcNow());
    }

    public bool Pay(string reference) => Customer.Do(reference) == SquareResult.Paid;

    public bool Refuse(string reference) => Customer.Do(reference, SquareAct.Refuse) == SquareResult.Refused;

    public void PayByThemselves(double probability, TimeSpan after) => Customer.Auto(new SquareAuto(probability) { DelayMs = (int)after.TotalMilliseconds });

    /// <summary>How many calls with the right token have come in, those that met a fault included.</summary>
    public long Calls(ApiOperation operation) => operation == ApiOperation.Any ? _calls.Sum() : Interlocked.Read(ref _calls[(int)operation]);

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        Book.Dispose();
    }

    internal void StopWith(CancellationToken stopping) => Stopping = stopping;

    internal void Count(ApiOperation operation) => Interlocked.Increment(ref _calls[(int)operation]);

    /// <summary>The seller's own money at Square: what lay there, and the takings that are not paid out yet.</summary>
    internal long? Balance(DateTimeOffset now)
    {
        if (Terms.Balance is not { } own) return null;
        var paidOut = SquarePayouts.Of(Book, now).Sum(static payout => payout.Amount);
        return own + Book.Payments.Sum(static payment => payment.Amount - payment.Fee) - Book.Refunds.Sum(static refund => refund.Amount) - paidOut;
    }
}
