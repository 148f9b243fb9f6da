namespace CashlessGateway.Sandbox.Square;

/// <summary>
/// All that the stand-in knows. One lock: whoever decides on something holds it until what was decided is written down.
/// </summary>
internal sealed class SquareBook : IDisposable
{
    private readonly Dictionary<string, CheckoutRecord> _checkouts = [];
    private readonly Dictionary<string, PaymentRecord> _payments = [];
    private readonly Dictionary<string, RefundRecord> _refunds = [];
    private readonly Dictionary<string, List<string>> _refundsOf = [];
    private readonly Dictionary<string, CodeRecord> _codes = [];
    private readonly Dictionary<(string Operation, string Key), KeyRecord> _keys = [];
    private readonly List<string> _order = [];
    private readonly Dictionary<string, List<string>> _byDevice = [];
    private readonly Dictionary<string, List<string>> _byReference = [];
    private readonly StateFile<StateLine>? _file;

    public SquareBook(string? stateFile)
    {
        if (stateFile is null) return;
        _file = new StateFile<StateLine>(stateFile);
        foreach (var line in _file.Read()) Take(line);
    }

    public Lock Gate { get; } = new();

    public IEnumerable<CheckoutRecord> Checkouts => _order.Select(id => _checkouts[id]);

    public IEnumerable<PaymentRecord> Payments => _payments.Values;

    public IEnumerable<RefundRecord> Refunds => _refunds.Values;

    public IEnumerable<CodeRecord> Codes => _codes.Values;

    public CheckoutRecord? Checkout(string id) => _checkouts.GetValueOrDefault(id);

    public PaymentRecord? Payment(string id) => _payments.GetValueOrDefault(id);

    public RefundRecord? Refund(string id) => _refunds.GetValueOrDefault(id);

    public CodeRecord? Code(string id) => _codes.GetValueOrDefault(id);

    public KeyRecord? Key(string operation, string key) => _keys.GetValueOrDefault((operation, key));

    /// <summary>In the order of their creation.</summary>
    public IEnumerable<CheckoutRecord> OfDevice(string device) => _byDevice.GetValueOrDefault(device, []).Select(id => _checkouts[id]);

    public IEnumerable<CheckoutRecord> OfReference(string reference) => _byReference.GetValueOrDefault(reference, []).Select(id => _checkouts[id]);

    public IEnumerable<RefundRecord> RefundsOf(string payment) => _refundsOf.GetValueOrDefault(payment, []).Select(id => _refunds[id]);

    /// <summary>On disk before anybody can see it. Called under <see cref="Gate"/>.</summary>
    public void Write(StateLine line)
    {
        _file?.Append(line);
        Take(line);
    }

    public void Dispose() => _file?.Dispose();

    private void Take(StateLine line)
    {
        if (line.Checkout is { } checkout)
        {
            if (!_checkouts.ContainsKey(checkout.Id)) Enter(checkout);
            _checkouts[checkout.Id] = checkout;
        }

        if (line.Payment is { } payment) _payments[payment.Id] = payment;
        if (line.Refund is { } refund && _refunds.TryAdd(refund.Id, refund)) Add(_refundsOf, refund.PaymentId, refund.Id);
        if (line.Code is { } code) _codes[code.Id] = code;
        // After a forgotten key the first answer stays the one that is given again.
        if (line.Key is { } key) _keys.TryAdd((key.Operation, key.Key), key);
    }

    private void Enter(CheckoutRecord checkout)
    {
        _order.Add(checkout.Id);
        Add(_byDevice, checkout.DeviceId, checkout.Id);
        if (checkout.ReferenceId is { } reference) Add(_byReference, reference, checkout.Id);
    }

    private static void Add(Dictionary<string, List<string>> lists, string name, string id)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(id);
    }
}
