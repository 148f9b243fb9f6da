using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>決済: one attempt to collect one receivable.</summary>
public sealed record Payment
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Receivable { get; init; } = "";
    public string Place { get; init; } = "";
    public string? Terminal { get; init; }
    public string? Operator { get; init; }
    public string Method { get; init; } = "";
    public string? Brand { get; init; }
    public string Presentation { get; init; } = "";
    public string? Provider { get; init; }
    public Yen Amount { get; init; }

    /// <summary>All refunds that have not failed, those still on their way included.</summary>
    public Yen RefundedAmount { get; init; }

    /// <summary>1 once the whole sum has gone back.</summary>
    public long GivenBack { get; init; }

    public Yen? TenderedAmount { get; init; }
    public string Status { get; init; } = "";

    /// <summary>The receivable's id while this payment holds it (mechanics 4).</summary>
    public string? Slot { get; init; }

    public string? BusyTerminal { get; init; }
    public long Surplus { get; init; }
    public string? Session { get; init; }
    public long? ReceiptNumber { get; init; }
    public BusinessDate? ReceiptDate { get; init; }
    public BusinessDate? BusinessDate { get; init; }
    public string? ProviderReference { get; init; }
    public byte[]? ReferenceHash { get; init; }
    public string? ApprovalNumber { get; init; }
    public string? DeclineCode { get; init; }
    public string? ActionType { get; init; }
    public string? ActionPayload { get; init; }
    public Instant? ActionExpiresAt { get; init; }
    public BusinessDate? InquiryUntil { get; init; }
    public string Client { get; init; } = "";
    public long Version { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? CapturedAt { get; init; }
    public Instant? SettledAt { get; init; }
    public Instant? DepositedAt { get; init; }
    public Instant? PostedAt { get; init; }
    public BusinessDate? PayoutDueDate { get; init; }

    public PaymentState State => Names.Parse<PaymentState>(Status);
    public PaymentMethod How => Names.Parse<PaymentMethod>(Method);
    public bool IsSurplus => Surplus != 0;

    /// <summary>Captured, less all refunds that have not failed.</summary>
    public Yen Refundable => State == PaymentState.Captured ? Amount - RefundedAmount : Yen.Zero;
}

/// <summary>A payment as the API shows it.</summary>
public sealed record PaymentView(
    string Id, string Receivable, string Place, string? Terminal, string? Operator, Yen Amount, Yen RefundedAmount, string Method, string? Brand, string Presentation, string? Provider,
    string Status, bool Surplus, PaymentAction? Action, DeclineView? Decline, CashView? Cash, string? ProviderReference, string? ApprovalNumber, string? Session,
    Instant CreatedAt, Instant? CapturedAt, Instant? SettledAt, Instant? DepositedAt, Instant? PostedAt,
    BusinessDate? ReceiptDate, BusinessDate? BusinessDate, BusinessDate? PayoutDueDate, long? ReceiptNumber)
{
    public static PaymentView Of(Payment payment) => new(
        PublicId.Payment + payment.Id, PublicId.Receivable + payment.Receivable, payment.Place, payment.Terminal, payment.Operator,
        payment.Amount, payment.RefundedAmount, payment.Method, payment.Brand, payment.Presentation, payment.Provider,
        payment.Status, payment.IsSurplus,
        payment.ActionType is { } type ? new PaymentAction(type, payment.ActionPayload, payment.ActionExpiresAt) : null,
        payment.DeclineCode is { } code ? new DeclineView(code, MoneyMoved: false) : null,
        payment.TenderedAmount is { } tendered ? new CashView(tendered, tendered - payment.Amount) : null,
        payment.ProviderReference, payment.ApprovalNumber, payment.Session is { } session ? PublicId.Session + session : null,
        payment.CreatedAt, payment.CapturedAt, payment.SettledAt, payment.DepositedAt, payment.PostedAt,
        payment.ReceiptDate, payment.BusinessDate, payment.PayoutDueDate, payment.ReceiptNumber);
}

public sealed record PaymentAction(string Type, string? Payload, Instant? ExpiresAt);

public sealed record DeclineView(string Code, bool MoneyMoved);

public sealed record CashView(Yen TenderedAmount, Yen ChangeAmount);
