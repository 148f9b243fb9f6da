using System.Collections.Concurrent;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>A place with what a payment asks of it.</summary>
public sealed record KnownPlace(Place Place, IReadOnlyList<PlaceMethod> Methods);

/// <summary>
/// Places and terminals as they were a moment ago. They change a few times a year and are asked for with every payment; what
/// must hold at the very instant (the day, the session, the receivable) is proved by conditional writes, not from here.
/// </summary>
public sealed class KnownPlaces
{
    /// <summary>How long another node's change of a place may go unseen here.</summary>
    private const long RememberedMilliseconds = 1_000;

    /// <summary>A large city's clerks, a few times over.</summary>
    private const int MostOperators = 10_000;

    private readonly ConcurrentDictionary<(string Municipality, string Code), (KnownPlace Place, long At)> _places = new();
    private readonly ConcurrentDictionary<(string Municipality, string Place, string Code, BusinessDate Day), long> _operators = new();
    private readonly ConcurrentDictionary<(string Municipality, string Code), (Terminal Terminal, long At)> _terminals = new();

    private readonly ConcurrentDictionary<(string Municipality, string Place), (IReadOnlyList<OpenSession> Sessions, long At)> _sessions = new();

    /// <summary>Null when it is not remembered, or was too long ago.</summary>
    public KnownPlace? Known(string municipality, string code) =>
        _places.TryGetValue((municipality, code), out var known) && Environment.TickCount64 - known.At < RememberedMilliseconds ? known.Place : null;

    /// <summary>What was changed here is seen here at once.</summary>
    public void Forget(string municipality, string code) => _places.TryRemove((municipality, code), out _);

    public bool IsKnownTerminal(string municipality, string code) =>
        _terminals.TryGetValue((municipality, code), out var known) && Environment.TickCount64 - known.At < RememberedMilliseconds;

    public async Task<KnownPlace?> Find(Reader reader, string municipality, string code)
    {
        if (Known(municipality, code) is { } known) return known;
        var now = Environment.TickCount64;
        if (await PlaceStore.Find(reader, municipality, code) is not { } place) return null;
        var found = new KnownPlace(place, await PlaceStore.Methods(reader, municipality, code));
        _places[(municipality, code)] = (found, now);
        return found;
    }

    /// <summary>
    /// The open sessions as they were a moment ago, or null. Which drawer a sum goes to may be chosen from them; that its session
    /// and day are open is proved by the write that gives it its number. A drawer opened here is known at once, one opened on
    /// another node a second later.
    /// </summary>
    public IReadOnlyList<OpenSession>? Sessions(string municipality, string place) =>
        _sessions.TryGetValue((municipality, place), out var known) && Environment.TickCount64 - known.At < RememberedMilliseconds ? known.Sessions : null;

    public void Remember(string municipality, string place, IReadOnlyList<OpenSession> sessions)
    {
        // Nothing open is no answer to keep: the next payment opens something.
        if (sessions.Count > 0) _sessions[(municipality, place)] = (sessions, Environment.TickCount64);
    }

    public void ForgetSessions(string municipality, string place) => _sessions.TryRemove((municipality, place), out _);

    public bool IsKnownOperator(string municipality, string place, string code, BusinessDate day) =>
        _operators.TryGetValue((municipality, place, code, day), out var at) && Environment.TickCount64 - at < RememberedMilliseconds;

    /// <summary>Null when the operator is appointed at the place on that day, or none was sent.</summary>
    public async Task<Problem?> Operator(Reader reader, string municipality, string place, string? code, BusinessDate day)
    {
        if (code is null || IsKnownOperator(municipality, place, code, day)) return null;
        var now = Environment.TickCount64;
        if (!await Appointments.Holds(reader, municipality, place, code, day)) return Appointments.NotRegistered(place, code, day);
        // Yesterday's are not asked for again.
        if (_operators.Count >= MostOperators) _operators.Clear();
        _operators[(municipality, place, code, day)] = now;
        return null;
    }

    public async Task<Terminal?> Terminal(Reader reader, string municipality, string code)
    {
        var now = Environment.TickCount64;
        if (_terminals.TryGetValue((municipality, code), out var known) && now - known.At < RememberedMilliseconds) return known.Terminal;
        if (await PlaceStore.Terminal(reader, municipality, code) is not { } terminal) return null;
        _terminals[(municipality, code)] = (terminal, now);
        return terminal;
    }
}
