using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/favourites/{place}: what a counter wants first. Nobody approves an order of buttons.</summary>
[Needs(Right.SeeProposals)]
public sealed class FavouritesScreen(ArrangeFavourites arranging, KnownFees fees, Database database, Clock clock) : FeeScreen
{
    protected override Words Name => Here is null ? new("お気に入り", "Favourites") : new($"お気に入り: {Here.Name}", $"Favourites: {Here.Name}");

    public override IReadOnlyList<Link> Above => Here is null ? base.Above : [.. base.Above, new("/admin/fees/favourites", new("お気に入り", "Favourites"))];

    public override Words? DoneWords => Done == "changed" ? new("変更しました。窓口の画面は次に開いたときから変わります", "Changed: tills show it when they are opened next") : null;

    public IReadOnlyList<Place> Places { get; private set; } = [];
    public Place? Here { get; private set; }
    public IReadOnlyList<FeeAtPlace> First { get; private set; } = [];
    public IReadOnlyList<FeeAtPlace> Others { get; private set; } = [];
    public string Text => Request.Query["q"] is [{ Length: > 0 and <= 100 } text] ? text : "";

    public bool MayArrange => Here is not null && Me.May(Right.ManageFees, Here.Code);

    public FieldView SearchField => new(this, "q", new Words("増やす項目を探す", "Find what to add"), Text) { Optional = true, Hint = new("コード・名称・読み。", "Code, name or reading.") };

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return RouteData.Values["place"] is string && Here is null ? NotFound() : Page();
    }

    [Needs(Right.ManageFees)]
    public Task<IActionResult> OnPostAdd() => Arrange(static (codes, code) => [.. codes, code]);

    [Needs(Right.ManageFees)]
    public Task<IActionResult> OnPostRemove() => Arrange(static (codes, code) => [.. codes.Where(other => other != code)]);

    [Needs(Right.ManageFees)]
    public Task<IActionResult> OnPostUp() => Arrange(static (codes, code) =>
    {
        var at = codes.IndexOf(code);
        if (at > 0) (codes[at - 1], codes[at]) = (codes[at], codes[at - 1]);
        return codes;
    });

    private async Task<IActionResult> Arrange(Func<List<string>, string, List<string>> change)
    {
        await ReadForm();
        await Load();
        if (Here is not { } place || Row is not { } code) return NotFound();
        var codes = First.Select(static fee => fee.Item.Code).ToList();
        if (codes.Contains(code) == (Request.Query["handler"] == "Add")) return Finished("changed");
        return await arranging.Set(Me, place.Code, change(codes, code)) is { } refused ? await Refused(refused, Load) : Finished("changed");
    }

    private async Task Load()
    {
        Places = await database.Read(reader => PlaceStore.List(reader, Me.Municipality), HttpContext.RequestAborted);
        Here = Places.FirstOrDefault(place => place.Code == RouteData.Values["place"] as string);
        if (Here is null) return;
        var all = (await fees.Of(Me.Municipality, clock.Today(), HttpContext.RequestAborted)).At(Here);
        First = [.. all.Where(static fee => fee.Favourite)];
        Others = FeeSearch.Find([.. all.Where(static fee => !fee.Favourite)], static fee => fee.Item, Text);
    }
}
