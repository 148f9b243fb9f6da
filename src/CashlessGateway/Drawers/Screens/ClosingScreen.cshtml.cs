using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Drawers.Screens;

/// <summary>/admin/places/closing?place=: the hours of a place's close, and whether small sums of cash may wait.</summary>
[Needs(Right.SeeSettings)]
public sealed class ClosingScreen(PlaceStore places, Database database, ChangePlaceClosing changing, Clock clock) : StaffPage
{
    protected override Words Name => new("締めの設定", "Closing");

    public override IReadOnlyList<Link> Above => [new("/admin", new("管理", "Administration")), new("/admin/places", new("収納場所", "Places"))];

    public override Words? DoneWords => Done == "changed" ? new("変更しました。これから締めるものに使います", "Changed, for what closes from now on") : null;

    public Place? Place { get; private set; }

    /// <summary>To choose from, where the address names none.</summary>
    public IReadOnlyList<Place> Mine { get; private set; } = [];

    public PlaceClosing Closing { get; private set; } = PlaceClosing.Unset;

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Place is null && Asked.Length > 0 ? NotFound() : Page();
    }

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPost()
    {
        await ReadForm();
        var wanted = new PlaceClosing(Hour("closesAt"), Hour("lateClosesAt"), Form.Has("smallSumsWait", "1"), new Yen(Form.Number("smallSumLimit", 1, (int)PlaceClosing.UsualLimit.Value) ?? 0));
        if (!Form.Of(wanted).IsOk(out wanted, out var problem)) return await Refused(problem, Load);
        if (await changing.Change(Me, Row ?? "", wanted) is { } refused) return await Refused(refused, Load);
        Response.Headers.Location = $"/admin/places/closing?place={Uri.EscapeDataString(Row ?? "")}&done=changed";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private TimeOnly? Hour(string name)
    {
        if (Form.Text(name, 5) is not { } text) return null;
        if (PlaceClosing.TryHour(text, out var hour)) return hour;
        Form.Refuse(name, "not-a-time", new Words("時刻を 17:30 のように入れてください。", "A time of day such as 17:30."));
        return null;
    }

    private string Asked => Row is { Length: > 0 } sent ? sent : Request.Query["place"].ToString();

    private async Task Load()
    {
        var mine = Me.Rights.PlacesOf(Right.SeeSettings);
        Mine = [.. (await places.All(Me.Municipality, clock.Today(), HttpContext.RequestAborted)).Select(static place => place.Place).Where(place => mine is null || mine.Contains(place.Code))];
        Place = Mine.FirstOrDefault(place => place.Code == Asked);
        if (Place is not null) Closing = await database.Read(reader => PlaceClosing.Of(reader, Me.Municipality, Place.Code), HttpContext.RequestAborted);
    }
}
