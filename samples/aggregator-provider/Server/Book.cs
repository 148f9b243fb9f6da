using System.Globalization;
using System.Security.Cryptography;

namespace MatometeServer;

/// <summary>All codes, charges and refunds. One lock: a practice server is asked by a few tills, and two answers about one yen must not cross.</summary>
internal sealed class Book : IDisposable
{
    /// <summary>As long as a code stands on a phone.</summary>
    private static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(5);

    /// <summary>How long a customer may look for the PIN.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock _gate = new();
    private readonly StateFile? _file;
    private readonly TimeProvider _time;
    private readonly Action<string, string> _tell;
    private readonly Dictionary<string, CodeRow> _codes = [];
    private readonly Dictionary<string, ChargeRow> _charges = [];
    private readonly Dictionary<string, RefundRow> _refunds = [];

    /// <summary>Codes that some order has brought: good for no other.</summary>
    private readonly HashSet<string> _used = [];

    /// <param name="file">Null: in memory only.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="tell">Sends a notice: charge or refund, and the merchant's reference.</param>
    public Book(StateFile? file, TimeProvider time, Action<string, string> tell)
    {
        (_file, _time, _tell) = (file, time, tell);
        foreach (var line in file?.Read() ?? []) Put(line);
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>In the order in which they came; of the codes those that are still good.</summary>
    public (IReadOnlyList<CodeRow> Codes, IReadOnlyList<ChargeRow> Charges, IReadOnlyList<RefundRow> Refunds) All()
    {
        lock (_gate)
        {
            foreach (var order in _charges.Keys.ToList()) Settled(order);
            return ([.. _codes.Values.Where(code => !_used.Contains(code.Code)).OrderBy(code => code.At)], [.. _charges.Values.OrderBy(charge => charge.At)], [.. _refunds.Values.OrderBy(refund => refund.At)]);
        }
    }

    /// <summary>A new code on a customer's phone.</summary>
    public string NewCode(Brand brand, Customer customer)
    {
        lock (_gate)
        {
            var code = brand.Prefix + RandomNumberGenerator.GetString("0123456789", brand.Length - brand.Prefix.Length);
            Write(new StateLine { Code = new CodeRow(code, brand.Word, customer, Now) });
            return code;
        }
    }

    /// <summary>Null when it is not known.</summary>
    public ChargeRow? Charge(string orderId)
    {
        lock (_gate) return Settled(orderId);
    }

    public RefundRow? Refund(string refundId)
    {
        lock (_gate) return _refunds.GetValueOrDefault(refundId);
    }

    /// <summary>A new order; an order that is there already stays as it is.</summary>
    public (ChargeRow Charge, bool IsNew) Order(ChargeOrder order, string bodyHash)
    {
        lock (_gate)
        {
            if (Settled(order.OrderId) is { } known) return (known, false);
            var charge = Decide(order) with { BodyHash = bodyHash };
            Write(new StateLine { Charge = charge });
            if (charge.Status != Status.Waiting) _tell("charge", order.OrderId);
            return (charge, true);
        }
    }

    /// <summary>Closes an order, also one that never came: it is refused when it comes.</summary>
    public ChargeRow Cancel(string orderId)
    {
        lock (_gate)
        {
            var charge = Settled(orderId) ?? new ChargeRow(orderId, NewId("ch_"), 0, Status.Waiting, Now);
            if (charge.Status != Status.Waiting) return charge;
            charge = charge with { Status = Status.Cancelled };
            Write(new StateLine { Charge = charge });
            return charge;
        }
    }

    /// <summary>What the customer does with the question on the phone. False when nothing waits for it.</summary>
    public bool Answer(string orderId, bool yes)
    {
        lock (_gate)
        {
            if (Settled(orderId) is not { Status: Status.Waiting } charge) return false;
            Write(new StateLine { Charge = yes ? Captured(charge) : charge with { Status = Status.Declined, DeclineCode = "refused_by_customer" } });
            _tell("charge", orderId);
            return true;
        }
    }

    /// <summary>The refund, or the word for why there is none.</summary>
    public (RefundRow? Refund, string? Refused) GiveBack(RefundOrder order, string bodyHash)
    {
        lock (_gate)
        {
            if (_refunds.GetValueOrDefault(order.RefundId) is { } known) return known.BodyHash == bodyHash ? (known, null) : (null, "idempotency_mismatch");
            if (_charges.Values.FirstOrDefault(charge => charge.ChargeId == order.ChargeId && charge.Status == Status.Captured) is not { } charge) return (null, "charge_not_found");
            if (RefundRules.Refuse(charge, [.. _refunds.Values.Where(refund => refund.ChargeId == charge.ChargeId)], order.Amount, Now) is { } why) return (null, why);
            var refund = new RefundRow(order.RefundId, NewId("rf_"), charge.OrderId, charge.ChargeId, order.Amount, Now, Now + Brand.Find(charge.Brand)!.RefundTakes, bodyHash);
            Write(new StateLine { Refund = refund });
            _tell("refund", order.RefundId);
            return (refund, null);
        }
    }

    public void Dispose() => _file?.Dispose();

    private ChargeRow Decide(ChargeOrder order)
    {
        var charge = new ChargeRow(order.OrderId, NewId("ch_"), order.Amount, Status.Declined, Now) { Code = order.CustomerCode };
        if (_codes.GetValueOrDefault(order.CustomerCode) is not { } code) return charge with { DeclineCode = "code_unknown" };
        charge = charge with { Brand = code.Brand };
        if (_used.Contains(code.Code)) return charge with { DeclineCode = "code_used" };
        if (Now >= code.At + CodeLives) return charge with { DeclineCode = "code_expired" };
        return code.Customer switch
        {
            Customer.Pays => Captured(charge),
            Customer.Confirms => charge with { Status = Status.Waiting, WaitsUntil = Now + Patience },
            Customer.IsPoor => charge with { DeclineCode = "insufficient_funds" },
        };
    }

    private ChargeRow Captured(ChargeRow charge) => charge with
    {
        Status = Status.Captured,
        CapturedAt = Now,
        ApprovalNumber = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture),
    };

    /// <summary>As it stands by now: whoever was not answered in time is no longer asked.</summary>
    private ChargeRow? Settled(string orderId)
    {
        if (_charges.GetValueOrDefault(orderId) is not { } charge) return null;
        if (charge.Status != Status.Waiting || charge.WaitsUntil > Now) return charge;
        Write(new StateLine { Charge = charge with { Status = Status.Expired } });
        return _charges[orderId];
    }

    private void Write(StateLine line)
    {
        _file?.Append(line);
        Put(line);
    }

    private void Put(StateLine line)
    {
        if (line.Code is { } code) _codes[code.Code] = code;
        if (line.Charge is { } charge)
        {
            _charges[charge.OrderId] = charge;
            if (charge.Code is { } used) _used.Add(used);
        }

        if (line.Refund is { } refund) _refunds[refund.RefundId] = refund;
    }

    private static string NewId(string prefix) => prefix + RandomNumberGenerator.GetString(IdLetters, 20);
}
