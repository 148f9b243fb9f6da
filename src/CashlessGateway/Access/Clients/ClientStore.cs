using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Clients;

/// <summary>An API client as people see it.</summary>
public sealed record ClientRow
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Description { get; init; }

    /// <summary>Joined by '|'; null for all.</summary>
    public string? Places { get; init; }

    public int RatePerMinute { get; init; }
    public string? IpRanges { get; init; }
    public string? Office { get; init; }
    public Instant CreatedAt { get; init; }
    public string? CreatedBy { get; init; }
    public Instant? DisabledAt { get; init; }
    public string? DisabledBy { get; init; }

    /// <summary>Clients of earlier releases act for the ordering side.</summary>
    public Roles.Office ActsFor => Office is null ? Roles.Office.Executive : Names.Parse<Roles.Office>(Office);

    public IReadOnlyList<string>? PlaceList => Places?.Split('|');

    /// <summary>Somebody limited to places deals only with clients that use no other place.</summary>
    public bool MayBeManagedBy(Roles.StaffMember staff, Roles.Right right) => PlaceList is { } own ? own.All(place => staff.May(right, place)) : staff.May(right, null);
}

/// <summary>A key, without what proves it.</summary>
public sealed record KeyRow
{
    public string Id { get; init; } = "";
    public string Client { get; init; } = "";
    public string Environment { get; init; } = "";
    public string Scopes { get; init; } = "";
    public string? Name { get; init; }
    public Instant CreatedAt { get; init; }
    public string? CreatedBy { get; init; }
    public Instant? ExpiresAt { get; init; }
    public Instant? RevokedAt { get; init; }
    public string? RevokedBy { get; init; }
    public Instant? LastUsedAt { get; init; }

    public bool IsOpenAt(Instant now) => RevokedAt is null && (ExpiresAt is not { } end || end > now);
}

/// <summary>Clients and keys as people manage them. What a call needs of them is read by <see cref="ApiClients"/>.</summary>
internal static class ClientStore
{
    /// <summary>A city has some dozens; beyond it something else is wrong.</summary>
    public const int Most = 500;

    private const string ClientColumns = "c.id, c.name, c.description, c.places, c.rate_per_minute, c.ip_ranges, c.office, c.created_at, c.created_by, c.disabled_at, c.disabled_by";
    private const string KeyColumns = "k.id, k.client, k.environment, k.scopes, k.name, k.created_at, k.created_by, k.expires_at, k.revoked_at, k.revoked_by, k.last_used_at";

    private static readonly Sql ListClients = new($"""
        select {ClientColumns}
        from api_client c
        where c.municipality = @municipality
        order by c.name, c.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql FindClient = new($"""
        select {ClientColumns}
        from api_client c
        where c.municipality = @municipality and c.id = @id
        """);

    private static readonly Sql ListKeys = new($"""
        select {KeyColumns}
        from api_key k
        where k.municipality = @municipality
        order by k.created_at desc, k.id
        """);

    private static readonly Sql ListKeysOf = new($"""
        select {KeyColumns}
        from api_key k
        where k.municipality = @municipality and k.client = @client
        order by k.created_at desc, k.id
        """);

    private static readonly Sql InsertClient = new("""
        insert into api_client (municipality, id, name, description, places, rate_per_minute, ip_ranges, office, created_at, created_by)
        values (@municipality, @id, @name, @description, @places, @ratePerMinute, @ipRanges, @office, @now, @by)
        """);

    private static readonly Sql UpdateClient = new("""
        update api_client
        set name = @name, description = @description, rate_per_minute = @ratePerMinute, ip_ranges = @ipRanges
        where municipality = @municipality and id = @id and disabled_at is null
        """);

    private static readonly Sql DisableClient = new("""
        update api_client
        set disabled_at = @now, disabled_by = @by
        where municipality = @municipality and id = @id and disabled_at is null
        """);

    private static readonly Sql InsertKey = new("""
        insert into api_key (id, municipality, client, environment, secret_hash, scopes, name, created_at, created_by, expires_at)
        values (@id, @municipality, @client, @environment, @secretHash, @scopes, @name, @now, @by, @expiresAt)
        """);

    /// <summary>Never later than it would have ended anyhow.</summary>
    private static readonly Sql EndKey = new("""
        update api_key
        set expires_at = @end
        where municipality = @municipality and id = @id and revoked_at is null and (expires_at is null or expires_at > @end)
        """);

    private static readonly Sql RevokeKey = new("""
        update api_key
        set revoked_at = @now, revoked_by = @by
        where municipality = @municipality and id = @id and client = @client and revoked_at is null
        """);

    public static Task<List<ClientRow>> Clients(Reader reader, string municipality) => reader.All<ClientRow>(ListClients, new { municipality, most = Most });

    public static Task<ClientRow?> Client(Reader reader, string municipality, string id) => reader.One<ClientRow>(FindClient, new { municipality, id });

    public static Task<List<KeyRow>> Keys(Reader reader, string municipality) => reader.All<KeyRow>(ListKeys, new { municipality });

    public static Task<List<KeyRow>> KeysOf(Reader reader, string municipality, string client) => reader.All<KeyRow>(ListKeysOf, new { municipality, client });

    public static Task Add(Unit unit, string municipality, string id, ClientForm form, string by, Instant now) => unit.Execute(InsertClient, new
    {
        municipality,
        id,
        name = form.Name,
        description = form.Description,
        places = form.Places is null ? null : string.Join('|', form.Places),
        ratePerMinute = form.RatePerMinute,
        ipRanges = form.IpRanges,
        office = Names.Of(form.Office),
        now,
        by,
    });

    public static Task<bool> Change(Unit unit, string municipality, string id, ClientForm form) =>
        unit.Hit(UpdateClient, new { municipality, id, name = form.Name, description = form.Description, ratePerMinute = form.RatePerMinute, ipRanges = form.IpRanges });

    public static Task<bool> Disable(Unit unit, string municipality, string id, string by, Instant now) => unit.Hit(DisableClient, new { municipality, id, by, now });

    public static Task AddKey(Unit unit, string municipality, string client, KeyToMake key, string by, Instant now) => unit.Execute(InsertKey, new
    {
        id = key.Id,
        municipality,
        client,
        environment = key.Environment,
        secretHash = Convert.FromHexString(key.SecretHash),
        scopes = string.Join(' ', key.Scopes),
        name = key.Name,
        now,
        by,
        expiresAt = key.ExpiresAt,
    });

    public static Task<bool> End(Unit unit, string municipality, string id, Instant end) => unit.Hit(EndKey, new { municipality, id, end });

    public static Task<bool> Revoke(Unit unit, string municipality, string client, string id, string by, Instant now) => unit.Hit(RevokeKey, new { municipality, client, id, by, now });
}
