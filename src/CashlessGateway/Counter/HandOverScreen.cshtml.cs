using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/handover?place=: お渡し窓口. What is paid for and still lies at the counter.</summary>
[Needs(Right.TakeMoney)]
public sealed class HandOverScreen(PlaceStore places, Database database, StaffDesk desk, HandOver handing, Clock clock, Ids ids) : CounterPage(places)
{
    /// <summary>What nobody fetched in a week is no longer a queue.</summary>
    private const int DaysShown = 7;

    protected override Words Name => new("お渡し窓口", "Hand over");

    public override Words? DoneWords => Done == "handed" ? new("お渡しを記録しました", "The handover was recorded") : null;

    public IReadOnlyList<SaleRow> Rows { get; private set; } = [];

    public string Key => ids.Next();

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPost()
    {
        await ReadForm();
        if (!await Load()) return NotFound();
        var code = await database.Read(reader => Appointments.CodeOf(reader, Me.Municipality, Place!.Code, Me.Person, clock.Today()));
        var body = new JsonObject();
        if (code is not null) body["operator"] = code;
        var order = new DeskOrder(handing.Route, Right.TakeMoney, Place!.Code, Form.Raw("key") ?? "", body) { Path = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = PublicId.Receivable + Row } };
        if (!(await desk.Run(HttpContext, Me, order)).IsOk(out _, out var problem)) return await Refused(problem, Load);
        Response.Headers.Location = $"/counter/handover?place={Uri.EscapeDataString(Place.Code)}&done=handed";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<bool> Load()
    {
        await LoadPlaces(Right.TakeMoney, clock.Today());
        if (Place is not { } place) return false;
        Rows = await database.Read(reader => SalesOfDay.Waiting(reader, Me.Municipality, place.Code, clock.Today().AddDays(-DaysShown)), HttpContext.RequestAborted);
        return true;
    }
}
