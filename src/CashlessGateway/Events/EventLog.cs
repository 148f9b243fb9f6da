using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>Something that happened to a receivable, a payment, a refund or a day.</summary>
/// <param name="Object">Whose event it is; sequence counts per object.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Source">What said so: api, provider, job, person, file.</param>
public sealed record Happened(string Type, string Object, long Sequence, string? Receivable, string? Payment, string? Refund, string Actor, string Source)
{
    /// <summary>Whose day it is, where a day itself is the object.</summary>
    public string? Place { get; init; }

    public BusinessDate? Date { get; init; }

    /// <summary>A person's words behind it: the id of a note.</summary>
    public string? Note { get; init; }
}

/// <summary>The history, and the outbox of what still has to go out. Both are written in the commit of the change.</summary>
public static class EventLog
{
    /// <summary>One unit tells of at most this much: what happened to a payment and to its receivable.</summary>
    private const int MostAtOnce = 2;

    private static readonly Sql[] Inserts = [.. Enumerable.Range(1, MostAtOnce).Select(count => new Sql(EventRows(count)))];

    private static readonly Sql[] OutgoingInserts = [.. Enumerable.Range(1, MostAtOnce).Select(count => new Sql($"{EventRows(count)};\n{OutboxRows(count)}"))];

    private static readonly Sql OfPayment = new("""
        select e.id, e.type, e.occurred_at, e.sequence, e.refund, e.actor, e.source, n.body as note
        from event e
        left join note n on n.municipality = e.municipality and n.id = e.note
        where e.municipality = @municipality and e.payment = @payment
        order by e.occurred_at, e.id
        {{limit 500}}
        """);

    public static Task Write(Unit unit, string municipality, string id, Instant now, Happened happened) => Write(unit, municipality, now, (id, happened));

    /// <summary>Either all of them go out or none.</summary>
    public static Task Write(Unit unit, string municipality, Instant now, params ReadOnlySpan<(string Id, Happened Happened)> events)
    {
        var values = new NamedValues();
        values.Add("municipality", municipality);
        values.Add("now", now.Milliseconds);
        var outgoing = 0;
        for (var i = 0; i < events.Length; i++)
        {
            var (id, happened) = events[i];
            if (EventTypes.Outgoing.Contains(happened.Type)) outgoing++;
            var suffix = i.ToString(CultureInfo.InvariantCulture);
            values.Add("id" + suffix, id);
            values.Add("type" + suffix, happened.Type);
            values.Add("object" + suffix, happened.Object);
            values.Add("sequence" + suffix, happened.Sequence);
            values.Add("receivable" + suffix, happened.Receivable);
            values.Add("payment" + suffix, happened.Payment);
            values.Add("refund" + suffix, happened.Refund);
            values.Add("place" + suffix, happened.Place);
            values.Add("date" + suffix, happened.Date?.ToString());
            values.Add("note" + suffix, happened.Note);
            values.Add("actor" + suffix, happened.Actor);
            values.Add("source" + suffix, happened.Source);
        }

        if (outgoing != 0 && outgoing != events.Length) throw new InvalidOperationException("Events written together either all go out or none.");
        return unit.Later((outgoing > 0 ? OutgoingInserts : Inserts)[events.Length - 1], values);
    }

    private static string EventRows(int count) => $"""
        insert into event (municipality, id, type, object, sequence, occurred_at, receivable, payment, refund, place, business_date, actor, source, note)
        values
        {string.Join(",\n", Enumerable.Range(0, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"(@municipality, @id{i}, @type{i}, @object{i}, @sequence{i}, @now, @receivable{i}, @payment{i}, @refund{i}, @place{i}, @date{i}, @actor{i}, @source{i}, @note{i})")))}
        """;

    private static string OutboxRows(int count) => $"""
        insert into outbox (municipality, event, created_at)
        values
        {string.Join(",\n", Enumerable.Range(0, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"(@municipality, @id{i}, @now)")))}
        """;

    /// <summary>For the test that reads every statement.</summary>
    internal static IEnumerable<Sql> Statements => [.. Inserts, .. OutgoingInserts];

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
    public string? Note { get; init; }
}
