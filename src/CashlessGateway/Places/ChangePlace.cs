using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>What people change of a place: its name, its section, and the days between which it is in use. Nothing that was booked there changes with it.</summary>
public sealed record PlaceForm(string Name, string Section, BusinessDate OpensOn, BusinessDate? ClosesOn);

public sealed class ChangePlace(Database database, AuditTrail trail)
{
    private static readonly Sql Update = new("""
        update place
        set name = @name, section = @section, opens_on = @opensOn, closes_on = @closesOn
        where municipality = @municipality and code = @code
        """);

    public async Task<Problem?> Change(StaffMember by, string code, PlaceForm form)
    {
        if (await database.Read(reader => PlaceStore.Find(reader, by.Municipality, code)) is not { } place || !by.May(Right.ManagePlaces, code)) return PlaceProblems.NotFound();
        if (form.ClosesOn is { } end && end < form.OpensOn) return Problem.At(Errors.Invalid, "?closesOn", "out-of-range", new Words("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        var said = trail.Prepare(by.Did(AuditActions.PlaceChanged, $"place:{code}", code) with
        {
            Before = Pairs.Of(("name", place.Name), ("section", place.Section), ("opensOn", place.OpensOn.ToString()), ("closesOn", place.ClosesOn?.ToString())),
            After = Pairs.Of(("name", form.Name), ("section", form.Section), ("opensOn", form.OpensOn.ToString()), ("closesOn", form.ClosesOn?.ToString())),
        });
        await database.WriteSurely(async unit =>
        {
            await unit.Execute(Update, new { municipality = by.Municipality, code, name = form.Name, section = form.Section, opensOn = form.OpensOn, closesOn = form.ClosesOn });
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        return null;
    }
}
