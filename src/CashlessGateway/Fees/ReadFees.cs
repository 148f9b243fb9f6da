using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>GET /v1/fees?place=&amp;date=: what is charged at a place, with the prices of that day.</summary>
public sealed class ReadFees(Database database, Clock clock)
{
    public Operation List => new("GET", "/v1/fees", "fees", "What is charged at a place on a day, all on one page", Scopes.PlacesRead, null, typeof(PageOf<FeeView>), 200, [Errors.NotFound, Errors.PlaceNotAllowed], Run)
    {
        Query = [new("place", "Code of the place", Required: true), new("date", "The day whose prices are wanted; today in Tokyo unless said")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, FeeFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var date = filter.Date ?? clock.Today();
        var found = await database.Read(async reader => (
            Place: await PlaceStore.Find(reader, call.Municipality, filter.Place),
            Items: await FeeStore.All(reader, call.Municipality, date)), call.Aborted);
        if (found.Place is not { } place) return PlaceProblems.NotFound();
        if (!call.Caller.MayUse(place.Code)) return new Problem(Errors.PlaceNotAllowed);
        return Reply.Ok(new PageOf<FeeView>(found.Items.Where(item => item.IsChargedAt(place.Code, Names.Of(place.Kind))).Select(FeeView.Of).ToList(), null));
    }
}

public sealed record FeeFilter(string Place, BusinessDate? Date)
{
    public static FeeFilter Read(QueryReader query) => new(
        query.Text("place") ?? query.Refuse("place", "missing", new Words("収納場所を place で指定してください。", "Name the place: place=….")) ?? "", query.Date("date"));
}

/// <summary>A priced thing as the API shows it; the price is the one of the day that was asked for.</summary>
public sealed record FeeView(
    string Code, string Name, string Kana, Yen UnitAmount, string RevenueAccount, string TaxClass, IReadOnlyList<string> Methods, BusinessDate ValidFrom, BusinessDate? ValidTo)
{
    public static FeeView Of(FeeItem item) => new(item.Code, item.Name, item.Kana, item.UnitAmount, item.RevenueAccount, item.TaxClass, item.MethodList, item.ValidFrom, item.ValidTo);
}
