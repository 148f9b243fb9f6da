using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>POST /v1/places/{code}/favourites: what a counter wants first, all of it in its order. Sent twice, it is the same.</summary>
public sealed class ArrangeFavourites(Database database, PlaceStore places, KnownFees known, Clock clock, AuditTrail trail)
{
    public Operation Route => new("POST", "/v1/places/{code}/favourites", "fees", "What a counter wants first, in this order", Scopes.PlacesWrite, typeof(FavouritesRequest), typeof(FavouritesView), 200,
        [Errors.NotFound, Errors.PlaceNotAllowed, Errors.Invalid, Errors.VersionChanged], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (await places.Find(call.Municipality, call.Route("code"), call.Aborted) is not { } place) return PlaceProblems.NotFound();
        if (!call.Caller.MayUse(place.Code)) return new Problem(Errors.PlaceNotAllowed);
        if (!call.Read(FavouritesRequest.Read).IsOk(out var request, out var problem)) return problem;
        if (await Set(call.Municipality, place, request.Fees, call.Said(AuditActions.FavouritesChanged, $"place:{place.Code}", place.Code)) is { } refused) return refused;
        return Reply.Ok(new FavouritesView(place.Code, request.Fees));
    }

    /// <summary>By somebody at the page.</summary>
    internal async Task<Problem?> Set(StaffMember by, string place, IReadOnlyList<string> fees) =>
        by.May(Right.ManageFees, place) && await places.Find(by.Municipality, place) is { } found
            ? await Set(by.Municipality, found, fees, by.Did(AuditActions.FavouritesChanged, $"place:{place}", place))
            : PlaceProblems.NotFound();

    private async Task<Problem?> Set(string municipality, Place place, IReadOnlyList<string> fees, AuditEvent did)
    {
        var here = (await known.Of(municipality, clock.Today())).At(place).Select(static fee => fee.Item.Code).ToHashSet(StringComparer.Ordinal);
        var wrong = fees.Index().Where(fee => !here.Contains(fee.Item))
            .Select(fee => new Violation($"/fees/{fee.Index}", "not-charged-here", new Words($"{fee.Item} は {place.Name} では扱いません。", $"{fee.Item} is not charged at {place.Code}."))).ToList();
        if (wrong.Count > 0) return new Problem(Errors.Invalid, wrong[0].Detail, wrong);
        var said = trail.Prepare(did with { After = Pairs.Of(("fees", string.Join(FeeItem.Separator, fees))) });
        var written = await database.Write(async unit =>
        {
            await FavouriteStore.Set(unit, municipality, place.Code, fees);
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        known.Forget(municipality);
        return written is Written<bool>.Done ? null : new Problem(Errors.VersionChanged);
    }
}

public sealed record FavouritesRequest(IReadOnlyList<string> Fees)
{
    public static FavouritesRequest Read(BodyObject body) => new(body.Texts("fees", FavouriteStore.Most, CodeText.Longest) ?? []);
}

public sealed record FavouritesView(string Place, IReadOnlyList<string> Fees);
