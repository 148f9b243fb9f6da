using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

public enum RefundStatus
{
    Requested,
    AwaitingApproval,
    Pending,
    Succeeded,
    Failed,
    InDoubt,
}

/// <summary>How money goes back (mechanics 9).</summary>
public enum RefundWay
{
    /// <summary>取消: the same session, at once, by the clerk with a reason.</summary>
    Void,

    /// <summary>Through the provider that took it.</summary>
    Refund,

    /// <summary>From an open drawer.</summary>
    Cash,

    /// <summary>還付: ordered with a number, approved by another office, then sent.</summary>
    BankTransfer,
}

/// <summary>返金・還付.</summary>
public sealed record Refund
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Payment { get; init; } = "";
    public string Receivable { get; init; } = "";
    public Yen Amount { get; init; }
    public string Way { get; init; } = "";
    public string Status { get; init; } = "";
    public long Reopen { get; init; }
    public string? OrderNumber { get; init; }

    /// <summary>The office that ordered it.</summary>
    public string? Office { get; init; }

    /// <summary>1: it repairs a mistake of the city's own.</summary>
    public long? CityMistake { get; init; }

    public string Place { get; init; } = "";
    public string? Terminal { get; init; }
    public string? Operator { get; init; }
    public string? Session { get; init; }
    public long? ReceiptNumber { get; init; }
    public BusinessDate? ReceiptDate { get; init; }
    public BusinessDate? BusinessDate { get; init; }
    public string? ProviderReference { get; init; }

    /// <summary>Why it is not known whether the money went back.</summary>
    public string? Doubt { get; init; }

    public Instant? NextAskAt { get; init; }
    public Instant? AskedAt { get; init; }
    public Instant? AskingUntil { get; init; }
    public long? Asks { get; init; }
    public string? Note { get; init; }
    public string RequestedBy { get; init; } = "";
    public string? DecidedBy { get; init; }
    public long Version { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? DecidedAt { get; init; }
    public Instant? SucceededAt { get; init; }

    public RefundStatus State => Names.Parse<RefundStatus>(Status);
    public RefundWay How => Names.Parse<RefundWay>(Way);
}

public sealed record RefundLine
{
    public string Municipality { get; init; } = "";
    public string Refund { get; init; } = "";
    public int Line { get; init; }
    public Yen Amount { get; init; }
}

/// <summary>A refund as the API shows it.</summary>
public sealed record RefundView(
    string Id, string Payment, string Receivable, Yen Amount, IReadOnlyList<RefundLineView> Lines, string Way, string Status, bool Reopen, string? OrderNumber,
    string Place, string? Terminal, string? Operator, string? ProviderReference, string? Doubt, BusinessDate? ReceiptDate, BusinessDate? BusinessDate, Instant CreatedAt, Instant? DecidedAt, Instant? SucceededAt)
{
    public static RefundView Of(Refund refund, IEnumerable<RefundLine> lines) => new(
        PublicId.Refund + refund.Id, PublicId.Payment + refund.Payment, PublicId.Receivable + refund.Receivable, refund.Amount,
        lines.Select(line => new RefundLineView(line.Line, line.Amount)).ToList(), refund.Way, refund.Status, refund.Reopen != 0, refund.OrderNumber,
        refund.Place, refund.Terminal, refund.Operator, refund.ProviderReference, refund.Doubt, refund.ReceiptDate, refund.BusinessDate, refund.CreatedAt, refund.DecidedAt, refund.SucceededAt);
}

public sealed record RefundLineView(int Line, Yen Amount);
