using System.Collections.Concurrent;
using System.Security.Cryptography;
using CashlessGateway.Access.Clients;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access;

/// <summary>API clients and their keys.</summary>
public sealed class ApiClients(Database database, Clock clock)
{
    /// <summary>A revoked key lives on at another node for at most this long; each call would otherwise cost a query.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    /// <summary>Last use is for people; a row per call would cost more than it tells.</summary>
    private static readonly TimeSpan LastUsePace = TimeSpan.FromMinutes(1);

    private static readonly Sql Find = new("""
        select k.id, k.municipality, k.client, k.environment, k.secret_hash, k.scopes, k.expires_at, k.revoked_at, k.last_used_at,
               c.name, c.places, c.rate_per_minute, c.ip_ranges, c.office, c.disabled_at
        from api_key k
        join api_client c on c.municipality = k.municipality and c.id = k.client
        where k.id = @id
        """);

    private static readonly Sql Touch = new("""
        update api_key
        set last_used_at = @now
        where id = @id and (last_used_at is null or last_used_at < @before)
        """);

    private static readonly Sql InsertClient = new("""
        insert into api_client (municipality, id, name, places, rate_per_minute, office, created_at)
        values (@municipality, @id, @name, @places, @ratePerMinute, @office, @now)
        """);

    private static readonly Sql InsertKey = new("""
        insert into api_key (id, municipality, client, environment, secret_hash, scopes, created_at, expires_at)
        values (@id, @municipality, @client, @environment, @secretHash, @scopes, @now, @expiresAt)
        """);

    private readonly ConcurrentDictionary<string, (Row? Row, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>The caller behind a key, or why the key is not taken.</summary>
    public async Task<KeyAnswer> Identify(ApiKey key, CancellationToken cancellation)
    {
        var row = await Load(key.Id, cancellation);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, key.SecretHash)) return new KeyAnswer.Unknown(row?.Municipality);
        if (row.RevokedAt is not null || row.DisabledAt is not null) return new KeyAnswer.Revoked(row.Caller);
        var now = clock.Now();
        if (row.ExpiresAt is { } end && end <= now) return new KeyAnswer.Expired(row.Caller);
        if (row.LastUsedAt is not { } used || used.Plus(LastUsePace) < now) await NoteUse(row, now);
        return new KeyAnswer.Known(row.Caller);
    }

    /// <summary>What was changed here is seen here at once.</summary>
    public void Forget(IEnumerable<string> keys)
    {
        foreach (var key in keys) _known.TryRemove(key, out _);
    }

    public async Task<ApiKey> Create(string municipality, string client, string name, string environment, IEnumerable<string> scopes, int ratePerMinute, IReadOnlyCollection<string>? places = null, Instant? expiresAt = null, Office office = Office.Executive)
    {
        var key = ApiKey.New(environment);
        await Add(municipality, client, name, key, scopes, ratePerMinute, places, expiresAt, office);
        return key;
    }

    private Task Add(string municipality, string client, string name, ApiKey key, IEnumerable<string> scopes, int ratePerMinute, IReadOnlyCollection<string>? places, Instant? expiresAt, Office office)
    {
        var now = clock.Now();
        return database.WriteSurely(async unit =>
        {
            await unit.Execute(InsertClient, new { municipality, id = client, name, places = places is null ? null : string.Join('|', places), ratePerMinute, office = Names.Of(office), now });
            return await unit.Execute(InsertKey, new { id = key.Id, municipality, client, environment = key.Environment, secretHash = key.SecretHash, scopes = string.Join(' ', scopes), now, expiresAt });
        }, ReadBack.ByRow(Find, new { id = key.Id }));
    }

    private async Task<Row?> Load(string id, CancellationToken cancellation)
    {
        var ticks = Environment.TickCount64;
        if (_known.TryGetValue(id, out var known) && ticks - known.At < Remembered.TotalMilliseconds) return known.Row;
        var row = await database.One<Row>(Find, new { id }, cancellation);
        // Ids that do not exist are not remembered: they are bounded by nobody.
        if (row is not null) _known[id] = (row, ticks);
        else _known.TryRemove(id, out _);
        return row;
    }

    private async Task NoteUse(Row row, Instant now)
    {
        row.LastUsedAt = now;
        try
        {
            await database.WriteSurely(unit => unit.Execute(Touch, new { id = row.Id, now, before = new Instant(now.Milliseconds - (long)LastUsePace.TotalMilliseconds) }), ReadBack.SafeToRepeat);
        }
        catch (StorageUnavailableException)
        {
            // The call itself will say that the database is away; a missing note of last use is no reason to.
        }
    }

    private sealed class Row
    {
        private Caller? _caller;

        public string Id { get; init; } = "";
        public string Municipality { get; init; } = "";
        public string Client { get; init; } = "";
        public string Environment { get; init; } = "";
        public byte[] SecretHash { get; init; } = [];
        public string Scopes { get; init; } = "";
        public Instant? ExpiresAt { get; init; }
        public Instant? RevokedAt { get; init; }
        public Instant? LastUsedAt { get; set; }
        public string Name { get; init; } = "";
        public string? Places { get; init; }
        public int RatePerMinute { get; init; }
        public string? IpRanges { get; init; }
        public string? Office { get; init; }
        public Instant? DisabledAt { get; init; }

        public Caller Caller => _caller ??= new Caller(Municipality, Client, Name, Id,
            Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
            Places?.Split('|').ToHashSet(StringComparer.Ordinal), RatePerMinute, ExpiresAt)
        {
            Office = Office is null ? Roles.Office.Executive : Names.Parse<Office>(Office),
            Addresses = IpRanges is null ? null : AddressRanges.Parse(IpRanges) ?? throw new InvalidOperationException($"Client {Client} has address ranges that cannot be read."),
        };
    }
}

public abstract record KeyAnswer
{
    private KeyAnswer() { }

    public sealed record Known(Caller Caller) : KeyAnswer;

    /// <summary>There is no such key, or its secret is another; <paramref name="Municipality"/> is that of the key that was named.</summary>
    public sealed record Unknown(string? Municipality) : KeyAnswer;

    /// <summary>The key is right, and was taken back or its client disabled. To its bearer that is no other answer than unknown.</summary>
    public sealed record Revoked(Caller Caller) : KeyAnswer;

    public sealed record Expired(Caller Caller) : KeyAnswer;
}
