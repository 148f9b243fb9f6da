using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/doubt?place=: payments of which nobody knows yet whether they were taken, and inquiries that are still open, with their last day.</summary>
[Needs(Right.SeeMoney)]
public sealed class DoubtScreen(PlaceStore places, Database database, Settings settings, Clock clock) : CounterPage(places)
{
    protected override Words Name => new("未確定の支払い", "Payments in doubt");

    public IReadOnlyList<(SaleRow Row, Brand? Brand, BusinessDate? Until)> Rows { get; private set; } = [];

    public BusinessDate Today { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        Today = clock.Today();
        await LoadPlaces(Right.SeeMoney, Today);
        var asked = Request.Query["place"].ToString();
        if (asked.Length > 0 && Place is null) return NotFound();
        var shown = asked.Length > 0 ? [Place!.Code] : Mine.Select(static place => place.Code).ToList();
        var rows = await database.Read(reader => SalesOfDay.Doubts(reader, Me.Municipality, shown), HttpContext.RequestAborted);
        Rows = [.. rows.Select(row => (Row: row, Brand: BrandOf(row))).Select(row => (row.Row, row.Brand, Until: row.Row.InquiryUntil ?? LastDay(row.Row, row.Brand))).OrderBy(static row => row.Until ?? row.Row.InquiryUntil)];
        return Page();
    }

    /// <summary>An inquiry is taken until then.</summary>
    private static BusinessDate? LastDay(SaleRow row, Brand? brand) => brand?.DoubtDays is { } days ? BusinessDate.Of(row.CreatedAt).AddDays(days) : null;

    private Brand? BrandOf(SaleRow row) => row.Method is { } method ? settings.Brands.Find(Names.Parse<PaymentMethod>(method), row.Brand) : null;
}
