using CashlessGateway.Access.Roles;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/favourites: whose favourites.</summary>
[Needs(Right.SeeProposals)]
public sealed class FavouritePlacesScreen(Database database) : FeeScreen
{
    protected override Words Name => new("お気に入り", "Favourites");

    public IReadOnlyList<Place> Places { get; private set; } = [];

    public async Task OnGet() => Places = [.. (await database.Read(reader => PlaceStore.List(reader, Me.Municipality), HttpContext.RequestAborted)).Where(place => Me.May(Right.SeeProposals, place.Code))];
}
