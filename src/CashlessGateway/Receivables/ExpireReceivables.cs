using CashlessGateway.Events;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Receivables;

/// <summary>
/// Ends what was not paid in time and tells so. A payment that begins at the same instant bumps the version: exactly one of the
/// two wins, and the other sees it.
/// </summary>
public sealed class ExpireReceivables(Database database, Clock clock, Ids ids) : IMunicipalityWork
{
    public string Name => "expiry";

    public bool WaitsForRecovery => true;

    private static readonly Sql Due = new($"""
        select {ReceivableStore.Columns}
        from receivable r
        where r.municipality = @municipality and r.pay_by is not null and r.expired_at is null and r.cancelled_at is null and r.refunded_at is null and r.amount > 0 and r.pay_by <= @now
          and not exists (select 1 from payment p where p.municipality = r.municipality and p.slot = r.id)
        order by r.pay_by, r.id
        {"{{limit @limit}}"}
        """);

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var now = clock.Now();
        var expired = 0;
        foreach (var receivable in await database.All<Receivable>(Due, new { municipality, now, limit }, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var id = ids.Next();
            if (await database.WriteSurely(unit => Expire(unit, receivable, id, now), ReadBack.SafeToRepeat, cancellation)) expired++;
        }

        return expired;
    }

    internal static async Task<bool> Expire(Unit unit, Receivable receivable, string id, Instant now)
    {
        if (!await unit.Hit(ReceivableChanges.Expire, new { municipality = receivable.Municipality, id = receivable.Id, version = receivable.Version, now })) return false;
        await EventLog.Write(unit, receivable.Municipality, id, now, new Happened(EventTypes.ReceivableExpired, receivable.Id, receivable.Version + 1, receivable.Id, null, null, "job:expiry", Sources.Job));
        return true;
    }
}
