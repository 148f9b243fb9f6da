using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Roles;

/// <summary>Grants as they lie in the database. None is ever removed.</summary>
internal static class RoleStore
{
    private const string Columns = "g.id, g.person, g.role, g.place, g.valid_from, g.valid_to, g.granted_at, g.granted_by, g.ended_at, g.ended_by";

    private static readonly Sql Insert = new("""
        insert into role_grant (municipality, id, person, role, place, valid_from, valid_to, granted_at, granted_by)
        values (@municipality, @id, @person, @role, @place, @validFrom, @validTo, @now, @by)
        """);

    /// <summary>An end only comes nearer: more time is another grant, which is looked at like any other.</summary>
    private static readonly Sql WriteEnd = new("""
        update role_grant
        set valid_to = @lastDay, ended_at = @now, ended_by = @by
        where municipality = @municipality and id = @id and (valid_to is null or valid_to > @lastDay)
        """);

    private static readonly Sql Find = new($"""
        select {Columns}
        from role_grant g
        where g.municipality = @municipality and g.id = @id
        """);

    private static readonly Sql ListOfPerson = new($"""
        select {Columns}
        from role_grant g
        where g.municipality = @municipality and g.person = @person
        order by g.valid_from desc, g.id desc
        """);

    private static readonly Sql ListToday = new($"""
        select {Columns}
        from role_grant g
        where g.municipality = @municipality and g.valid_from <= @today and (g.valid_to is null or g.valid_to >= @today)
        order by g.person, g.role
        """);

    private static readonly Sql AnyOtherApprover = new("""
        select 1
        from role_grant
        where municipality = @municipality and person <> @person and role {{in @roles}}
        """);

    internal static readonly Sql Exists = new("select 1 from role_grant where municipality = @municipality and id = @id");

    public static Task Add(Unit unit, string municipality, RoleGrant grant, string by, Instant now) => unit.Execute(Insert, new
    {
        municipality,
        id = grant.Id,
        person = grant.Person,
        role = Names.Of(grant.Role),
        place = grant.Place,
        validFrom = grant.ValidFrom,
        validTo = grant.ValidTo,
        now,
        by,
    });

    public static Task<bool> End(Unit unit, string municipality, string id, BusinessDate lastDay, string by, Instant now) => unit.Hit(WriteEnd, new { municipality, id, lastDay, by, now });

    public static async Task<RoleGrant?> One(Reader reader, string municipality, string id) => (await reader.One<Row>(Find, new { municipality, id }))?.Grant;

    public static async Task<List<RoleGrant>> OfPerson(Reader reader, string municipality, string person) =>
        (await reader.All<Row>(ListOfPerson, new { municipality, person })).ConvertAll(static row => row.Grant);

    public static async Task<List<RoleGrant>> Today(Reader reader, string municipality, BusinessDate today) =>
        (await reader.All<Row>(ListToday, new { municipality, today })).ConvertAll(static row => row.Grant);

    /// <summary>Whether anybody else holds, held or will hold a role that approves.</summary>
    public static Task<bool> HasAnyOtherApproved(Reader reader, string municipality, string person) =>
        reader.Exists(AnyOtherApprover, new { municipality, person, roles = Enum.GetValues<Role>().Where(static role => role.Approves()).Select(Names.Of).ToArray() });

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Person { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Place { get; init; }
        public BusinessDate ValidFrom { get; init; }
        public BusinessDate? ValidTo { get; init; }
        public Instant GrantedAt { get; init; }
        public string GrantedBy { get; init; } = "";
        public Instant? EndedAt { get; init; }
        public string? EndedBy { get; init; }

        public RoleGrant Grant => new(Id, Person, Names.Parse<Role>(Role), Place, ValidFrom, ValidTo) { GrantedAt = GrantedAt, GrantedBy = GrantedBy, EndedAt = EndedAt, EndedBy = EndedBy };
    }
}
