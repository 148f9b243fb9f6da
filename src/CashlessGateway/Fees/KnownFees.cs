using System.Collections.Concurrent;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>An item as one place offers it.</summary>
public sealed record FeeAtPlace(FeeItem Item, bool Favourite);

/// <summary>What may be sold in a city on one day, in the order of the catalogue, and what each counter wants first.</summary>
public sealed class Catalogue(IReadOnlyList<FeeItem> items, ILookup<string, string> favourites)
{
    public IReadOnlyList<FeeItem> Items { get; } = items;

    /// <summary>Codes in their order. One that has ended is still among them.</summary>
    public IReadOnlyList<string> FavouritesOf(string place) => [.. favourites[place]];

    /// <summary>What the place charges: its favourites in their order, then the rest in the catalogue's.</summary>
    public IReadOnlyList<FeeAtPlace> At(Place place)
    {
        var here = Items.Where(item => item.IsChargedAt(place)).ToDictionary(static item => item.Code, StringComparer.Ordinal);
        var first = favourites[place.Code].Where(here.ContainsKey).Select(code => new FeeAtPlace(here[code], Favourite: true)).ToList();
        var codes = first.Select(static fee => fee.Item.Code).ToHashSet(StringComparer.Ordinal);
        return [.. first, .. Items.Where(item => here.ContainsKey(item.Code) && !codes.Contains(item.Code)).Select(static item => new FeeAtPlace(item, Favourite: false))];
    }
}

/// <summary>
/// Catalogues as they were a moment ago: five hundred items, asked for with every sale, changed a few times a year. A change begins tomorrow at
/// the earliest, and a new item today, so that a second late shows no wrong price. What a sale charges is read in its own unit all the same.
/// </summary>
public sealed class KnownFees(Database database)
{
    /// <summary>How long a new item, or another node's favourites, may go unseen here.</summary>
    private const long RememberedMilliseconds = 1_000;

    /// <summary>Today and a few past days for each of a few cities; somebody walks through the years.</summary>
    private const int MostDays = 40;

    private readonly ConcurrentDictionary<(string Municipality, BusinessDate Day), (Catalogue Catalogue, long At)> _known = new();

    public async Task<Catalogue> Of(string municipality, BusinessDate day, CancellationToken cancellation = default)
    {
        var now = Environment.TickCount64;
        if (_known.TryGetValue((municipality, day), out var known) && now - known.At < RememberedMilliseconds) return known.Catalogue;
        var catalogue = await database.Read(reader => FeeStore.Catalogue(reader, municipality, day), cancellation);
        if (_known.Count >= MostDays) _known.Clear();
        _known[(municipality, day)] = (catalogue, now);
        return catalogue;
    }

    /// <summary>What was changed here is seen here at once.</summary>
    public void Forget(string municipality)
    {
        foreach (var key in _known.Keys.Where(key => key.Municipality == municipality)) _known.TryRemove(key, out _);
    }
}
