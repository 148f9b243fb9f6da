using CashlessGateway.Money;
using System.Text.Json;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>A receivable as the API shows it.</summary>
public sealed record ReceivableView(
    string Id, string Kind, string Place, string? Reference, string Title, string Status, Yen Amount, Yen TaxIncluded, Yen RefundableAmount,
    IReadOnlyList<LineView> Lines, IReadOnlyList<ReductionView> Reductions, BusinessDate? DueDate, BusinessDate? NoticeDate, Instant? PayBy,
    string? ExclusiveGroup, string? ExclusiveSide, string? Follows, IReadOnlyList<AliasView> Aliases, IReadOnlyDictionary<string, string>? Metadata,
    IReadOnlyList<string> Payments, string? PayUrl, long? ReceiptNumber, Instant? HandedOverAt, Instant CreatedAt, long Version)
{
    public static ReceivableView Of(Receivable receivable, string status, IReadOnlyList<ReceivableLine> lines, IReadOnlyList<Reduction> reductions, IReadOnlyList<AliasView> aliases, IReadOnlyList<string> payments, Yen refundable) => new(
        PublicId.Receivable + receivable.Id, receivable.Kind, receivable.Place, receivable.Reference, receivable.Title, status,
        receivable.Amount, receivable.TaxIncluded, refundable,
        lines.Select(line => LineView.Of(line)).ToList(), reductions.Select(ReductionView.Of).ToList(),
        receivable.DueDate, receivable.NoticeDate, receivable.PayBy, receivable.ExclusiveGroup, receivable.ExclusiveSide,
        receivable.Follows is { } follows ? PublicId.Receivable + follows : null, aliases,
        receivable.Metadata is { } metadata ? JsonSerializer.Deserialize<Dictionary<string, string>>(metadata) : null,
        payments, PayUrl: null, receivable.ReceiptNumber, receivable.HandedOverAt, receivable.CreatedAt, receivable.Version);
}

public sealed record LineView(int Line, string? Fee, string RevenueAccount, string Description, long Quantity, Yen UnitAmount, Yen GrossAmount, Yen Amount, string TaxClass, int? FiscalYear, bool CarriedOver, int? People)
{
    public static LineView Of(ReceivableLine line) => new(line.Line, line.Fee, line.RevenueAccount, line.Description, line.Quantity, line.UnitAmount, line.GrossAmount, line.Amount, line.TaxClass, line.FiscalYear, line.CarriedOver != 0, line.People);
}

public sealed record ReductionView(int Line, string Kind, int? Rate, Yen Amount, string GroundCode, string? DecisionNumber)
{
    public static ReductionView Of(Reduction reduction) => new(reduction.Line, reduction.Kind, reduction.Rate, reduction.Amount, reduction.GroundCode, reduction.DecisionNumber);
}

/// <summary>Of a slip or an eL-QR the matching key, not the code.</summary>
public sealed record AliasView(string Type, string Value);
