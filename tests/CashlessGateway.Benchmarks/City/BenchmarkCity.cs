using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.City;

/// <summary>A city of 50 counters that open by themselves, 10 API clients, one certificate fee.</summary>
internal static class BenchmarkCity
{
    public const string Municipality = "072036";
    public const int Places = 50;
    public const int Clients = 10;
    public const string Fee = "juminhyo";

    /// <summary>Far above what one machine can send: the rate limit is counted, never met.</summary>
    private const int RatePerMinute = 10_000_000;

    private const string Section = "shimin";
    private const string RevenueAccount = "01-13-02-01-03-00";

    public static string Place(int number) => string.Create(CultureInfo.InvariantCulture, $"madoguchi-{(number % Places) + 1:D2}");

    /// <summary>Seeded rows are made by SQL, so ids are written with a letter for their kind and 21 digits; digits are ULID letters too.</summary>
    public static string Client(int number) => string.Create(CultureInfo.InvariantCulture, $"01J0K{number % Clients:D21}");

    /// <returns>The texts of the clients' keys.</returns>
    public static async Task<IReadOnlyList<string>> Found(Engine engine, string connection)
    {
        var clock = new Clock(TimeProvider.System);
        await Migrations.Apply(engine, connection, clock);
        await using Database database = engine == Engine.Sqlite
            ? SqliteDatabase.Open(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource)
            : ServerDatabase.PostgreSql(connection);
        await database.WriteSurely(unit => Write(unit, clock.Now()), ReadBack.SafeToRepeat);
        var clients = new ApiClients(database, clock);
        var keys = new List<string>();
        for (var i = 0; i < Clients; i++)
            keys.Add((await clients.Create(Municipality, Client(i), $"レジ {i}", "live", Scopes.AllButApproval, RatePerMinute)).Text);
        return keys;
    }

    private static async Task<bool> Write(Unit unit, Instant now)
    {
        await PlaceImport.AddMunicipality(unit, Municipality, "計測市", now);
        await PlaceImport.AddPlaces(unit, Enumerable.Range(0, Places).Select(NewPlace).ToList());
        await PlaceImport.AddOperators(unit, Municipality, [new Operator("0042", "計測者", Appointment.Everywhere)], ["00000000000000000000000042"], now);
        await FeeImport.AddAccounts(unit, Municipality, [new NewAccount(RevenueAccount, "住民票手数料", "一般会計", "使用料及び手数料", "手数料", "総務手数料", "住民票手数料", "", YearRule.Receipt, "city", Enterprise: false)]);
        await FeeImport.AddFees(unit, Municipality, [new NewFee(Fee, "住民票の写し", "じゅうみんひょうのうつし", RevenueAccount, TaxClass.Exempt, [PaymentMethod.Cash], Section, ["*counter"])],
            [new NewPrice(Fee, BusinessDate.Of(2020, 4, 1), null, new Yen(300))], new Instant(0));
        return true;
    }

    private static NewPlace NewPlace(int number) => new(new Place
    {
        Municipality = Municipality,
        Code = Place(number),
        Kind = PlaceKind.Counter,
        Name = $"窓口{number + 1}",
        Section = Section,
        DayControl = DayControl.Automatic,
        OpensOn = BusinessDate.Of(2020, 4, 1),
    }, [new PlaceMethod(PaymentMethod.Cash, Presentation.Counter, [], null)]);
}
