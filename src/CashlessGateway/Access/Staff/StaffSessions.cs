using System.Collections.Concurrent;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Staff;

/// <summary>Sessions of people: begun, asked for with every page, handed to a colleague, ended.</summary>
public sealed class StaffSessions(Database database, Clock clock, Ids ids, Func<string, string, Task<SessionKind>> kindOf)
{
    /// <summary>How long another node's end of a session may go unseen here; each page would otherwise cost a query more.</summary>
    private const long RememberedMilliseconds = 1_000;

    /// <summary>As exact as an idle time of half an hour needs to be.</summary>
    private static readonly TimeSpan SeenPace = TimeSpan.FromMinutes(1);

    /// <summary>Sessions of one city on one node, all remembered for a second; more are not remembered.</summary>
    private const int MostRemembered = 10_000;

    private const string Columns = """
        s.municipality, s.id, s.token_hash, s.person, s.kind, s.place, s.stamp, s.created_at, s.seen_at, s.expires_at, s.ended_at,
               p.login, p.name, p.security_stamp, p.disabled_at
        """;

    /// <summary>The cookie says nothing about the city: the session does. A token is 256 random bits, so it is asked for in all of them.</summary>
    private static readonly Sql FindByToken = new($"""
        select {Columns}
        from staff_session s
        join person p on p.municipality = s.municipality and p.id = s.person
        where s.token_hash = @tokenHash
        """);

    private static readonly Sql OpenOf = new($"""
        select {Columns}
        from staff_session s
        join person p on p.municipality = s.municipality and p.id = s.person
        where s.municipality = @municipality and s.person = @person and s.ended_at is null
        order by s.created_at, s.id
        """);

    private static readonly Sql Insert = new("""
        insert into staff_session (municipality, id, token_hash, person, kind, stamp, created_at, seen_at, expires_at)
        values (@municipality, @id, @tokenHash, @person, @kind, @stamp, @now, @now, @expiresAt)
        """);

    private static readonly Sql HasToken = new("select 1 from staff_session where token_hash = @tokenHash");

    /// <summary>Another token each time: one that was planted or seen before opens nothing afterwards.</summary>
    private static readonly Sql HandOver = new("""
        update staff_session
        set token_hash = @newHash, person = @person, kind = @kind, stamp = @stamp, seen_at = @now
        where municipality = @municipality and id = @id and token_hash = @oldHash and ended_at is null
        """);

    private static readonly Sql Touch = new("""
        update staff_session
        set seen_at = @now
        where municipality = @municipality and id = @id and seen_at < @now
        """);

    private static readonly Sql EndOne = new("""
        update staff_session
        set ended_at = @now, ended_why = @why
        where municipality = @municipality and id = @id and person = @person and ended_at is null
        """);

    internal static readonly Sql EndAllOf = new("""
        update staff_session
        set ended_at = @now, ended_why = @why
        where municipality = @municipality and person = @person and ended_at is null
        """);

    private readonly ConcurrentDictionary<string, (StaffSession Session, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>The open session behind a token, or null.</summary>
    public async Task<StaffSession?> Find(SessionToken token, CancellationToken cancellation)
    {
        var hash = token.Hash;
        if (await Load(hash, cancellation) is not { } session) return null;
        var now = clock.Now();
        if (!session.IsOpen(now)) return null;
        if (now - session.SeenAt >= SeenPace) await NoteSeen(session, now);
        return session;
    }

    public Task<List<StaffSession>> Open(string municipality, string person, CancellationToken cancellation) =>
        database.Read(async reader => (await reader.All<StaffSession>(OpenOf, new { municipality, person })).FindAll(session => session.IsOpen(clock.Now())), cancellation);

    /// <summary>A new session; nothing of an earlier one in this browser goes on.</summary>
    public async Task<(SessionToken Token, StaffSession Session)> Begin(Person person, bool setup, StaffSession? earlier, CancellationToken cancellation)
    {
        var (token, id, now) = (SessionToken.New(), ids.Next(), clock.Now());
        var kind = setup ? SessionKind.Setup : await kindOf(person.Municipality, person.Id);
        var row = new
        {
            municipality = person.Municipality,
            id,
            tokenHash = token.Hash,
            person = person.Id,
            kind = Names.Of(kind),
            stamp = person.SecurityStamp,
            now,
            expiresAt = now.Plus(setup ? StaffSession.LongestSetup : StaffSession.Longest),
        };
        await database.WriteSurely(unit => unit.Execute(Insert, row), ReadBack.ByRow(HasToken, new { tokenHash = row.tokenHash }), cancellation);
        if (earlier is not null) await End(earlier, "replaced", cancellation);
        return (token, (await Load(row.tokenHash, cancellation))!);
    }

    /// <summary>Another person acts in the same session from now on, under another token. Null when the session is over, or somebody else was faster.</summary>
    public async Task<(SessionToken Token, StaffSession Session)?> Hand(StaffSession session, Person to, CancellationToken cancellation)
    {
        var (token, now) = (SessionToken.New(), clock.Now());
        var kind = await kindOf(to.Municipality, to.Id);
        var row = new
        {
            municipality = session.Municipality,
            id = session.Id,
            oldHash = session.TokenHash,
            newHash = token.Hash,
            person = to.Id,
            kind = Names.Of(kind),
            stamp = to.SecurityStamp,
            now,
        };
        var handed = await database.WriteSurely(unit => unit.Hit(HandOver, row), ReadBack.ByRow(HasToken, new { tokenHash = row.newHash }), cancellation);
        Forget(session);
        return handed && await Load(row.newHash, cancellation) is { } now2 ? (token, now2) : null;
    }

    public Task<SessionKind> KindOf(Person person) => kindOf(person.Municipality, person.Id);

    public Task<bool> End(StaffSession session, string why, CancellationToken cancellation) => End(session.Municipality, session.Person, session.Id, why, cancellation);

    /// <summary>One session of this person; somebody else's is not found.</summary>
    public async Task<bool> End(string municipality, string person, string id, string why, CancellationToken cancellation)
    {
        var now = clock.Now();
        var ended = await database.WriteSurely(unit => unit.Hit(EndOne, new { municipality, person, id, now, why }), ReadBack.SafeToRepeat, cancellation);
        foreach (var (key, known) in _known)
            if (known.Session.Id == id) _known.TryRemove(key, out _);
        return ended;
    }

    /// <summary>What this node remembers of a person's sessions is asked for again: something about the person changed.</summary>
    public void Forget(string municipality, string person)
    {
        foreach (var (key, known) in _known)
            if (known.Session.Person == person && known.Session.Municipality == municipality) _known.TryRemove(key, out _);
    }

    private void Forget(StaffSession session) => _known.TryRemove(Key(session.TokenHash), out _);

    private async Task<StaffSession?> Load(byte[] hash, CancellationToken cancellation)
    {
        var (key, ticks) = (Key(hash), Environment.TickCount64);
        if (_known.TryGetValue(key, out var known) && ticks - known.At < RememberedMilliseconds) return known.Session;
        var session = await database.One<StaffSession>(FindByToken, new { tokenHash = hash }, cancellation);
        // Tokens that do not exist are not remembered: they are bounded by nobody.
        if (session is null) _known.TryRemove(key, out _);
        else Remember(key, session, ticks);
        return session;
    }

    private void Remember(string key, StaffSession session, long ticks)
    {
        if (_known.Count >= MostRemembered) _known.Clear();
        _known[key] = (session, ticks);
    }

    private async Task NoteSeen(StaffSession session, Instant now)
    {
        session.SeenAt = now;
        try
        {
            await database.WriteSurely(unit => unit.Execute(Touch, new { municipality = session.Municipality, id = session.Id, now }), ReadBack.SafeToRepeat);
        }
        catch (StorageUnavailableException)
        {
            // The page itself will say that the database is away.
        }
    }

    private static string Key(byte[] hash) => Convert.ToHexString(hash);
}
