using CashlessGateway.Money;
using CashlessGateway.Receivables;

namespace CashlessGateway.Demo;

/// <summary>A bill of the demo city as a request of its owning system.</summary>
public static class DemoBill
{
    public static ReceivableRequest AsRequest(BillToLoad bill) => new()
    {
        Kind = ReceivableKind.Bill,
        Place = bill.Place,
        Reference = bill.Reference,
        Title = bill.Title,
        Lines = bill.Lines.Select((line, index) => new LineRequest($"/lines/{index}", null, line.RevenueAccount, line.Description, 1, line.Amount, TaxClass.OutOfScope, line.FiscalYear.Value, line.CarriedOver)).ToList(),
        Reductions = [],
        DueDate = bill.DueDate,
        PayBy = bill.PayBy,
        ExclusiveGroup = bill.ExclusiveGroup,
        ExclusiveSide = bill.ExclusiveSide,
        Aliases = [.. Aliases(bill)],
    };

    private static IEnumerable<AliasRequest> Aliases(BillToLoad bill)
    {
        if (bill.Slip is { } slip) yield return new AliasRequest(AliasType.Slip, slip.Digits, slip);
        if (bill.ElQr is { } elQr) yield return new AliasRequest(AliasType.Elqr, elQr.Digits, elQr);
    }
}
