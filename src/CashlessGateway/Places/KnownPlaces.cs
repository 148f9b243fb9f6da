using System.Collections.Concurrent;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>A place with what a payment asks of it.</summary>
public sealed record KnownPlace(Place Place, IReadOnlyList<PlaceMethod> Methods);

/// <summary>
/// Places and terminals as they were a moment ago. They change a few times a year and are asked for with every payment; what
/// must hold at the very instant (the day, the session, the receivable) is never taken from here.
/// </summary>
public sealed class KnownPlaces
{
    /// <summary>How long another node's change of a place may go unseen here.</summary>
    private const long RememberedMilliseconds = 1_000;

    private readonly ConcurrentDictionary<(string Municipality, string Code), (KnownPlace Place, long At)> _places = new();
    private readonly ConcurrentDictionary<(string Municipality, string Code), (Terminal Terminal, long At)> _terminals = new();

    public async Task<KnownPlace?> Find(Reader reader, string municipality, string code)
    {
        var now = Environment.TickCount64;
        if (_places.TryGetValue((municipality, code), out var known) && now - known.At < RememberedMilliseconds) return known.Place;
        if (await PlaceStore.Find(reader, municipality, code) is not { } place) return null;
        var found = new KnownPlace(place, await PlaceStore.Methods(reader, municipality, code));
        _places[(municipality, code)] = (found, now);
        return found;
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
