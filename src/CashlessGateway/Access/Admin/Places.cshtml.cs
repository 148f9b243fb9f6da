using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/places: counters and facilities, their names, sections and days of use. Ways to pay are not changed here.</summary>
[Needs(Right.SeeSettings)]
public sealed class PlacesScreen(PlaceStore places, ChangePlace changing, Clock clock) : AdminScreen
{
    protected override Words Name => new("収納場所", "Places");

    public override Words? DoneWords => Done == "changed" ? new("変更しました", "Changed") : null;

    public BusinessDate Today { get; private set; }
    public IReadOnlyList<PlaceToday> All { get; private set; } = [];

    public Words KindOf(PlaceKind kind) => kind switch
    {
        PlaceKind.Counter => new("窓口", "counter"),
        PlaceKind.Facility => new("施設", "facility"),
        PlaceKind.Online => new("オンライン", "online"),
        PlaceKind.Visit => new("訪問徴収", "visits"),
    };

    public Task OnGet() => Load();

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostChange()
    {
        await ReadForm();
        var form = new PlaceForm(Form.Text("name", 100, required: true) ?? "", Form.Text("section", 100, required: true) ?? "", Form.Date("opensOn", required: true) ?? default, Form.Date("closesOn"));
        if (!Form.Of(form).IsOk(out form, out var problem)) return await Refused(problem, Load);
        return await changing.Change(Me, Row ?? "", form) is { } refused ? await Refused(refused, Load) : Finished("changed");
    }

    private async Task Load()
    {
        Today = clock.Today();
        var mine = Me.Rights.PlacesOf(Right.SeeSettings);
        All = (await places.All(Me.Municipality, Today, HttpContext.RequestAborted)).Where(place => mine is null || mine.Contains(place.Place.Code)).ToList();
    }
}
