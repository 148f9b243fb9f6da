using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>
/// Turns rows of the outbox into deliveries, one per endpoint that wants the event, and takes the row away in the same commit: so
/// an event is in the outbox or on its way, never both and never neither.
/// </summary>
public sealed class FanOut(Database database, Clock clock, Ids ids)
{
    /// <summary>On SQLite payments wait while a unit runs; this many rows take a few milliseconds.</summary>
    private const int MostEventsInUnit = 500;

    /// <summary>Rows one statement deletes; a shorter list repeats its last row, so that the text is always the same.</summary>
    private const int RowsInDelete = 100;

    private static readonly Sql AnyWaiting = new("""
        select event
        from outbox
        where municipality = @municipality
        order by event
        {{limit 1}}
        """);

    /// <summary>
    /// By id, which is the order of the primary key and nearly that of time; what order matters, that of one object's events, is kept by the
    /// deliveries. The place is the object's own.
    /// </summary>
    private static readonly Sql Waiting = new("""
        select v.id, v.type, v.object, v.sequence, v.occurred_at, coalesce(v.place, f.place, p.place, r.place) as place
        from outbox o
        join event v on v.municipality = o.municipality and v.id = o.event
        left join refund f on f.municipality = v.municipality and f.id = v.object
        left join payment p on p.municipality = v.municipality and p.id = v.object
        left join receivable r on r.municipality = v.municipality and r.id = v.object
        where o.municipality = @municipality
        order by o.event
        {{limit @limit}}
        """);

    private static readonly Sql DeleteRows = new($"""
        delete from outbox
        where municipality = @municipality and event in ({string.Join(", ", Enumerable.Range(0, RowsInDelete).Select(static i => string.Create(CultureInfo.InvariantCulture, $"@e{i}")))})
        """);

    /// <returns>How many events left the outbox.</returns>
    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation = default)
    {
        var moved = 0;
        while (moved < limit && await database.Read(reader => reader.One<string>(AnyWaiting, new { municipality }), cancellation) is not null)
        {
            var some = await MoveSome(municipality, Math.Min(limit - moved, MostEventsInUnit), cancellation);
            // Another node is at it; the next run sees what it left.
            if (some == 0) break;
            moved += some;
        }

        return moved;
    }

    private async Task<int> MoveSome(string municipality, int most, CancellationToken cancellation)
    {
        var endpoints = (await database.Read(reader => WebhookEndpoints.Open(reader, municipality), cancellation)).Count;
        var events = Math.Min(most, Unit.MostRows / (1 + endpoints));
        // Ids are made before the unit, and only where they will be needed.
        var (made, now) = (Enumerable.Range(0, events * endpoints).Select(_ => ids.Next()).ToArray(), clock.Now());
        return await database.WriteSurely(unit => InUnit(unit, municipality, events, made, now), ReadBack.SafeToRepeat, cancellation);
    }

    private static async Task<int> InUnit(Unit unit, string municipality, int most, string[] made, Instant now)
    {
        var rows = await unit.All<WaitingEvent>(Waiting, new { municipality, limit = most });
        // Asked after the rows: an endpoint whose 201 was answered before an event happened is seen by whoever sees the event.
        var endpoints = await WebhookEndpoints.Open(unit, municipality);
        if (rows.Count * endpoints.Count > made.Length) return unit.Abandon(0);
        // Another node has some of these rows: nothing of this unit stays, and the next one sees what is left.
        if (await Delete(unit, municipality, rows) != rows.Count) return unit.Abandon(0);
        var used = 0;
        foreach (var row in rows)
            foreach (var endpoint in endpoints)
                if (endpoint.Wants(row.Type, row.Place, row.OccurredAt)) await WebhookDeliveries.Insert(unit, Delivery(made[used++], endpoint, row, now));
        return rows.Count;
    }

    private static async Task<int> Delete(Unit unit, string municipality, List<WaitingEvent> rows)
    {
        var deleted = 0;
        foreach (var some in rows.Chunk(RowsInDelete))
        {
            var values = new NamedValues();
            values.Add("municipality", municipality);
            for (var i = 0; i < RowsInDelete; i++) values.Add(string.Create(CultureInfo.InvariantCulture, $"e{i}"), some[Math.Min(i, some.Length - 1)].Id);
            deleted += await unit.Execute(DeleteRows, values);
        }

        return deleted;
    }

    private static WebhookDelivery Delivery(string id, WebhookEndpoint endpoint, WaitingEvent row, Instant now) => new()
    {
        Municipality = endpoint.Municipality,
        Id = id,
        Endpoint = endpoint.Id,
        Event = row.Id,
        Type = row.Type,
        Object = row.Object,
        Sequence = row.Sequence,
        Status = Names.Of(WebhookDeliveryStatus.Waiting),
        NextAt = now,
        HoldsUntil = WebhookDelivery.UntilTried,
        CreatedAt = now,
    };

    private sealed class WaitingEvent
    {
        public string Id { get; init; } = "";
        public string Type { get; init; } = "";
        public string Object { get; init; } = "";
        public long Sequence { get; init; }
        public Instant OccurredAt { get; init; }
        public string? Place { get; init; }
    }
}
