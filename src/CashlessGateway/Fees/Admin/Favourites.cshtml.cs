using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/favourites/{id}: what a counter wants first. Nobody approves an order of buttons.</summary>
[Needs(Right.SeeProposals)]
public sealed class FavouritesScreen(ArrangeFavourites arranging, KnownFees fees, PlaceStore places, Clock clock) : FeeScreen
{
    /// <summary>Each has a form of its own; whoever wants another one searches.</summary>
    private const int MostShown = 50;

    protected override Words Name => new($"お気に入り: {Here?.Name}", $"Favourites: {Here?.Name}");

    public override IReadOnlyList<Link> Above => [.. base.Above, new("/admin/fees/favourites", new("お気に入り", "Favourites"))];

    public override Words? DoneWords => Done == "changed" ? new("変更しました。窓口の画面は次に開いたときから変わります", "Changed: tills show it when they are opened next") : null;

    public Place? Here { get; private set; }
    public IReadOnlyList<FeeAtPlace> First { get; private set; } = [];
    public IReadOnlyList<FeeAtPlace> Others { get; private set; } = [];
    public int More { get; private set; }
    public string Text => Request.Query["q"] is [{ Length: > 0 and <= 100 } text] ? text : "";

    public bool MayArrange => Here is not null && Me.May(Right.ManageFees, Here.Code);

    public FieldView SearchField => new(this, "q", new Words("増やす項目を探す", "Find what to add"), Text) { Optional = true, Hint = new("コード・名称・読み。", "Code, name or reading.") };

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Here is null ? NotFound() : Page();
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
        var code = RouteData.Values["id"] as string ?? "";
        Here = Me.May(Right.SeeProposals, code) ? await places.Find(Me.Municipality, code, HttpContext.RequestAborted) : null;
        if (Here is null) return;
        var all = (await fees.Of(Me.Municipality, clock.Today(), HttpContext.RequestAborted)).At(Here);
        First = [.. all.Where(static fee => fee.Favourite)];
        var others = FeeSearch.Find([.. all.Where(static fee => !fee.Favourite)], static fee => fee.Item, Text);
        (Others, More) = ([.. others.Take(MostShown)], Math.Max(0, others.Count - MostShown));
    }
}
