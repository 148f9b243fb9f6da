namespace CashlessGateway.Sandbox.Square;

/// <summary>The person in front of the Terminal.</summary>
public sealed class SquareCustomer
{
    private readonly SquareSandbox _sandbox;
    private readonly Lock _gate = new();
    private readonly Random _random;
    private volatile SquareAuto _auto = SquareAuto.Off;

    internal SquareCustomer(SquareSandbox sandbox, int seed)
    {
        _sandbox = sandbox;
        _random = new Random(seed);
    }

    /// <summary>From now on what a Terminal shows is paid by itself.</summary>
    public void Auto(SquareAuto auto)
    {
        if (auto is not { PayProbability: >= 0 and <= 1, DelayMs: >= 0 }) throw new ArgumentException("payProbability is from 0 to 1, delayMs is not negative", nameof(auto));
        _auto = auto;
    }

    /// <summary>By our reference (what was begun last under it), or by the checkout's id.</summary>
    /// <param name="id">Reference or checkout.</param>
    /// <param name="act">What the customer does.</param>
    /// <param name="brand">As on the wire, like PAYPAY, VISA or FELICA_ID. Null: the first that this Terminal takes.</param>
    public SquareResult Do(string id, SquareAct act = SquareAct.Pay, string? brand = null) => Act(id, act, brand).Result;

    /// <summary>A person types the code of a pairing into a Terminal. False when the code is not known, used or over.</summary>
    public bool Pair(string code, string? device = null)
    {
        lock (_sandbox.Book.Gate)
        {
            var now = _sandbox.Time.GetUtcNow();
            if (_sandbox.Book.Codes.FirstOrDefault(record => record.Code == code) is not { } known || known.StatusAt(now) != "UNPAIRED") return false;
            var paired = known with { DeviceId = device ?? SquareIds.Device(), PairedAt = now };
            _sandbox.Book.Write(new StateLine { Code = paired });
            _ = _sandbox.Notices.Paired(paired);
            return true;
        }
    }

    internal (SquareResult Result, Task Notices) Act(string id, SquareAct act, string? brand = null)
    {
        lock (_sandbox.Book.Gate)
        {
            if (Find(id) is not { } checkout) return (SquareResult.NotFound, Task.CompletedTask);
            var now = _sandbox.Time.GetUtcNow();
            var status = CheckoutRules.StatusAt(checkout, now, _sandbox.Terms);
            return status switch
            {
                SquareStatus.Completed => (SquareResult.AlreadyPaid, Task.CompletedTask),
                SquareStatus.Canceled => (SquareResult.AlreadyEnded, Task.CompletedTask),
                _ => Open(checkout, act, brand, now),
            };
        }
    }

    /// <summary>The shop has been told that the Terminal shows it.</summary>
    internal void Sees(CheckoutRecord checkout)
    {
        var auto = _auto;
        if (Decides(auto.PayProbability)) _ = PayLater(checkout.Id, TimeSpan.FromMilliseconds(auto.DelayMs));
    }

    private CheckoutRecord? Find(string id) => _sandbox.Book.Checkout(id) ?? _sandbox.Book.OfReference(id).LastOrDefault();

    private (SquareResult, Task) Open(CheckoutRecord checkout, SquareAct act, string? brand, DateTimeOffset now)
    {
        switch (act)
        {
            case SquareAct.Pay when checkout.Stuck:
                return (SquareResult.Stuck, Task.CompletedTask);
            case SquareAct.Pay:
                return CheckoutRules.BrandFor(checkout.PaymentType, brand) is { } taken ? (SquareResult.Paid, Pay(checkout, taken, now)) : (SquareResult.WrongBrand, Task.CompletedTask);
            case SquareAct.Begin:
                return (SquareResult.Begun, Change(checkout with { BegunAt = checkout.BegunAt ?? now }));
            case SquareAct.WalkAway:
                return (SquareResult.WalkedAway, Task.CompletedTask);
            case SquareAct.Refuse or SquareAct.BuyerCancel or SquareAct.EndAtTerminal:
                return (act == SquareAct.Refuse ? SquareResult.Refused : SquareResult.Cancelled, Change(checkout with { EndedAt = now, CancelReason = "BUYER_CANCELED" }));
            case SquareAct.TerminalError when CheckoutRules.IsEMoney(checkout.PaymentType):
                return (SquareResult.Stuck, Change(checkout with { BegunAt = checkout.BegunAt ?? now, Stuck = true }));
            case SquareAct.TerminalError:
                return (SquareResult.WrongBrand, Task.CompletedTask);
            default:
                throw new ArgumentOutOfRangeException(nameof(act));
        }
    }

    private Task Pay(CheckoutRecord checkout, string brand, DateTimeOffset now)
    {
        var payment = new PaymentRecord(SquareIds.Payment(), checkout.Id, checkout.Amount, brand, CheckoutRules.Fee(checkout.Amount, checkout.PaymentType, _sandbox.Terms), now)
        {
            ReferenceId = checkout.ReferenceId,
            Note = checkout.Note,
        };
        var paid = checkout with { BegunAt = checkout.BegunAt ?? now, EndedAt = now, PaymentId = payment.Id };
        _sandbox.Book.Write(new StateLine { Checkout = paid, Payment = payment });
        return Task.WhenAll(_sandbox.Notices.Taken(payment), _sandbox.Notices.Updated(paid));
    }

    private Task Change(CheckoutRecord next)
    {
        _sandbox.Book.Write(new StateLine { Checkout = next });
        return _sandbox.Notices.Updated(next);
    }

    private async Task PayLater(string checkout, TimeSpan delay)
    {
        await Task.Delay(delay, _sandbox.Time, _sandbox.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (!_sandbox.Stopping.IsCancellationRequested) Do(checkout);
    }

    private bool Decides(double probability)
    {
        if (probability <= 0) return false;
#pragma warning disable CA5394 // A repeatable storm, not a secret.
        lock (_gate) return _random.NextDouble() < probability;
#pragma warning restore CA5394
    }
}

/// <summary>How Terminals are paid at without anybody's hand.</summary>
public sealed record SquareAuto(double PayProbability)
{
    public static SquareAuto Off { get; } = new(0);

    public int DelayMs { get; init; }
}

/// <summary>What somebody can do at a Terminal.</summary>
public enum SquareAct
{
    /// <summary>Taps, inserts or scans, and it works.</summary>
    Pay,

    /// <summary>Stands there: the Terminal has begun.</summary>
    Begin,

    /// <summary>The bank or the wallet says no, and the customer gives up.</summary>
    Refuse,

    /// <summary>Presses "cancel" on the Terminal.</summary>
    BuyerCancel,

    /// <summary>Goes away; Square ends it at its deadline.</summary>
    WalkAway,

    /// <summary>E-money that was read halfway: from now on it cannot be cancelled over the network.</summary>
    TerminalError,

    /// <summary>The clerk ends it on the Terminal's own screen.</summary>
    EndAtTerminal,
}

public enum SquareResult
{
    Paid,
    Begun,
    Refused,
    Cancelled,
    WalkedAway,
    Stuck,
    AlreadyPaid,
    AlreadyEnded,
    WrongBrand,
    NotFound,
}
