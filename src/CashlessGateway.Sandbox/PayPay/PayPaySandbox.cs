using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The stand-in for PayPay: its truth, its faults, its customer. The wire protocol stands in front of it.</summary>
public sealed class PayPaySandbox : IStandIn, IAsyncDisposable
{
    private readonly long[] _calls = new long[Enum.GetValues<ApiOperation>().Length];

    internal PayPaySandbox(SandboxOptions options)
    {
        Time = options.Time;
        Terms = options.Terms;
        Merchants = options.Merchants;
        Book = new PaymentBook(options.StateFile);
        Faults = new FaultSet(options.Seed);
        Customer = new Customer(this, options.Seed);
        Webhooks = new WebhookSender(TransactionNotice.Plan, options.Time, Faults, options.Webhook, options.Merchants.Where(static merchant => merchant.Webhook is not null).Select(static merchant => (merchant.MerchantId, merchant.Webhook!)));
    }

    public TimeProvider Time { get; }

    public PayPayTerms Terms { get; }

    public IReadOnlyList<SandboxMerchant> Merchants { get; }

    public FaultSet Faults { get; }

    public Customer Customer { get; }

    /// <summary>The codes' addresses begin with it.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    internal PaymentBook Book { get; }

    internal WebhookSender Webhooks { get; }

    internal CancellationToken Stopping { get; private set; }

    /// <summary>Where notices go from now on, for contracts that name no address of their own. Null: nowhere.</summary>
    public void SetWebhook(Uri? target) => Webhooks.SetTarget(target);

    /// <summary>All payments in the order of their creation.</summary>
    public IReadOnlyList<TruthPayment> Truth()
    {
        var now = Time.GetUtcNow();
        return [.. Book.All().Select(entry => TruthPayment.Of(entry, now, Terms))];
    }

    public TruthSums Sums() => TruthSums.Of(Truth());

    public IReadOnlyList<TruthMoney> Money() =>
        [.. Truth().Select(static payment => new TruthMoney(payment.MerchantPaymentId, payment.PaymentId, payment.Amount, payment.Status is PayPayStatus.Completed or PayPayStatus.Refunded, payment.PaidAt, payment.Refunds.Sum(static refund => refund.Amount), payment.Refunds.Count))];

    public bool Pay(string reference) => Customer.Pay(reference) == CustomerResult.Paid;

    public bool Refuse(string reference) => Customer.Pay(reference, CustomerOutcome.InsufficientFunds) == CustomerResult.Failed;

    public void PayByThemselves(double probability, TimeSpan after) => Customer.Auto(new AutoCustomer(probability) { DelayMs = (int)after.TotalMilliseconds });

    /// <summary>By merchantPaymentId or codeId.</summary>
    public TruthPayment? Find(string id) => FindEntry(id) is { } entry ? TruthPayment.Of(entry, Time.GetUtcNow(), Terms) : null;

    /// <summary>How many signed calls have come in, those that met a fault included.</summary>
    public long Calls(ApiOperation operation) =>
        operation == ApiOperation.Any ? _calls.Sum() : Interlocked.Read(ref _calls[(int)operation]);

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        Book.Dispose();
    }

    internal void StopWith(CancellationToken stopping) => Stopping = stopping;

    internal void Count(ApiOperation operation) => Interlocked.Increment(ref _calls[(int)operation]);

    internal BookEntry? FindEntry(string id)
    {
        if (Book.FindCode(id) is { } code) return code;
        foreach (var merchant in Merchants)
        {
            if (Book.TryFind(merchant.MerchantId, id, out var entry)) return entry;
        }

        return null;
    }
}
