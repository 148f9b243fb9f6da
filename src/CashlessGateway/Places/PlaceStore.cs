using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>Places, their methods and terminals, as they lie in the database.</summary>
public sealed class PlaceStore(Database database)
{
    private const string PlaceColumns = "p.municipality, p.code, p.kind, p.name, p.section, p.manager, p.day_control, p.opens_on, p.closes_on";

    private static readonly Sql FindPlace = new($"""
        select {PlaceColumns}
        from place p
        where p.municipality = @municipality and p.code = @code
        """);

    private static readonly Sql ListPlaces = new($"""
        select {PlaceColumns}
        from place p
        where p.municipality = @municipality
        order by p.position, p.code
        """);

    private static readonly Sql ListMethods = new("""
        select place, method, presentation, brands, provider
        from place_method
        where municipality = @municipality
        order by place, position
        """);

    private static readonly Sql MethodsOf = new("""
        select place, method, presentation, brands, provider
        from place_method
        where municipality = @municipality and place = @place
        order by position
        """);

    private static readonly Sql DaysOn = new("""
        select place, state
        from place_day
        where municipality = @municipality and date = @date
        """);

    private static readonly Sql DayOf = new("""
        select place, state
        from place_day
        where municipality = @municipality and place = @place and date = @date
        """);

    private static readonly Sql ListTerminals = new("""
        select code, place, name, kind, printer
        from terminal
        where municipality = @municipality
        order by code
        """);

    internal static readonly Sql FindTerminal = new("""
        select code, place, name, kind, printer
        from terminal
        where municipality = @municipality and code = @code
        """);

    private static readonly Sql InsertTerminal = new("""
        insert into terminal (municipality, code, place, name, kind, created_at)
        values (@municipality, @code, @place, @name, @kind, @now)
        """);

    private static readonly Sql FindOperator = new("""
        select name
        from appointment
        where municipality = @municipality and code = @code and place in (@place, '*') and valid_from <= @day and (valid_to is null or valid_to >= @day)
        """);

    private static readonly Sql CityName = new("select name from municipality where code = @municipality");

    public static readonly Sql Municipalities = new("select code from municipality order by code");

    public Task<Place?> Find(string municipality, string code, CancellationToken cancellation = default) =>
        database.Read(reader => Find(reader, municipality, code), cancellation);

    public static async Task<Place?> Find(Reader reader, string municipality, string code) =>
        (await reader.One<PlaceRow>(FindPlace, new { municipality, code }))?.Place;

    /// <summary>All of a city, in their order.</summary>
    public static async Task<IReadOnlyList<Place>> List(Reader reader, string municipality) =>
        (await reader.All<PlaceRow>(ListPlaces, new { municipality })).ConvertAll(row => row.Place);

    public static async Task<IReadOnlyList<PlaceMethod>> Methods(Reader reader, string municipality, string place) =>
        (await reader.All<MethodRow>(MethodsOf, new { municipality, place })).ConvertAll(row => row.Value);

    public Task<string?> NameOfCity(string municipality) => database.One<string>(CityName, new { municipality });

    public async Task<string?> NameOfOperator(string municipality, string place, string? code, BusinessDate day) =>
        code is null ? null : await database.One<string>(FindOperator, new { municipality, place, code, day });

    public Task<IReadOnlyList<PlaceToday>> All(string municipality, BusinessDate today, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<PlaceToday>>(async reader =>
        {
            var places = await reader.All<PlaceRow>(ListPlaces, new { municipality });
            var methods = (await reader.All<MethodRow>(ListMethods, new { municipality })).ToLookup(row => row.Place, StringComparer.Ordinal);
            var days = (await reader.All<DayRow>(DaysOn, new { municipality, date = today })).ToDictionary(row => row.Place, row => row.State, StringComparer.Ordinal);
            return places.ConvertAll(row => new PlaceToday(row.Place, methods[row.Code].Select(method => method.Value).ToList(), today,
                days.TryGetValue(row.Code, out var state) ? Names.Parse<DayState>(state) : DayState.NotOpened));
        }, cancellation);

    public Task<PlaceToday?> One(string municipality, string code, BusinessDate today, CancellationToken cancellation) =>
        database.Read(async reader =>
        {
            if (await Find(reader, municipality, code) is not { } place) return null;
            var day = await reader.One<DayRow>(DayOf, new { municipality, place = code, date = today });
            return new PlaceToday(place, await Methods(reader, municipality, code), today, day is null ? DayState.NotOpened : Names.Parse<DayState>(day.State));
        }, cancellation);

    public Task<List<Terminal>> Terminals(string municipality, CancellationToken cancellation) =>
        database.Read(async reader => (await reader.All<TerminalRow>(ListTerminals, new { municipality })).ConvertAll(row => row.Terminal), cancellation);

    public static async Task<Terminal?> Terminal(Reader reader, string municipality, string code) =>
        (await reader.One<TerminalRow>(FindTerminal, new { municipality, code }))?.Terminal;

    /// <param name="alongside">What else belongs into the same unit.</param>
    public Task<Written<int>> Add(string municipality, Terminal terminal, Instant now, Func<Unit, Task> alongside) =>
        database.Write(async unit =>
        {
            var rows = await unit.Execute(InsertTerminal, new { municipality, code = terminal.Code, place = terminal.Place, name = terminal.Name, kind = terminal.Kind, now });
            await alongside(unit);
            return rows;
        }, ReadBack.ByRow(FindTerminal, new { municipality, code = terminal.Code }));

    private sealed class PlaceRow
    {
        public string Municipality { get; init; } = "";
        public string Code { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public string Section { get; init; } = "";
        public string? Manager { get; init; }
        public string DayControl { get; init; } = "";
        public BusinessDate OpensOn { get; init; }
        public BusinessDate? ClosesOn { get; init; }

        public Place Place => new()
        {
            Municipality = Municipality,
            Code = Code,
            Kind = Names.Parse<PlaceKind>(Kind),
            Name = Name,
            Section = Section,
            Manager = Manager,
            DayControl = Names.Parse<DayControl>(DayControl),
            OpensOn = OpensOn,
            ClosesOn = ClosesOn,
        };
    }

    private sealed class MethodRow
    {
        public string Place { get; init; } = "";
        public string Method { get; init; } = "";
        public string Presentation { get; init; } = "";
        public string? Brands { get; init; }
        public string? Provider { get; init; }

        public PlaceMethod Value => new(Names.Parse<PaymentMethod>(Method), Names.Parse<Presentation>(Presentation), Brands?.Split('|') ?? [], Provider);
    }

    private sealed class DayRow
    {
        public string Place { get; init; } = "";
        public string State { get; init; } = "";
    }

    private sealed class TerminalRow
    {
        public string Code { get; init; } = "";
        public string Place { get; init; } = "";
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Printer { get; init; }

        public Terminal Terminal => new(Code, Place, Name, Kind, Printer);
    }
}

public sealed record PlaceToday(Place Place, IReadOnlyList<PlaceMethod> Methods, BusinessDate Date, DayState State);
