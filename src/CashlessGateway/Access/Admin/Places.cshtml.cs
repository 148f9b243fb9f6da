using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/places: counters and facilities, their names, sections and days of use. Ways to pay hold for new attempts at once.</summary>
[Needs(Right.SeeSettings)]
public sealed class PlacesScreen(PlaceStore places, ChangePlace changing, AddPlace adding, ManageRouting routing, Clock clock) : AdminScreen
{
    protected override Words Name => new("収納場所", "Places");

    public override Words? DoneWords => Done switch
    {
        "changed" => new("変更しました", "Changed"),
        "added" => new("登録しました。現金以外の支払い方法は「支払い方法」で決めます", "Registered. Ways to pay other than cash are set apart"),
        _ => null,
    };

    public IReadOnlyList<(string Value, string Name)> KindChoices => [.. Enum.GetValues<PlaceKind>().Select(kind => (Names.Of(kind), Say(KindOf(kind))))];

    public IReadOnlyList<(string Value, string Name)> DayChoices => [("clerk", Say("係員が開局する", "a clerk opens the day")), ("automatic", Say("最初の収納で自動的に開く", "the first payment opens it"))];

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

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostAdd()
    {
        await ReadForm();
        var place = new Place
        {
            Code = Form.Code("newPlace") ?? "",
            Kind = Form.Choice<PlaceKind>("kind") ?? PlaceKind.Counter,
            Name = Form.Text("newName", 100, required: true) ?? "",
            Section = Form.Text("newSection", 100, required: true) ?? "",
            Manager = Form.Text("manager", 100),
            DayControl = Form.Choice<DayControl>("dayControl") ?? DayControl.Clerk,
            OpensOn = Form.Date("newOpensOn", required: true) ?? default,
            ClosesOn = Form.Date("newClosesOn"),
        };
        if (!Form.Of(place).IsOk(out place, out var problem)) return await Refused(problem, Load);
        return await adding.Add(Me, place) is { } refused ? await Refused(refused, Load) : Finished("added");
    }

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostMethods()
    {
        await ReadForm();
        var methods = new List<PlaceMethod>();
        foreach (var text in (Form.Text("methods", 4_000, required: true) ?? "").Split(['\n', '\r', ' ', '|'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (MethodText.TryParse(text, out var method)) methods.Add(method);
            else Form.Refuse("methods", "not-a-method", new Words($"「{text}」は読めません。cash か 方法:提示:ブランド@契約 にしてください。", $"'{text}' cannot be read: cash, or method:presentation:brands@contract."));
        }

        if (!Form.Of(methods).IsOk(out methods, out var problem)) return await Refused(problem, Load);
        return await routing.SetMethods(Me, (Row ?? "").Split('/')[0], methods) is { } refused ? await Refused(refused, Load) : Finished("changed");
    }

    private async Task Load()
    {
        Today = clock.Today();
        var mine = Me.Rights.PlacesOf(Right.SeeSettings);
        All = (await places.All(Me.Municipality, Today, HttpContext.RequestAborted)).Where(place => mine is null || mine.Contains(place.Place.Code)).ToList();
    }
}
