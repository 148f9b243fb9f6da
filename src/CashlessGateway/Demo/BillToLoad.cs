using CashlessGateway.Codes;
using CashlessGateway.Money;

namespace CashlessGateway.Demo;

/// <summary>納付書: a bill of bills.csv, checked against the other files.</summary>
public sealed record BillToLoad
{
    public required string Municipality { get; init; }
    public required string Reference { get; init; }
    public required string Title { get; init; }
    public required string Place { get; init; }
    public BusinessDate? DueDate { get; init; }

    /// <summary>The last moment at which the slip is accepted.</summary>
    public Instant? PayBy { get; init; }

    public SlipCode? Slip { get; init; }
    public ElQr? ElQr { get; init; }
    public string? ExclusiveGroup { get; init; }
    public string? ExclusiveSide { get; init; }
    public required IReadOnlyList<BillLine> Lines { get; init; }
}

public sealed record BillLine(string RevenueAccount, string Description, Yen Amount, FiscalYear FiscalYear, bool CarriedOver);
