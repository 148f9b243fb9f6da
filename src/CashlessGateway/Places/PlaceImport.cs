using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>A place with the ways to pay there, in the order in which a screen lists them.</summary>
public sealed record NewPlace(Place Place, IReadOnlyList<PlaceMethod> Methods);

/// <summary>担当者: a clerk at a place, or at all of them where the place is '*'.</summary>
public sealed record Operator(string Code, string Name, string Place);

public sealed record BankAccount(string Code, string Name);

/// <summary>Writes a city and its places from files, inside the caller's unit; the order of a list becomes its position.</summary>
public static class PlaceImport
{
    private static readonly BusinessDate FromTheBeginning = BusinessDate.Of(2000, 1, 1);

    public const string MunicipalityIndex = "municipality_pk";

    public static readonly Sql MunicipalityExists = new("select 1 from municipality where code = @municipality");

    private static readonly Sql InsertMunicipality = new("""
        insert into municipality (code, name, created_at)
        values (@municipality, @name, @now)
        """);

    private static readonly Sql InsertPlace = new("""
        insert into place (municipality, code, kind, name, section, manager, day_control, opens_on, closes_on, position)
        values (@municipality, @code, @kind, @name, @section, @manager, @dayControl, @opensOn, @closesOn, @position)
        """);

    private static readonly Sql InsertMethod = new("""
        insert into place_method (municipality, place, method, presentation, brands, provider, position)
        values (@municipality, @place, @method, @presentation, @brands, @provider, @position)
        """);

    private static readonly Sql DropMethods = new("delete from place_method where municipality = @municipality and place = @place");

    private static readonly Sql InsertTerminal = new("""
        insert into terminal (municipality, code, place, name, kind, created_at)
        values (@municipality, @code, @place, @name, @kind, @now)
        """);

    private static readonly Sql InsertBankAccount = new("""
        insert into bank_account (municipality, code, name)
        values (@municipality, @code, @name)
        """);

    public static Task AddMunicipality(Unit unit, string municipality, string name, Instant now) =>
        unit.Execute(InsertMunicipality, new { municipality, name, now });

    public static async Task AddPlaces(Unit unit, IReadOnlyList<NewPlace> places)
    {
        foreach (var (position, place) in places.Index()) await AddPlace(unit, place, position);
    }

    public static async Task AddPlace(Unit unit, NewPlace added, int position)
    {
        var (place, methods) = added;
        await unit.Execute(InsertPlace, new
        {
            municipality = place.Municipality,
            code = place.Code,
            kind = Names.Of(place.Kind),
            name = place.Name,
            section = place.Section,
            manager = place.Manager,
            dayControl = Names.Of(place.DayControl),
            opensOn = place.OpensOn,
            closesOn = place.ClosesOn,
            position,
        });
        await ReplaceMethods(unit, place.Municipality, place.Code, methods);
    }

    public static async Task AddTerminals(Unit unit, string municipality, IReadOnlyList<Terminal> terminals, Instant now)
    {
        foreach (var terminal in terminals)
            await unit.Execute(InsertTerminal, new { municipality, code = terminal.Code, place = terminal.Place, name = terminal.Name, kind = terminal.Kind, now });
    }

    /// <summary>現金取扱員 from the beginning: a file of a till knows codes and names, no terms.</summary>
    /// <param name="ids">One for each, made before the unit.</param>
    public static async Task AddOperators(Unit unit, string municipality, IReadOnlyList<Operator> operators, IReadOnlyList<string> ids, Instant now)
    {
        foreach (var (clerk, id) in operators.Zip(ids))
            await Appointments.Add(unit, municipality, new Appointment(id, clerk.Code, clerk.Place, clerk.Name, null, CashOffice.CashHandler, null, FromTheBeginning, null), "import", now);
    }

    public static async Task AddBankAccounts(Unit unit, string municipality, IReadOnlyList<BankAccount> accounts)
    {
        foreach (var account in accounts)
            await unit.Execute(InsertBankAccount, new { municipality, code = account.Code, name = account.Name });
    }

    public static async Task ReplaceMethods(Unit unit, string municipality, string place, IReadOnlyList<PlaceMethod> methods)
    {
        await unit.Execute(DropMethods, new { municipality, place });
        foreach (var (position, method) in methods.Index())
        {
            await unit.Execute(InsertMethod, new
            {
                municipality,
                place,
                method = Names.Of(method.Method),
                presentation = Names.Of(method.Presentation),
                brands = method.Brands.Count == 0 ? null : string.Join('|', method.Brands),
                provider = method.Provider,
                position,
            });
        }
    }
}
