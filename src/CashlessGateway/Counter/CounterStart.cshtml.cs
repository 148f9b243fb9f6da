using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>/counter: which till somebody sits at.</summary>
[Needs(Right.TakeMoney)]
public sealed class CounterStart(PlaceStore places, Clock clock) : StaffPage
{
    protected override Words Name => new("窓口", "Counter");

    /// <summary>Places of mine in use today, with their tills.</summary>
    public IReadOnlyList<(Place Place, IReadOnlyList<Terminal> Tills)> Places { get; private set; } = [];

    public async Task OnGet()
    {
        var today = clock.Today();
        var mine = Me.Rights.PlacesOf(Right.TakeMoney);
        var terminals = (await places.Terminals(Me.Municipality, HttpContext.RequestAborted)).ToLookup(static terminal => terminal.Place, StringComparer.Ordinal);
        Places = [.. (await places.All(Me.Municipality, today, HttpContext.RequestAborted))
            .Where(place => place.Place.IsInUseOn(today) && (mine is null || mine.Contains(place.Place.Code)) && terminals[place.Place.Code].Any())
            .Select(place => (place.Place, (IReadOnlyList<Terminal>)[.. terminals[place.Place.Code]]))];
    }
}
