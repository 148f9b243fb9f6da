using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>One button of a till, as it is now.</summary>
/// <param name="Brands">Those of today.</param>
/// <param name="Obstacle">Null while it can be begun.</param>
public sealed record WayToPay(PlaceMethod Method, IReadOnlyList<string> Brands, Problem? Obstacle, Instant? Until, IReadOnlyList<MaintenanceWindow> Announced);

/// <summary>The ways to pay at a place, for screens and tills: what is gone for good has no button, what is closed just now says until when.</summary>
public static class WaysToPay
{
    /// <summary>What is announced is said a week ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public static IReadOnlyList<WayToPay> At(string place, RouteWorld world) => [.. world.Methods.Select(method => One(method, place, world)).OfType<WayToPay>()];

    private static WayToPay? One(PlaceMethod method, string place, RouteWorld world)
    {
        if (method.Provider is null) return new WayToPay(method, method.Brands, null, null, []);
        var looked = RouteChoice.Look(method, place, world);
        // A contract that is not configured here, a way that it does not offer, brands that have all ended: no till should show the button.
        if (looked.Instance is not { } instance || looked.Obstacle is RouteObstacle.NotOffered or RouteObstacle.BrandNotOffered or RouteObstacle.BrandOver) return null;
        // A contract without any designation today cannot take public money at all.
        if (instance.Terms.Holder == ContractTerms.City && !world.Facts.Designations.Any(designation => designation.Provider == instance.Name && designation.HoldsOn(world.Today))) return null;
        var announced = world.Facts.Windows.Where(window => window.Provider == instance.Name && window.EndsAt > world.Now && window.BeginsAt < world.Now.Plus(Ahead)).ToList();
        var obstacle = looked.Obstacle is null && instance.Circuit.IsResting ? looked with { Obstacle = RouteObstacle.Resting } : looked;
        var question = new RouteQuestion(place, method.Method, method.Presentation, null, null, null, null);
        return new WayToPay(method, RouteChoice.BrandsToday(method, instance, world) ?? method.Brands, obstacle.Obstacle is null ? null : RouteProblems.Of(question, obstacle, world), obstacle.Until, announced);
    }
}
