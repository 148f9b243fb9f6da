using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Receivables;

public enum ReceivableKind
{
    CounterSale,
    FacilityCharge,

    /// <summary>納付書.</summary>
    Bill,

    ApplicationFee,
}

/// <summary>Derived, first match wins in this order (mechanics 5).</summary>
public enum ReceivableStatus
{
    Overpaid,
    InProgress,
    Paid,
    Free,
    Waived,
    Cancelled,
    Expired,
    Refunded,
    Open,
}

/// <summary>請求: what one payer owes at once.</summary>
public sealed record Receivable
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Place { get; init; } = "";
    public string? Reference { get; init; }
    public string Title { get; init; } = "";
    public Yen Amount { get; init; }
    public Yen TaxIncluded { get; init; }
    public string MoneyOwner { get; init; } = "";
    public BusinessDate? DueDate { get; init; }
    public BusinessDate? NoticeDate { get; init; }
    public Instant? PayBy { get; init; }
    public string? ExclusiveGroup { get; init; }
    public byte[]? ExclusiveHash { get; init; }
    public string? ExclusiveSide { get; init; }
    public string? Follows { get; init; }
    public string? Metadata { get; init; }
    public string Client { get; init; } = "";
    public long Version { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? CancelledAt { get; init; }
    public Instant? ExpiredAt { get; init; }
    public Instant? RefundedAt { get; init; }
    public Instant? TicketAt { get; init; }
    public Instant? StartedAt { get; init; }
    public Instant? HandedOverAt { get; init; }
    public string? HandedOverBy { get; init; }
    public long? ReceiptNumber { get; init; }
    public BusinessDate? ReceiptDate { get; init; }
    public BusinessDate? BusinessDate { get; init; }

    /// <summary>The members of one group exclude each other unless they name the same side.</summary>
    public string Side => ExclusiveSide ?? Id;
}

/// <summary>One line, with what its capture will need copied from its account.</summary>
public sealed record ReceivableLine
{
    public string Municipality { get; init; } = "";
    public string Receivable { get; init; } = "";
    public int Line { get; init; }
    public string? Fee { get; init; }
    public string RevenueAccount { get; init; } = "";
    public string Description { get; init; } = "";
    public string Section { get; init; } = "";
    public string Kaikei { get; init; } = "";
    public string YearRule { get; init; } = "";
    public long Enterprise { get; init; }
    public string TaxClass { get; init; } = "";
    /// <summary>What is charged: of a fee that is counted by people, copies times steps.</summary>
    public long Quantity { get; init; }

    /// <summary>On a certificate that is counted by people.</summary>
    public int? People { get; init; }

    public Yen UnitAmount { get; init; }
    public Yen GrossAmount { get; init; }
    public Yen Amount { get; init; }
    public int? FiscalYear { get; init; }
    public long CarriedOver { get; init; }
    public string Methods { get; init; } = "";

    public bool Takes(PaymentMethod method) => Methods.Length == 0 || Methods.Split('|').Contains(Storage.Names.Of(method)) || method == PaymentMethod.Collector;

    public TaxClass Tax => Storage.Names.Parse<TaxClass>(TaxClass);
}

/// <summary>減免.</summary>
public sealed record Reduction
{
    public string Municipality { get; init; } = "";
    public string Receivable { get; init; } = "";
    public int Position { get; init; }
    public int Line { get; init; }
    public string Kind { get; init; } = "";
    public int? Rate { get; init; }
    public Yen Amount { get; init; }
    public string GroundCode { get; init; } = "";
    public string? DecisionNumber { get; init; }
}

public enum ReductionKind
{
    /// <summary>免除.</summary>
    Exempt,

    /// <summary>減額.</summary>
    Reduce,
}

/// <summary>What one line costs after its reduction.</summary>
public static class ReductionRule
{
    /// <summary>The part of a yen that a reduction leaves is not charged: the payer's side of the rounding, as ordinances that say nothing are read.</summary>
    public static Yen Charged(Yen gross, ReductionKind kind, int rate) => kind switch
    {
        ReductionKind.Exempt => Yen.Zero,
        ReductionKind.Reduce => new Yen(gross.Value * (100 - rate) / 100),
    };
}
