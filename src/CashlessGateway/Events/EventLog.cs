using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>Something that happened to a receivable, a payment, a refund or a day.</summary>
/// <param name="Object">Whose event it is; sequence counts per object.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Source">What said so: api, provider, job, person, file.</param>
public sealed record Happened(string Type, string Object, long Sequence, string? Receivable, string? Payment, string? Refund, string Actor, string Source);

/// <summary>The history, and the outbox of what still has to go out. Both are written in the commit of the change.</summary>
public static class EventLog
{
    private static readonly Sql Insert = new("""
        insert into event (municipality, id, type, object, sequence, occurred_at, receivable, payment, refund, actor, source)
        values (@municipality, @id, @type, @object, @sequence, @now, @receivable, @payment, @refund, @actor, @source)
        """);

    private static readonly Sql InsertOutgoing = new("""
        insert into event (municipality, id, type, object, sequence, occurred_at, receivable, payment, refund, actor, source)
        values (@municipality, @id, @type, @object, @sequence, @now, @receivable, @payment, @refund, @actor, @source);
        insert into outbox (municipality, event, created_at) values (@municipality, @id, @now)
        """);

    private static readonly Sql OfPayment = new("""
        select id, type, occurred_at, sequence, refund, actor, source
        from event
        where municipality = @municipality and payment = @payment
        order by occurred_at, id
        {{limit 500}}
        """);

    public static Task Write(Unit unit, string municipality, string id, Instant now, Happened happened) =>
        unit.Later(EventTypes.Outgoing.Contains(happened.Type) ? InsertOutgoing : Insert, new
        {
            municipality,
            id,
            type = happened.Type,
            @object = happened.Object,
            sequence = happened.Sequence,
            now,
            receivable = happened.Receivable,
            payment = happened.Payment,
            refund = happened.Refund,
            actor = happened.Actor,
            source = happened.Source,
        });

    public static Task<List<EventRow>> Of(Reader reader, string municipality, string payment) =>
        reader.All<EventRow>(OfPayment, new { municipality, payment });
}

public sealed record EventRow
{
    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public Instant OccurredAt { get; init; }
    public long Sequence { get; init; }
    public string? Refund { get; init; }
    public string Actor { get; init; } = "";
    public string Source { get; init; } = "";
}
