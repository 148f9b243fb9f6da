using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>What is to be paid, and how.</summary>
/// <param name="Brand">What was asked for; null when the customer chooses.</param>
/// <param name="Lines">Null for a screen that asks before there is a receivable.</param>
public sealed record RouteQuestion(string Place, PaymentMethod Method, Presentation Presentation, string? Brand, Yen? Amount, string? MoneyOwner, IReadOnlyList<ReceivableLine>? Lines)
{
    /// <summary>The terminal at which it is to be paid.</summary>
    public string? Terminal { get; init; }

    /// <summary>What each contract calls that terminal.</summary>
    public IReadOnlyDictionary<string, string> Devices { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>All that decides a route, as it is at this moment.</summary>
public sealed record RouteWorld(IReadOnlyList<PlaceMethod> Methods, ProviderInstances Instances, RoutingFacts Facts, BrandCatalogue Brands, bool Cheapest, Instant Now)
{
    public BusinessDate Today => BusinessDate.Of(Now);
}

/// <summary>Why a contract does not take an attempt. The order is that of explaining: the last one that is met is nearest to a payment, and is told.</summary>
public enum RouteObstacle
{
    NotConfigured,
    NotOffered,
    BrandNotOffered,
    BrandOver,
    NotPaired,
    WrongHolder,
    NotDesignated,
    AmountOutOfRange,
    Stopped,
    Closed,
    Maintenance,
    Resting,
}

/// <summary>A contract that was looked at.</summary>
/// <param name="Obstacle">Null: it takes the attempt.</param>
/// <param name="Until">When that may be over.</param>
/// <param name="Words">A reason in people's own words: of a stop switch, of an announced maintenance.</param>
public sealed record RouteCandidate(PlaceMethod Method, ProviderInstance? Instance, RouteObstacle? Obstacle, Instant? Until = null, string? Words = null);

/// <summary>
/// Which contract takes an attempt: by place, method, presentation and brand, in the place's order of preference (or the cheapest
/// first), past what is stopped, closed, announced, not designated for the revenue, somebody else's contract, or does not answer. Pure
/// but for the circuit, which lets one attempt through when its pause is over.
/// </summary>
public static class RouteChoice
{
    /// <summary>The contract that takes it, or why none does.</summary>
    public static Result<ProviderInstance> Choose(RouteQuestion question, RouteWorld world)
    {
        var looked = Candidates(question, world);
        foreach (var candidate in InOrder(looked, question, world))
            // Asking opens the half-open circuit for this one attempt.
            if (!candidate.Instance!.Circuit.IsOpen) return candidate.Instance;
        var nearest = looked.Select(static candidate => candidate.Obstacle is null ? candidate with { Obstacle = RouteObstacle.Resting } : candidate).MaxBy(static candidate => candidate.Obstacle);
        return nearest is null ? RouteProblems.NoProvider(question.Brand) : RouteProblems.Of(question, nearest, world);
    }

    /// <summary>Each contract of the place for this way to pay, with what stands in its way.</summary>
    public static IReadOnlyList<RouteCandidate> Candidates(RouteQuestion question, RouteWorld world) =>
        [.. world.Methods.Where(method => method.Method == question.Method && method.Presentation == question.Presentation && method.Provider is not null).Select(method => Look(method, question, world))];

    /// <summary>What a screen shows of a way to pay before there is a receivable.</summary>
    public static RouteCandidate Look(PlaceMethod method, string place, RouteWorld world) =>
        Look(method, new RouteQuestion(place, method.Method, method.Presentation, null, null, null, null), world);

    /// <summary>The same for what is to be paid.</summary>
    public static RouteCandidate Look(PlaceMethod method, RouteQuestion question, RouteWorld world)
    {
        if (world.Instances.Find(method.Provider) is not { } instance) return new RouteCandidate(method, null, RouteObstacle.NotConfigured);
        RouteCandidate Met(RouteObstacle obstacle, Instant? until = null, string? words = null) => new(method, instance, obstacle, until, words);
        var ability = instance.Ability(Names.Of(question.Method), Names.Of(question.Presentation));
        if (ability is null) return Met(RouteObstacle.NotOffered);
        if (question.Brand is { } brand)
        {
            if ((method.Brands.Count > 0 && !method.Brands.Contains(brand)) || (ability.Brands.Count > 0 && !ability.Brands.Contains(brand))) return Met(RouteObstacle.BrandNotOffered);
            if (!IsInForce(brand, instance, question.Method, world)) return Met(RouteObstacle.BrandOver);
        }
        else if (BrandsToday(method, instance, world) is { } brands)
        {
            if (brands.Count == 0) return Met(RouteObstacle.BrandOver);
            // A customer's code of a prefix that nobody knows: only who takes several brands can find out.
            if (question is { Presentation: Presentation.CustomerCode, Amount: not null } && brands.Count == 1) return Met(RouteObstacle.BrandNotOffered);
        }

        if (question.Terminal is not null && instance.Provider is Providers.IPairsDevices && !question.Devices.ContainsKey(instance.Name)) return Met(RouteObstacle.NotPaired);
        if (question.MoneyOwner is { } owner && !instance.Terms.Holds(owner)) return Met(RouteObstacle.WrongHolder);
        if (question.Lines is { } lines && Uncovered(instance, question.MoneyOwner, lines, world).Count > 0) return Met(RouteObstacle.NotDesignated);
        if (question.Amount is { } amount && Limits(instance, question.Method, ability) is var (lowest, highest) && (amount.Value < lowest || amount.Value > highest)) return Met(RouteObstacle.AmountOutOfRange);
        if (world.Facts.Stops.FirstOrDefault(stop => stop.Stops(instance.Name, question.Method, question.Place)) is { } stopped) return Met(RouteObstacle.Stopped, words: stopped.Reason);
        if (instance.Terms.ClosedUntil(question.Method, world.Now) is { } opens) return Met(RouteObstacle.Closed, opens);
        if (world.Facts.Windows.FirstOrDefault(window => window.Provider == instance.Name && window.Contains(world.Now)) is { } window) return Met(RouteObstacle.Maintenance, window.EndsAt, window.Words);
        return new RouteCandidate(method, instance, null);
    }

    /// <summary>Brands that can be shown on this button today.</summary>
    public static IReadOnlyList<string>? BrandsToday(PlaceMethod method, ProviderInstance instance, RouteWorld world)
    {
        var offered = method.Brands.Count > 0 ? method.Brands : instance.Ability(Names.Of(method.Method), Names.Of(method.Presentation))?.Brands;
        return offered is null or { Count: 0 } ? null : [.. offered.Where(brand => IsInForce(brand, instance, method.Method, world))];
    }

    /// <summary>Lines of public money that no designation of this contract covers today. A manager's own income needs none.</summary>
    public static IReadOnlyList<ReceivableLine> Uncovered(ProviderInstance instance, string? moneyOwner, IReadOnlyList<ReceivableLine> lines, RouteWorld world)
    {
        if (moneyOwner is not null && moneyOwner.StartsWith("manager:", StringComparison.Ordinal)) return [];
        var own = world.Facts.Designations.Where(designation => designation.Provider == instance.Name).ToList();
        return [.. lines.Where(line => line.Amount.Value > 0 && !own.Any(designation => designation.Covers(line.RevenueAccount, world.Today)))];
    }

    /// <summary>The narrower of what the adapter takes and what the contract says.</summary>
    public static (long Lowest, long Highest) Limits(ProviderInstance instance, PaymentMethod method, Providers.MethodAbility ability)
    {
        var own = instance.Terms.Limits.GetValueOrDefault(method);
        return (Math.Max(ability.LowestAmount, own?.Lowest ?? 0), Math.Min(ability.HighestAmount, own?.Highest ?? long.MaxValue));
    }

    private static bool IsInForce(string brand, ProviderInstance instance, PaymentMethod method, RouteWorld world) =>
        world.Brands.IsOfferedOn(method, brand, world.Today) && instance.Terms.TakesBrandOn(brand, world.Today);

    /// <summary>Equally cheap ones stay in the place's order; one whose fee nobody wrote down comes last.</summary>
    private static IEnumerable<RouteCandidate> InOrder(IReadOnlyList<RouteCandidate> looked, RouteQuestion question, RouteWorld world)
    {
        var open = looked.Where(static candidate => candidate.Obstacle is null);
        return world.Cheapest ? open.OrderBy(candidate => candidate.Instance!.Terms.FeeOf(question.Brand, world.Today) ?? decimal.MaxValue) : open;
    }
}
