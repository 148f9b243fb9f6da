using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>GET /v1/fee-grounds?place=&amp;date=: by which law something is free or cheaper there. For clerks: none of it is for a display, a receipt, an event or a statistic.</summary>
public sealed class ReadGrounds(Database database, PlaceStore places, KnownFees fees, Clock clock)
{
    public Operation List => new("GET", "/v1/fee-grounds", "fees", "Legal grounds of reductions that apply at a place on a day, for clerks, all on one page", Scopes.PlacesRead, null, typeof(PageOf<GroundView>), 200, [Errors.NotFound, Errors.PlaceNotAllowed], Run)
    {
        Query = [new("place", "Code of the place", Required: true), new("date", "The day on which they hold; today in Tokyo unless said")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, GroundFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var date = filter.Date ?? clock.Today();
        if (await places.Find(call.Municipality, filter.Place, call.Aborted) is not { } place) return PlaceProblems.NotFound();
        if (!call.Caller.MayUse(place.Code)) return new Problem(Errors.PlaceNotAllowed);
        var here = (await fees.Of(call.Municipality, date, call.Aborted)).At(place);
        var grounds = await database.Read(reader => GroundStore.All(reader, call.Municipality), call.Aborted);
        return Reply.Ok(new PageOf<GroundView>([.. grounds.Where(ground => ground.HoldsOn(date) && (ground.Covers(null) || here.Any(fee => ground.Covers(fee.Item.Code)))).Select(GroundView.Of)], null));
    }
}

public sealed record GroundFilter(string Place, BusinessDate? Date)
{
    public static GroundFilter Read(QueryReader query) => new(FeeFilter.ReadPlace(query), query.Date("date"));
}

/// <param name="Fees">Null for all.</param>
public sealed record GroundView(
    string Code, string Name, string Article, string Kind, int? Rate, IReadOnlyList<string>? Fees, bool DecisionRequired, string? Stamp, BusinessDate ValidFrom, BusinessDate? ValidTo)
{
    public static GroundView Of(Ground ground) => new(
        ground.Code, ground.Name, ground.Article, ground.Kind, ground.Rate, ground.Fees == Ground.AllFees ? null : ground.FeeList, ground.DecisionRequired != 0, ground.Stamp, ground.ValidFrom, ground.ValidTo);
}
