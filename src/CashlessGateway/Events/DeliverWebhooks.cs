using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>
/// The job: fans the outbox out, drops what waits for endpoints that are no more, and sets the courier on its way. It does not wait for
/// the courier: a dead endpoint of one city must not hold up another city's.
/// </summary>
public sealed class DeliverWebhooks(Database database, Clock clock, FanOut fanOut, Courier courier) : IMunicipalityWork
{
    private const int MostDroppedInUnit = 500;

    public string Name => "webhook-delivery";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var moved = await fanOut.Run(municipality, limit, cancellation);
        var dropped = await Drop(municipality, limit, cancellation);
        await courier.Begin(municipality, cancellation);
        return moved + dropped;
    }

    private async Task<int> Drop(string municipality, int limit, CancellationToken cancellation)
    {
        var dropped = 0;
        while (dropped < limit && await database.Read(reader => WebhookDeliveries.AnyToDrop(reader, municipality), cancellation))
        {
            var now = clock.Now();
            dropped += await database.WriteSurely(unit => WebhookDeliveries.Drop(unit, municipality, now, MostDroppedInUnit), ReadBack.SafeToRepeat, cancellation);
        }

        return dropped;
    }
}
