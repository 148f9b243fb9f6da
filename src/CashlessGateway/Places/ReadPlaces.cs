using CashlessGateway.Access;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>GET /v1/places and /v1/places/{code}: counters and facilities, how one can pay there now, and whether their day is open.</summary>
public sealed class ReadPlaces(PlaceStore places, Clock clock, ProviderInstances instances)
{
    public Operation List => new("GET", "/v1/places", "places", "Counters and facilities, all on one page", Scopes.PlacesRead, null, typeof(PageOf<PlaceView>), 200, [], RunList);

    public Operation One => new("GET", "/v1/places/{code}", "places", "One counter or facility", Scopes.PlacesRead, null, typeof(PlaceView), 200, [Errors.NotFound, Errors.PlaceNotAllowed], RunOne);

    private async Task<Reply> RunList(ApiCall call)
    {
        var all = await places.All(call.Municipality, clock.Today(), call.Aborted);
        return Reply.Ok(new PageOf<PlaceView>(all.Where(today => call.Caller.MayUse(today.Place.Code)).Select(Open).ToList(), null));
    }

    private async Task<Reply> RunOne(ApiCall call)
    {
        var code = call.Route("code");
        if (await places.One(call.Municipality, code, clock.Today(), call.Aborted) is not { } today) return PlaceProblems.NotFound();
        return call.Caller.MayUse(code) ? Reply.Ok(Open(today)) : new Problem(Errors.PlaceNotAllowed);
    }

    /// <summary>A method whose contract is not configured here cannot be paid by, and no till should show its button.</summary>
    private PlaceView Open(PlaceToday today) =>
        PlaceView.Of(today with { Methods = [.. today.Methods.Where(method => method.Provider is null || instances.Find(method.Provider) is not null)] });
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
    public static PlaceView Of(PlaceToday today) => new(
        today.Place.Code, today.Place.Kind, today.Place.Name, today.Place.Section, today.Place.Manager, today.Place.DayControl,
        today.Place.IsInUseOn(today.Date) ? today.Methods.Select(PlaceMethodView.Of).ToList() : [], new PlaceDayView(today.Date, today.State));
}

public sealed record PlaceMethodView(PaymentMethod Method, Presentation Presentation, IReadOnlyList<string> Brands, string? Provider)
{
    public static PlaceMethodView Of(PlaceMethod method) => new(method.Method, method.Presentation, method.Brands, method.Provider);
}

public sealed record PlaceDayView(BusinessDate Date, DayState State);
