using System.Globalization;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Statistics;

/// <summary>/counter/times: how long procedures take at the counters (前橋市's goals).</summary>
[Needs(Right.SeeMoney)]
public sealed class TimesScreen(ReadTimes times, Clock clock) : StaffPage
{
    private const int UsualDays = 30;

    protected override Words Name => new("応対の時間", "Times at the counter");

    public override IReadOnlyList<Link> Above => [new("/counter", new Words("窓口", "Counter"))];

    public TimesFilter Filter { get; private set; } = new(null, default, default);

    public IReadOnlyList<TimesRow> Rows { get; private set; } = [];

    public string Minutes(long? seconds) => seconds is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time / 60}:{time % 60:D2}") : "—";

    public async Task<IActionResult> OnGet()
    {
        var today = clock.Today();
        var from = BusinessDate.TryParse(Request.Query["from"].ToString(), out var first) ? first : today.AddDays(-UsualDays);
        var to = BusinessDate.TryParse(Request.Query["to"].ToString(), out var last) && last >= from ? last : today;
        Filter = new TimesFilter(Request.Query["place"].ToString() is { Length: > 0 and <= 64 } place ? place : null, from, to);
        Rows = await times.Rows(Me.Municipality, Filter, code => Me.May(Right.SeeMoney, code), HttpContext.RequestAborted);
        return Page();
    }
}
