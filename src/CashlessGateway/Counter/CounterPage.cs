using CashlessGateway.Access.Roles;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>A list of the counter: for one place, chosen in the address.</summary>
public abstract class CounterPage(PlaceStore places) : StaffPage
{
    public override IReadOnlyList<Link> Above => [CounterLinks.Start];

    /// <summary>Places where somebody sees money.</summary>
    public IReadOnlyList<Place> Mine { get; private set; } = [];

    /// <summary>The one that was asked for, else the first.</summary>
    public Place? Place { get; private set; }

    public IReadOnlyList<(string Value, string Name)> PlaceChoices => [.. Mine.Select(static place => (place.Code, place.Name))];

    protected async Task LoadPlaces(Right right, Money.BusinessDate today)
    {
        var allowed = Me.Rights.PlacesOf(right);
        Mine = [.. (await places.All(Me.Municipality, today, HttpContext.RequestAborted)).Select(static place => place.Place).Where(place => allowed is null || allowed.Contains(place.Code))];
        var asked = Request.Query["place"].ToString();
        Place = Mine.FirstOrDefault(place => place.Code == asked) ?? (asked.Length == 0 && Mine.Count > 0 ? Mine[0] : null);
    }
}
