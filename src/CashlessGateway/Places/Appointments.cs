using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>Appointments as they lie in the database, and their changes by people. None is ever removed: what a receipt says stays explained.</summary>
public sealed class Appointments(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    private const string Columns = "a.id, a.code, a.place, a.name, a.person, a.office, a.post, a.valid_from, a.valid_to";

    private static readonly Sql List = new($"""
        select {Columns}
        from appointment a
        where a.municipality = @municipality
        order by a.code, a.place, a.valid_from desc
        """);

    private static readonly Sql OfCode = new($"""
        select {Columns}
        from appointment a
        where a.municipality = @municipality and a.code = @code
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from appointment a
        where a.municipality = @municipality and a.id = @id
        """);

    private static readonly Sql IsAppointed = new("""
        select 1
        from appointment
        where municipality = @municipality and code = @code and place in (@place, '*') and valid_from <= @day and (valid_to is null or valid_to >= @day)
        """);

    private static readonly Sql OfPerson = new("""
        select code
        from appointment
        where municipality = @municipality and person = @person and place in (@place, '*') and valid_from <= @day and (valid_to is null or valid_to >= @day)
        order by case when place = '*' then 1 else 0 end, code
        """);

    internal static readonly Sql Insert = new("""
        insert into appointment (municipality, id, code, place, name, person, office, post, valid_from, valid_to, created_at, created_by)
        values (@municipality, @id, @code, @place, @name, @person, @office, @post, @validFrom, @validTo, @now, @by)
        """);

    private static readonly Sql WriteEnd = new("""
        update appointment
        set valid_to = @lastDay
        where municipality = @municipality and id = @id and (valid_to is null or valid_to > @lastDay)
        """);

    private static readonly Sql Exists = new("select 1 from appointment where municipality = @municipality and id = @id");

    /// <summary>No index can say that periods do not overlap, so appointments of one city are made one after the other.</summary>
    private static readonly Sql HoldCity = new("""
        update municipality
        set name = name
        where code = @municipality
        """);

    public Task<List<Appointment>> All(string municipality, CancellationToken cancellation = default) =>
        database.Read(async reader => (await reader.All<Row>(List, new { municipality })).ConvertAll(static row => row.Appointment), cancellation);

    /// <summary>Whether a code that a till sent names somebody of this place on this day.</summary>
    internal static Task<bool> Holds(Reader reader, string municipality, string place, string code, BusinessDate day) => reader.Exists(IsAppointed, new { municipality, place, code, day });

    /// <summary>The codes under which a member of staff may have cash in hand here on this day.</summary>
    internal static Task<List<string>> CodesOf(Reader reader, string municipality, string place, string person, BusinessDate day) =>
        reader.All<string>(OfPerson, new { municipality, place, person, day });

    /// <summary>Null when the operator may stand on it, or none was sent.</summary>
    internal static async Task<Problem?> Check(Reader reader, string municipality, string place, string? code, BusinessDate day, string pointer = "/operator") =>
        code is null || await Holds(reader, municipality, place, code, day) ? null : NotRegistered(place, code, day, pointer);

    /// <summary>Under which code somebody takes money at a place; null when they are not appointed there.</summary>
    internal static Task<string?> CodeOf(Reader reader, string municipality, string place, string person, BusinessDate day) => reader.One<string>(OfPerson, new { municipality, person, place, day });

    internal static Problem NotRegistered(string place, string code, BusinessDate day, string pointer = "/operator") => Problem.At(Errors.OperatorNotRegistered, pointer, "operator-not-registered",
        new Words($"担当者 {code} は {day} に収納場所 {place} で任命されていません。市の管理者に任命の登録を頼んでください。", $"Operator {code} is not appointed at {place} on {day}: ask the city to register the appointment."));

    internal static Task Add(Unit unit, string municipality, Appointment wanted, string by, Instant now) => unit.Execute(Insert, new
    {
        municipality,
        id = wanted.Id,
        code = wanted.Code,
        place = wanted.Place,
        name = wanted.Name,
        person = wanted.Person,
        office = Names.Of(wanted.Office),
        post = wanted.Post,
        validFrom = wanted.ValidFrom,
        validTo = wanted.ValidTo,
        now,
        by,
    });

    public async Task<Result<Appointment>> Appoint(StaffMember by, Appointment asked)
    {
        var wanted = asked with { Id = ids.Next() };
        var place = wanted.Place == Appointment.Everywhere ? null : wanted.Place;
        if (!by.May(Right.ManagePeople, place)) return new Problem(Errors.PlaceNotAllowed, new Words("この収納場所の任命を扱うことはできません。", "You cannot appoint at this place."));
        if (wanted.ValidTo is { } end && end < wanted.ValidFrom) return Problem.At(Errors.Invalid, "?validTo", "out-of-range", new Words("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        var now = clock.Now();
        var said = trail.Prepare(by.Did(AuditActions.AppointmentMade, $"appointment:{wanted.Id}", place) with
        {
            After = Pairs.Of(("operator", wanted.Code), ("name", wanted.Name), ("office", Names.Of(wanted.Office)), ("post", wanted.Post), ("validFrom", wanted.ValidFrom.ToString()), ("validTo", wanted.ValidTo?.ToString())),
        });
        return await database.WriteSurely<Result<Appointment>>(async unit =>
        {
            await unit.Execute(HoldCity, new { municipality = by.Municipality });
            if (place is not null && await PlaceStore.Find(unit, by.Municipality, place) is null)
                return unit.Abandon<Result<Appointment>>(Problem.At(Errors.UnknownPlace, "?place", "unknown-place", new Words("この収納場所はありません。", "There is no such place.")));
            var others = (await unit.All<Row>(OfCode, new { municipality = by.Municipality, code = wanted.Code })).ConvertAll(static row => row.Appointment);
            if (AppointmentRules.Overlap(wanted, others) is { } problem) return unit.Abandon<Result<Appointment>>(problem);
            await Add(unit, by.Municipality, wanted, by.Principal, now);
            await said(unit);
            return wanted;
        }, ReadBack.ByRow(Exists, new { municipality = by.Municipality, id = wanted.Id }));
    }

    public async Task<Problem?> End(StaffMember by, string id, BusinessDate lastDay)
    {
        if ((await database.One<Row>(FindOne, new { municipality = by.Municipality, id }))?.Appointment is not { } found || !by.May(Right.ManagePeople, found.Place == Appointment.Everywhere ? null : found.Place))
            return Problem.Missing(new Words("この任命はありません。", "There is no such appointment."));
        if (lastDay < clock.Today().AddDays(-1)) return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words("終わりの日はきのう以後にしてください。", "The last day must be yesterday or later."));
        if (found.ValidTo is { } end && end <= lastDay) return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words($"いまの終わりの日（{end}）より前にしてください。", $"It must lie before the present end ({end})."));
        var said = trail.Prepare(by.Did(AuditActions.AppointmentEnded, $"appointment:{id}", found.Place == Appointment.Everywhere ? null : found.Place) with
        {
            Before = Pairs.Of(("validTo", found.ValidTo?.ToString())),
            After = Pairs.Of(("operator", found.Code), ("validTo", lastDay.ToString())),
        });
        return await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await unit.Hit(WriteEnd, new { municipality = by.Municipality, id, lastDay })) return unit.Abandon<Problem?>(new Problem(Errors.VersionChanged));
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Code { get; init; } = "";
        public string Place { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Person { get; init; }
        public string Office { get; init; } = "";
        public string? Post { get; init; }
        public BusinessDate ValidFrom { get; init; }
        public BusinessDate? ValidTo { get; init; }

        public Appointment Appointment => new(Id, Code, Place, Name, Person, Names.Parse<CashOffice>(Office), Post, ValidFrom, ValidTo);
    }
}
