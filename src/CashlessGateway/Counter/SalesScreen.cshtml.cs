using System.Globalization;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/sales?place=&amp;date=&amp;q=: what was sold on a day, the newest first.</summary>
[Needs(Right.SeeMoney)]
public sealed class SalesScreen(PlaceStore places, Database database, Clock clock) : CounterPage(places)
{
    protected override Words Name => new("会計の一覧", "Sales of a day");

    public BusinessDate Date { get; private set; }

    public string? Search { get; private set; }

    public IReadOnlyList<SaleRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        Date = BusinessDate.TryParse(Request.Query["date"].ToString(), out var asked) && asked.Day.Year is >= 2000 and <= 2999 ? asked : clock.Today();
        await LoadPlaces(Right.SeeMoney, clock.Today());
        if (Place is not { } place) return NotFound();
        Search = Request.Query["q"].ToString() is { Length: > 0 and <= 100 } text ? text : null;
        var rows = await database.Read(reader => SalesOfDay.Of(reader, Me.Municipality, place.Code, Date), HttpContext.RequestAborted);
        Rows = Search is null ? rows : [.. rows.Where(row => Matches(row, Search.Normalize(System.Text.NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal)))];
        return Page();
    }

    /// <summary>By receipt number, sum, approval number or what was sold.</summary>
    private static bool Matches(SaleRow row, string text) =>
        row.ReceiptNumber?.ToString(CultureInfo.InvariantCulture) == text.TrimStart('0') || row.Amount.Value.ToString(CultureInfo.InvariantCulture) == text
        || row.ApprovalNumber == text || row.UnfinishedSlip == text || row.Title.Contains(text, StringComparison.OrdinalIgnoreCase);
}
