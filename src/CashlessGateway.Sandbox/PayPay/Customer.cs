using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The person with the phone.</summary>
public sealed class Customer
{
    private readonly PayPaySandbox _sandbox;
    private readonly Lock _gate = new();
    private readonly Random _random;
    private volatile AutoCustomer _auto = AutoCustomer.Off;

    internal Customer(PayPaySandbox sandbox, int seed)
    {
        _sandbox = sandbox;
        _random = new Random(seed);
    }

    /// <summary>From now on new codes are paid by themselves.</summary>
    public void Auto(AutoCustomer auto)
    {
        if (auto is not { PayProbability: >= 0 and <= 1, DelayMs: >= 0 }) throw new ArgumentException("payProbability is from 0 to 1, delayMs is not negative", nameof(auto));
        _auto = auto;
    }

    /// <summary>By merchantPaymentId or codeId.</summary>
    public CustomerResult Pay(string id, CustomerOutcome outcome = CustomerOutcome.Pay) =>
        _sandbox.FindEntry(id) is { } entry ? Pay(entry, outcome).Result : CustomerResult.NotFound;

    internal (CustomerResult Result, Task Notices) Pay(BookEntry entry, CustomerOutcome outcome)
    {
        var now = _sandbox.Time.GetUtcNow();
        var result = _sandbox.Book.Change(entry, progress => PaymentRules.Pay(entry.Order, progress, outcome, Numbers.NewPaymentId(), now));
        return (result, result == CustomerResult.Paid ? Tell(entry) : Task.CompletedTask);
    }

    /// <summary>An answer with a code has reached the shop. A code that nobody was shown is paid by nobody.</summary>
    internal void SawCode(BookEntry entry)
    {
        var auto = _auto;
        if (!Decides(auto.PayProbability)) return;
        _ = PayLater(entry, TimeSpan.FromMilliseconds(auto.DelayMs));
    }

    /// <summary>A payment that fails at once is not told: the provider sends nothing when the settlement itself fails.</summary>
    private Task Tell(BookEntry entry)
    {
        var completed = _sandbox.Webhooks.Send(TransactionNotice.Of(entry, "COMPLETED"), TimeSpan.Zero);
        return entry.Progress.ReturnsAt(_sandbox.Terms) is null
            ? completed
            : Task.WhenAll(completed, _sandbox.Webhooks.Send(TransactionNotice.Of(entry, "FAILED"), _sandbox.Terms.ReversalDelay));
    }

    private async Task PayLater(BookEntry entry, TimeSpan delay)
    {
        await Task.Delay(delay, _sandbox.Time, _sandbox.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (!_sandbox.Stopping.IsCancellationRequested) Pay(entry, CustomerOutcome.Pay);
    }

    private bool Decides(double probability)
    {
        if (probability <= 0) return false;
#pragma warning disable CA5394 // A repeatable storm, not a secret.
        lock (_gate) return _random.NextDouble() < probability;
#pragma warning restore CA5394
    }
}

/// <summary>How new codes are paid without anybody's hand.</summary>
public sealed record AutoCustomer(double PayProbability)
{
    public static AutoCustomer Off { get; } = new(0);

    public int DelayMs { get; init; }
}

public enum CustomerOutcome
{
    Pay,
    InsufficientFunds,
    WalkAway,
}

public enum CustomerResult
{
    Paid,
    Failed,
    WalkedAway,
    AlreadyPaid,
    AlreadyFailed,
    Expired,
    Deleted,
    NotFound,
}
