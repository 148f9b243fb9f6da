using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>How far the events out are behind, for alarms and for people.</summary>
/// <param name="OldestEvent">Age of the oldest event that was not fanned out yet: above a minute the job does not run.</param>
/// <param name="OldestDelivery">Age of the oldest delivery that still waits: some endpoint does not answer.</param>
/// <param name="GivenUp">Deliveries that a person has to look at.</param>
public sealed record Backlog(TimeSpan? OldestEvent, TimeSpan? OldestDelivery, long Waiting, long GivenUp);

public sealed class WebhookBacklog(Database database, Clock clock)
{
    private static readonly Sql OldestInOutbox = new("""
        select min(created_at)
        from outbox
        where municipality = @municipality
        """);

    private static readonly Sql OldestWaiting = new("""
        select min(created_at)
        from webhook_delivery
        where municipality = @municipality and status = 'waiting'
        """);

    private static readonly Sql CountOf = new("""
        select cast(count(*) as bigint)
        from webhook_delivery
        where municipality = @municipality and status = @status
        """);

    public Task<Backlog> Of(string municipality, CancellationToken cancellation = default) => database.Read(async reader =>
    {
        var now = clock.Now();
        TimeSpan? Age(long? since) => since is { } at ? now - new Instant(at) : null;
        return new Backlog(
            Age(await reader.One<long?>(OldestInOutbox, new { municipality })),
            Age(await reader.One<long?>(OldestWaiting, new { municipality })),
            await reader.One<long>(CountOf, new { municipality, status = Names.Of(WebhookDeliveryStatus.Waiting) }),
            await reader.One<long>(CountOf, new { municipality, status = Names.Of(WebhookDeliveryStatus.GivenUp) }));
    }, cancellation);
}
