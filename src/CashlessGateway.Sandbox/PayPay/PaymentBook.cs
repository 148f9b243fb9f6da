using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>
/// All codes, found by each of their numbers. A change locks its own entry only: two payments never wait for each other.
/// </summary>
internal sealed class PaymentBook : IDisposable
{
    private readonly ConcurrentDictionary<(string Merchant, string Payment), BookEntry> _byMerchantPaymentId = new();
    private readonly ConcurrentDictionary<(string Merchant, string Refund), BookEntry> _byMerchantRefundId = new();
    private readonly ConcurrentDictionary<string, BookEntry> _byCodeId = new();
    private readonly ConcurrentDictionary<string, BookEntry> _byPaymentId = new();
    private readonly Lock _rowGate = new();
    private readonly List<BookEntry> _rows = [];
    private readonly StateFile<StateLine>? _file;

    public PaymentBook(string? stateFile)
    {
        if (stateFile is null) return;
        _file = new StateFile<StateLine>(stateFile);
        foreach (var line in _file.Read()) Reload(line);
    }

    /// <summary>False when the merchant has used this merchantPaymentId before.</summary>
    public bool TryAdd(CodeOrder order, out BookEntry entry)
    {
        entry = new BookEntry(order);
        lock (entry.Gate)
        {
            if (!_byMerchantPaymentId.TryAdd((order.MerchantId, order.MerchantPaymentId), entry)) return false;
            _file?.Append(new StateLine { Order = order });
            Enter(entry);
            return true;
        }
    }

    /// <summary>Lets a rule decide on the facts of this moment and writes down what it decided.</summary>
    public T Change<T>(BookEntry entry, Func<Progress, Step<T>> rule)
    {
        lock (entry.Gate)
        {
            var step = rule(entry.Progress);
            if (step.Next is { } next)
            {
                _file?.Append(new StateLine { Change = new StateChange(entry.Order.MerchantId, entry.Order.MerchantPaymentId, next) });
                Take(entry, next);
            }

            return step.Outcome;
        }
    }

    /// <summary>False when another payment of the merchant has this refund number. Called within <see cref="Change"/>.</summary>
    public bool ReserveRefund(BookEntry entry, string merchantRefundId) =>
        _byMerchantRefundId.GetOrAdd((entry.Order.MerchantId, merchantRefundId), entry) == entry;

    public bool TryFind(string merchantId, string merchantPaymentId, [NotNullWhen(true)] out BookEntry? entry) =>
        _byMerchantPaymentId.TryGetValue((merchantId, merchantPaymentId), out entry);

    public BookEntry? FindCode(string codeId) => _byCodeId.GetValueOrDefault(codeId);

    public BookEntry? FindPayment(string merchantId, string paymentId) =>
        _byPaymentId.TryGetValue(paymentId, out var entry) && entry.Order.MerchantId == merchantId ? entry : null;

    public BookEntry? FindRefund(string merchantId, string merchantRefundId) =>
        _byMerchantRefundId.GetValueOrDefault((merchantId, merchantRefundId));

    /// <summary>In the order of creation.</summary>
    public IReadOnlyList<BookEntry> All()
    {
        lock (_rowGate) return [.. _rows];
    }

    /// <summary>The last ones, the newest first.</summary>
    public IReadOnlyList<BookEntry> Newest(int most)
    {
        lock (_rowGate) return [.. _rows.Skip(Math.Max(0, _rows.Count - most)).Reverse()];
    }

    public void Dispose() => _file?.Dispose();

    private void Enter(BookEntry entry)
    {
        _byCodeId[entry.Order.CodeId] = entry;
        lock (_rowGate) _rows.Add(entry);
    }

    private void Take(BookEntry entry, Progress next)
    {
        if (next.PaymentId is { } paymentId) _byPaymentId[paymentId] = entry;
        foreach (var refund in next.Refunds) _byMerchantRefundId[(entry.Order.MerchantId, refund.MerchantRefundId)] = entry;
        entry.Progress = next;
    }

    private void Reload(StateLine line)
    {
        if (line.Order is { } order)
        {
            var entry = new BookEntry(order);
            if (_byMerchantPaymentId.TryAdd((order.MerchantId, order.MerchantPaymentId), entry)) Enter(entry);
        }

        if (line.Change is { } change && TryFind(change.MerchantId, change.MerchantPaymentId, out var changed)) Take(changed, change.Facts);
    }
}

/// <summary>One code and its latest facts.</summary>
internal sealed class BookEntry(CodeOrder order)
{
    private volatile Progress _progress = Progress.None;

    public CodeOrder Order { get; } = order;

    public Lock Gate { get; } = new();

    /// <summary>May be read by anybody; written only by the book.</summary>
    public Progress Progress
    {
        get => _progress;
        set => _progress = value;
    }
}
