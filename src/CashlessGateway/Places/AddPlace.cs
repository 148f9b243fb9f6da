using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>A new counter or facility. It takes cash until somebody says which other ways to pay there are.</summary>
public sealed class AddPlace(Database database, AuditTrail trail)
{
    private const string PlaceKey = "place_pk";

    private static readonly Sql Exists = new("select 1 from place where municipality = @municipality and code = @code and name = @name");

    private static readonly Sql LastPosition = new("select coalesce(max(position), -1) from place where municipality = @municipality");

    public async Task<Problem?> Add(StaffMember by, Place place)
    {
        if (!by.May(Right.ManagePlaces, null)) return new Problem(Errors.PlaceNotAllowed, new Words("収納場所を増やせるのは、すべての収納場所を扱う管理者です。", "Places are added by an administrator of all places."));
        if (place.ClosesOn is { } end && end < place.OpensOn) return Problem.At(Errors.Invalid, "?closesOn", "out-of-range", new Words("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        var said = trail.Prepare(by.Did(AuditActions.PlaceAdded, $"place:{place.Code}", place.Code) with
        {
            After = Pairs.Of(("name", place.Name), ("kind", Names.Of(place.Kind)), ("section", place.Section), ("manager", place.Manager), ("opensOn", place.OpensOn.ToString()), ("closesOn", place.ClosesOn?.ToString())),
        });
        var written = await database.Write(async unit =>
        {
            var position = await unit.One<long>(LastPosition, new { municipality = by.Municipality });
            await PlaceImport.AddPlace(unit, new NewPlace(place with { Municipality = by.Municipality }, [new PlaceMethod(PaymentMethod.Cash, Presentation.Counter, [], null)]), (int)position + 1);
            await said(unit);
            return true;
        }, ReadBack.ByRow(Exists, new { municipality = by.Municipality, code = place.Code, name = place.Name }));
        return written is Written<bool>.Taken { Index: PlaceKey }
            ? Problem.At(Errors.CodeInUse, "?newPlace", "in-use", new Words($"コード {place.Code} は使われています。", $"The code {place.Code} is in use."))
            : null;
    }
}
