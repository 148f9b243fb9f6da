using CashlessGateway.Access;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Routing;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>GET /v1/places and /v1/places/{code}: counters and facilities, how one can pay there now, and whether their day is open.</summary>
public sealed class ReadPlaces(PlaceStore places, Clock clock, Settings settings, ProviderInstances instances, KnownRouting routing)
{
    public Operation List => new("GET", "/v1/places", "places", "Counters and facilities, all on one page", Scopes.PlacesRead, null, typeof(PageOf<PlaceView>), 200, [], RunList);

    public Operation One => new("GET", "/v1/places/{code}", "places", "One counter or facility", Scopes.PlacesRead, null, typeof(PlaceView), 200, [Errors.NotFound, Errors.PlaceNotAllowed], RunOne);

    private async Task<Reply> RunList(ApiCall call)
    {
        var all = await places.All(call.Municipality, clock.Today(), call.Aborted);
        var facts = await routing.Of(call.Municipality);
        return Reply.Ok(new PageOf<PlaceView>(all.Where(today => call.Caller.MayUse(today.Place.Code)).Select(today => Open(today, facts, call.Language)).ToList(), null));
    }

    private async Task<Reply> RunOne(ApiCall call)
    {
        var code = call.Route("code");
        if (await places.One(call.Municipality, code, clock.Today(), call.Aborted) is not { } today) return PlaceProblems.NotFound();
        return call.Caller.MayUse(code) ? Reply.Ok(Open(today, await routing.Of(call.Municipality), call.Language)) : new Problem(Errors.PlaceNotAllowed);
    }

    private PlaceView Open(PlaceToday today, RoutingFacts facts, Language language) =>
        PlaceView.Of(today, WaysToPay.At(today.Place.Code, new RouteWorld(today.Methods, instances, facts, settings.Brands, settings.CheapestRoute, clock.Now())), language);
}

/// <summary>Why a place that is named in the address is refused.</summary>
public static class PlaceProblems
{
    public static Problem NotFound() => Problem.Missing(new Words("この収納場所はありません。", "There is no such place."));
}

/// <summary>A place as the API shows it.</summary>
public sealed record PlaceView(
    string Code, PlaceKind Kind, string Name, string Section, string? Manager, DayControl DayControl, IReadOnlyList<PlaceMethodView> Methods, PlaceDayView Day)
{
    /// <summary>Before its first and after its last day a place takes no payment in any way.</summary>
    public static PlaceView Of(PlaceToday today, IReadOnlyList<WayToPay> ways, Language language) => new(
        today.Place.Code, today.Place.Kind, today.Place.Name, today.Place.Section, today.Place.Manager, today.Place.DayControl,
        today.Place.IsInUseOn(today.Date) ? [.. ways.Select(way => PlaceMethodView.Of(way, language))] : [], new PlaceDayView(today.Date, today.State));
}

/// <param name="Available">It can be begun now.</param>
/// <param name="Unavailable">Why not, and until when.</param>
/// <param name="Announced">Maintenance that is announced for the next days: said before it begins.</param>
public sealed record PlaceMethodView(PaymentMethod Method, Presentation Presentation, IReadOnlyList<string> Brands, string? Provider, bool Available, UnavailableView? Unavailable, IReadOnlyList<AnnouncedView> Announced)
{
    public static PlaceMethodView Of(WayToPay way, Language language) => new(way.Method.Method, way.Method.Presentation, way.Brands, way.Method.Provider, way.Obstacle is null,
        way.Obstacle is null ? null : new UnavailableView(way.Obstacle.Error.Code, way.Obstacle.Detail?.In(language) ?? "", way.Until), [.. way.Announced.Select(static window => new AnnouncedView(window.BeginsAt, window.EndsAt, window.Words))]);
}

public sealed record UnavailableView(string Code, string Detail, Instant? Until);

public sealed record AnnouncedView(Instant From, Instant Until, string Detail);

public sealed record PlaceDayView(BusinessDate Date, DayState State);
