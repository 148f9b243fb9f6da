using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>GET /v1/fees?place=&amp;date=&amp;q=: what is charged at a place, with the prices of that day; the place's favourites first.</summary>
public sealed class ReadFees(PlaceStore places, KnownFees fees, Clock clock)
{
    public Operation List => new("GET", "/v1/fees", "fees", "What is charged at a place on a day, all on one page", Scopes.PlacesRead, null, typeof(PageOf<FeeView>), 200, [Errors.NotFound, Errors.PlaceNotAllowed], Run)
    {
        Query = [new("place", "Code of the place", Required: true), new("date", "The day whose catalogue is wanted; today in Tokyo unless said"), new("q", "The beginning of a code, or a part of a name or its reading; several words must all be found")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, FeeFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var date = filter.Date ?? clock.Today();
        if (await places.Find(call.Municipality, filter.Place, call.Aborted) is not { } place) return PlaceProblems.NotFound();
        if (!call.Caller.MayUse(place.Code)) return new Problem(Errors.PlaceNotAllowed);
        var here = (await fees.Of(call.Municipality, date, call.Aborted)).At(place);
        return Reply.Ok(new PageOf<FeeView>([.. FeeSearch.Find(here, static fee => fee.Item, filter.Text).Select(FeeView.Of)], null));
    }
}

public sealed record FeeFilter(string Place, BusinessDate? Date, string? Text)
{
    public static FeeFilter Read(QueryReader query) => new(ReadPlace(query), query.Date("date"), query.Text("q", 100));

    internal static string ReadPlace(QueryReader query) =>
        query.Text("place") ?? query.Refuse("place", "missing", new Words("収納場所を place で指定してください。", "Name the place: place=….")) ?? "";
}

/// <summary>A priced thing as the API shows it: all of it holds on the day that was asked for, and from its first day to its last.</summary>
public sealed record FeeView(
    string Code, string Name, string Kana, Yen UnitAmount, string RevenueAccount, string TaxClass, IReadOnlyList<string> Methods, BusinessDate ValidFrom, BusinessDate? ValidTo,
    string Section, int? StepPeople, bool Favourite)
{
    public static FeeView Of(FeeAtPlace fee) => Of(fee.Item, fee.Favourite);

    private static FeeView Of(FeeItem item, bool favourite) =>
        new(item.Code, item.Name, item.Kana, item.UnitAmount, item.RevenueAccount, item.TaxClass, item.MethodList, item.ValidFrom, item.ValidTo, item.Section, item.StepPeople, favourite);
}
