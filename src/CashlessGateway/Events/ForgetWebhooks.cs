using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>The job that deletes deliveries which ended long ago, with their tries. What happened stays in the events; this is only how it was told.</summary>
public sealed class ForgetWebhooks(Database database, Clock clock, Settings settings) : IMunicipalityWork
{
    private const int MostDeliveriesInUnit = 200;

    private static readonly Sql Ended = new("""
        select id, attempts
        from webhook_delivery
        where municipality = @municipality and ended_at < @before
        order by ended_at, id
        {{limit @limit}}
        """);

    private static readonly Sql DeleteTries = new("""
        delete from webhook_try
        where municipality = @municipality and delivery = @id
        """);

    /// <summary>Not when it was asked for again in between.</summary>
    private static readonly Sql DeleteDelivery = new("""
        delete from webhook_delivery
        where municipality = @municipality and id = @id and ended_at < @before
        """);

    public string Name => "webhook-retention";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var before = clock.Now().Plus(-settings.KeepWebhookDeliveries);
        var deleted = 0;
        while (deleted < limit)
        {
            var some = Some(await database.All<EndedDelivery>(Ended, new { municipality, before, limit = MostDeliveriesInUnit }, cancellation));
            if (some.Count == 0) break;
            deleted += await database.WriteSurely(unit => Delete(unit, municipality, some, before), ReadBack.SafeToRepeat, cancellation);
        }

        await database.WriteSurely(unit => WebhookEndpoints.Forget(unit, municipality, before), ReadBack.SafeToRepeat, cancellation);
        return deleted;
    }

    /// <summary>As many as one unit may delete with all their tries.</summary>
    private static List<EndedDelivery> Some(List<EndedDelivery> ended)
    {
        long rows = 0;
        return [.. ended.TakeWhile(delivery => (rows += 1 + Math.Min(delivery.Attempts, WebhookDeliveries.MostTriesKept)) <= Unit.MostRows)];
    }

    private static async Task<int> Delete(Unit unit, string municipality, List<EndedDelivery> some, Instant before)
    {
        foreach (var delivery in some)
            if (await unit.Hit(DeleteDelivery, new { municipality, id = delivery.Id, before })) await unit.Execute(DeleteTries, new { municipality, id = delivery.Id });
        return some.Count;
    }

    private sealed class EndedDelivery
    {
        public string Id { get; init; } = "";
        public long Attempts { get; init; }
    }
}
