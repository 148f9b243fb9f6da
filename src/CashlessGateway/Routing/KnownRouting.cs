using System.Collections.Concurrent;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Routing;

/// <summary>Routing facts as they were a moment ago: asked for with every payment, changed a few times a year. What was changed here is seen here at once.</summary>
public sealed class KnownRouting(Database database, Clock clock)
{
    /// <summary>How long another node's stop switch may go unseen here.</summary>
    private const long RememberedMilliseconds = 1_000;

    private readonly ConcurrentDictionary<string, (RoutingFacts Facts, long At)> _known = new(StringComparer.Ordinal);

    public async Task<RoutingFacts> Of(Reader reader, string municipality)
    {
        var ticks = Environment.TickCount64;
        if (_known.TryGetValue(municipality, out var known) && ticks - known.At < RememberedMilliseconds) return known.Facts;
        var facts = await RoutingStore.Load(reader, municipality, clock.Now());
        _known[municipality] = (facts, ticks);
        return facts;
    }

    public Task<RoutingFacts> Of(string municipality) => database.Read(reader => Of(reader, municipality));

    public void Forget(string municipality) => _known.TryRemove(municipality, out _);
}
