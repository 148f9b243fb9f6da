using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

public enum SessionState
{
    Open,
    Closed,
}

/// <summary>開局〜精算: one drawer and one operator's turn.</summary>
public sealed record Session
{
    public string Municipality { get; init; } = "";
    public string Place { get; init; } = "";
    public BusinessDate Date { get; init; }
    public long Number { get; init; }
    public string Id { get; init; } = "";
    public string Drawer { get; init; } = "";
    public string? Operator { get; init; }
    public string State { get; init; } = "";

    /// <summary>Captures and refunds so far; a close that was counted at another number is refused.</summary>
    public long Sales { get; init; }

    public Yen FloatAmount { get; init; }
    public Instant OpenedAt { get; init; }
    public string OpenedBy { get; init; } = "";
    public Instant? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }
    public Yen? ExpectedAmount { get; init; }

    /// <summary>Null when a session of automatic control was closed: nobody counted.</summary>
    public Yen? CountedAmount { get; init; }

    public string? Reason { get; init; }

    /// <summary>When the drawer should be closed; null where the place has no hour.</summary>
    public Instant? DueAt { get; init; }

    public bool IsAutomatic => Drawer.StartsWith(OpenSession.AutomaticDrawer, StringComparison.Ordinal);

    public bool IsOpen => State == Names.Of(SessionState.Open);
}
