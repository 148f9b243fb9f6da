using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>Deliveries as they lie in the database.</summary>
internal static class WebhookDeliveries
{
    /// <summary>About 42 tries fill the three days; the rest is for redeliveries by hand.</summary>
    public const int MostTriesKept = 100;

    private const string Columns = """
        d.municipality, d.id, d.endpoint, d.event, d.type, d.object, d.sequence, d.status, d.body, d.attempts, d.failures, d.round_from, d.next_at, d.holds_until,
        d.last_status, d.last_error, d.created_at, d.ended_at
        """;

    /// <summary>Without the body, which can be long.</summary>
    internal const string ListColumns = """
        d.municipality, d.id, d.endpoint, d.event, d.type, d.object, d.sequence, d.status, d.attempts, d.failures, d.round_from, d.next_at, d.holds_until,
        d.last_status, d.last_error, d.created_at, d.ended_at
        """;

    private static readonly Sql InsertRow = new("""
        insert into webhook_delivery (municipality, id, endpoint, event, type, object, sequence, status, attempts, failures, next_at, holds_until, created_at)
        values (@Municipality, @Id, @Endpoint, @Event, @Type, @Object, @Sequence, @Status, @Attempts, @Failures, @NextAt, @HoldsUntil, @CreatedAt)
        """);

    /// <summary>What may go now: due, and no earlier event of the same object still holds it back (mechanics 23).</summary>
    private static readonly Sql DueOf = new($"""
        select {Columns}, v.occurred_at, v.place, v.business_date
        from webhook_delivery d
        join event v on v.municipality = d.municipality and v.id = d.event
        where d.municipality = @municipality and d.endpoint = @endpoint and d.status = 'waiting' and d.next_at <= @now
          and not exists (
              select 1
              from webhook_delivery earlier
              where earlier.municipality = d.municipality and earlier.endpoint = d.endpoint and earlier.object = d.object and earlier.status = 'waiting'
                and (earlier.sequence < d.sequence or (earlier.sequence = d.sequence and earlier.event < d.event))
                and earlier.holds_until > @now)
        order by d.next_at, d.id
        {"{{limit @limit}}"}
        """);

    /// <summary>Of two nodes that saw the same row one moves it on; the other hits nothing.</summary>
    private static readonly Sql ClaimRow = new("""
        update webhook_delivery
        set claim = @claim, next_at = @lease, round_from = @roundFrom, holds_until = @holdsUntil, body = @body
        where municipality = @municipality and id = @id and status = 'waiting' and next_at = @seen
        """);

    internal static readonly Sql HasClaim = new("select 1 from webhook_delivery where municipality = @municipality and endpoint = @endpoint and claim = @claim and status = 'waiting'");

    private static readonly Sql EndTry = new("""
        update webhook_delivery
        set claim = null, status = @status, attempts = @number, failures = @failures, next_at = @nextAt, last_status = @statusCode, last_error = @error, ended_at = @endedAt
        where municipality = @municipality and id = @id and claim = @claim
        """);

    private static readonly Sql InsertTry = new("""
        insert into webhook_try (municipality, delivery, number, tried_at, status_code, error, duration_ms)
        values (@municipality, @id, @number, @triedAt, @statusCode, @error, @durationMs)
        """);

    private static readonly Sql DeleteOldTry = new("""
        delete from webhook_try
        where municipality = @municipality and delivery = @id and number <= @oldest
        """);

    private static readonly Sql FindOne = new($"""
        select {ListColumns}
        from webhook_delivery d
        where d.municipality = @municipality and d.id = @id
        """);

    private static readonly Sql TriesOf = new("""
        select number, tried_at, status_code, error, duration_ms
        from webhook_try
        where municipality = @municipality and delivery = @id
        order by number desc
        """);

    /// <summary>Not while a call is under way: its answer would be written over what a person asked for.</summary>
    private static readonly Sql AskAgain = new("""
        update webhook_delivery
        set status = 'waiting', failures = 0, round_from = null, next_at = @now, holds_until = 0, claim = null, ended_at = null
        where municipality = @municipality and id = @id and (claim is null or next_at <= @now)
        """);

    private static readonly Sql WaitingForNobody = new("""
        select d.id
        from webhook_endpoint e
        join webhook_delivery d on d.municipality = e.municipality and d.endpoint = e.id and d.status = 'waiting'
        where e.municipality = @municipality and (e.deleted_at is not null or e.disabled_at is not null)
        """);

    /// <summary>What waits for an endpoint that is no more.</summary>
    private static readonly Sql DropRows = new("""
        update webhook_delivery
        set status = 'dropped', ended_at = @now, claim = null
        where municipality = @municipality and status = 'waiting' and id in (
            select d.id
            from webhook_endpoint e
            join webhook_delivery d on d.municipality = e.municipality and d.endpoint = e.id and d.status = 'waiting'
            where e.municipality = @municipality and (e.deleted_at is not null or e.disabled_at is not null)
            order by d.id
            {{limit @limit}})
        """);

    public static Task Insert(Unit unit, WebhookDelivery delivery) => unit.Later(InsertRow, delivery);

    public static Task<List<DueDelivery>> Due(Reader reader, string municipality, string endpoint, Instant now, int limit) =>
        reader.All<DueDelivery>(DueOf, new { municipality, endpoint, now, limit });

    public static Task<bool> Claim(Unit unit, ClaimedDelivery claimed, Instant lease) => unit.Hit(ClaimRow, new
    {
        municipality = claimed.Seen.Municipality,
        id = claimed.Seen.Id,
        claim = claimed.Claim,
        lease,
        roundFrom = claimed.RoundFrom,
        holdsUntil = claimed.HoldsUntil,
        body = claimed.Body,
        seen = claimed.Seen.NextAt,
    });

    /// <summary>Ends the unit as Taken when the lease was over and another call has it by now; that one will write what became of it.</summary>
    public static async Task Record(Unit unit, ClaimedDelivery claimed, TryResult result, Instant triedAt, Instant now)
    {
        var (municipality, id, number) = (claimed.Seen.Municipality, claimed.Seen.Id, claimed.Seen.Attempts + 1);
        var failures = result.IsDelivered ? 0 : claimed.Seen.Failures + 1;
        var next = result.IsDelivered || result.IsGone ? null : RetrySchedule.Next(failures, claimed.RoundFrom, now);
        var status = result.IsDelivered ? WebhookDeliveryStatus.Delivered : next is null ? WebhookDeliveryStatus.GivenUp : WebhookDeliveryStatus.Waiting;
        var values = new { municipality, id, claim = claimed.Claim, status = Names.Of(status), number, failures, nextAt = next ?? now, statusCode = result.StatusCode, error = result.Error, endedAt = next is null ? now : (Instant?)null };
        await unit.Later(EndTry, values, orTaken: nameof(ClaimedDelivery.Claim));
        await unit.Later(InsertTry, new { municipality, id, number, triedAt, statusCode = result.StatusCode, error = result.Error, durationMs = result.DurationMs });
        if (number > MostTriesKept) await unit.Later(DeleteOldTry, new { municipality, id, oldest = number - MostTriesKept });
    }

    public static Task<WebhookDelivery?> Find(Reader reader, string municipality, string id) => reader.One<WebhookDelivery>(FindOne, new { municipality, id });

    public static async Task<IReadOnlyList<WebhookTryView>> Tries(Reader reader, string municipality, string id) =>
        (await reader.All<TryRow>(TriesOf, new { municipality, id })).ConvertAll(static row => new WebhookTryView(row.Number, row.TriedAt, row.StatusCode, row.Error, row.DurationMs));

    public static Task<bool> Again(Unit unit, string municipality, string id, Instant now) => unit.Hit(AskAgain, new { municipality, id, now });

    public static async Task<bool> AnyToDrop(Reader reader, string municipality) => await reader.One<string>(WaitingForNobody, new { municipality }) is not null;

    public static Task<int> Drop(Unit unit, string municipality, Instant now, int limit) => unit.Execute(DropRows, new { municipality, now, limit });

    private sealed class TryRow
    {
        public long Number { get; init; }
        public Instant TriedAt { get; init; }
        public long? StatusCode { get; init; }
        public string? Error { get; init; }
        public long DurationMs { get; init; }
    }
}

/// <summary>A delivery that may go now, with what its body is made of.</summary>
internal sealed record DueDelivery : WebhookDelivery
{
    public Instant OccurredAt { get; init; }
    public string? Place { get; init; }
    public BusinessDate? BusinessDate { get; init; }

    public ToldEvent Told => new(Event, Type, Object, Sequence, OccurredAt, Place, BusinessDate);
}

/// <summary>A delivery that this process may send until its lease is over.</summary>
internal sealed record ClaimedDelivery(DueDelivery Seen, string Claim, Instant RoundFrom, Instant HoldsUntil, byte[]? Body);
