using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Statistics;

/// <summary>One procedure in one sale: when the ticket was taken, the sale begun, the money taken, the certificate handed over.</summary>
public sealed record CounterTime(string Place, string Procedure, Instant? TicketAt, Instant? StartedAt, Instant? PaidAt, Instant? HandedOverAt);

/// <summary>Medians in seconds; null where nothing was measured.</summary>
public sealed record TimesRow(string Place, string Procedure, long Count, long? TicketToStart, long? StartToPaid, long? PaidToHandedOver, long? TicketToHandedOver);

/// <summary>来庁〜退庁 as far as a till sees it (前橋市): medians, so that one forgotten screen does not spoil a month. Pure.</summary>
public static class CounterTimes
{
    public static IReadOnlyList<TimesRow> Medians(IEnumerable<CounterTime> times) => [.. times
        .GroupBy(static time => (time.Place, time.Procedure))
        .Select(static group => new TimesRow(group.Key.Place, group.Key.Procedure, group.Count(),
            Median(group.Select(static time => Between(time.TicketAt, time.StartedAt))), Median(group.Select(static time => Between(time.StartedAt, time.PaidAt))),
            Median(group.Select(static time => Between(time.PaidAt, time.HandedOverAt))), Median(group.Select(static time => Between(time.TicketAt, time.HandedOverAt)))))
        .OrderBy(static row => row.Place, StringComparer.Ordinal).ThenByDescending(static row => row.Count).ThenBy(static row => row.Procedure, StringComparer.Ordinal)];

    /// <summary>Of two in the middle the earlier one: a time that somebody really took.</summary>
    private static long? Median(IEnumerable<long?> seconds)
    {
        var measured = seconds.OfType<long>().Order().ToList();
        return measured.Count == 0 ? null : measured[(measured.Count - 1) / 2];
    }

    /// <summary>A clock that was set, or a ticket of another day, is no measurement.</summary>
    private static long? Between(Instant? from, Instant? to) => from is { } begun && to is { } ended && ended >= begun ? (ended.Milliseconds - begun.Milliseconds) / 1_000 : null;
}

/// <summary>Reads what was measured.</summary>
public static class CounterTimeStore
{
    /// <summary>A month of a large city's counters.</summary>
    public const int Most = 100_000;

    /// <summary>A sale with several procedures counts for each of them.</summary>
    private static readonly Sql Measured = new("""
        select r.place, min(l.description) as procedure_name, r.ticket_at, r.started_at, min(p.captured_at) as paid_at, r.handed_over_at, r.created_at, r.amount
        from receivable r
        join receivable_line l on l.municipality = r.municipality and l.receivable = r.id and l.fee is not null
        left join payment p on p.municipality = r.municipality and p.receivable = r.id and p.status = 'captured' and p.surplus = 0
        where r.municipality = @municipality and r.place {{in @places}} and r.created_at >= @from and r.created_at < @to and r.kind = 'counterSale' and r.cancelled_at is null
          and (p.captured_at is not null or r.amount = 0)
        group by r.id, r.place, l.fee, r.ticket_at, r.started_at, r.handed_over_at, r.created_at, r.amount
        order by r.created_at desc, r.id
        {{limit @most}}
        """);

    public static async Task<IReadOnlyList<CounterTime>> Of(Reader reader, string municipality, IReadOnlyList<string> places, BusinessDate from, BusinessDate to) => places.Count == 0
        ? []
        : (await reader.All<Row>(Measured, new { municipality, places = places.ToArray(), from = from.Begins, to = to.AddDays(1).Begins, most = (long)Most }))
            .ConvertAll(static row => new CounterTime(row.Place, row.ProcedureName, row.TicketAt, row.StartedAt, row.Amount == Yen.Zero ? row.CreatedAt : row.PaidAt, row.HandedOverAt));

    private sealed class Row
    {
        public string Place { get; init; } = "";
        public string ProcedureName { get; init; } = "";
        public Instant? TicketAt { get; init; }
        public Instant? StartedAt { get; init; }
        public Instant? PaidAt { get; init; }
        public Instant? HandedOverAt { get; init; }
        public Instant CreatedAt { get; init; }
        public Yen Amount { get; init; }
    }
}
