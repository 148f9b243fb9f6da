using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>GET /v1/payments, /v1/payments/{id} and its history.</summary>
public sealed class ReadPayments(Database database, Clock clock, AskProvider asking, ProviderAttempt attempts)
{
    public Operation One => new("GET", "/v1/payments/{id}", "payments", "One payment", Scopes.PaymentsRead, null, typeof(PaymentView), 200, [Errors.NotFound], RunOne);

    public Operation List => new("GET", "/v1/payments", "payments", "Payments, newest first", Scopes.PaymentsRead, null, typeof(PageOf<PaymentView>), 200, [], RunList)
    {
        Query =
        [
            new("receivable", "Only payments of this receivable (rcv_…)"), new("place", "Only this place"), new("status", "Only this status"),
            new("from", "First business date"), new("to", "Last business date"), new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer"),
        ],
    };

    public Operation History => new("GET", "/v1/payments/{id}/events", "payments", "What happened to a payment, when, and who or what said so", Scopes.PaymentsRead, null, typeof(PageOf<EventView>), 200, [Errors.NotFound], RunHistory);

    private async Task<Reply> RunOne(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        var payment = await database.Read(reader => PaymentStore.Find(reader, call.Municipality, id), call.Aborted);
        if (payment is null || !call.Caller.MayUse(payment.Place)) return Unknown();
        if (asking.IsDue(payment, clock.Now()))
        {
            await asking.AskSoon(call.Municipality, id);
            payment = await database.Read(reader => PaymentStore.Find(reader, call.Municipality, id), call.Aborted) ?? payment;
        }

        return Reply.Ok(PaymentView.Of(payment)) is Reply.Bytes bytes ? bytes with { RetryAfter = attempts.Pace(payment) } : Unknown();
    }

    private async Task<Reply> RunHistory(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        var payment = await database.Read(reader => PaymentStore.Find(reader, call.Municipality, id), call.Aborted);
        if (payment is null || !call.Caller.MayUse(payment.Place)) return Unknown();
        var events = await database.Read(reader => EventLog.Of(reader, call.Municipality, id), call.Aborted);
        return Reply.Ok(new PageOf<EventView>(events.ConvertAll(EventView.Of), null));
    }

    private async Task<Reply> RunList(ApiCall call)
    {
        if (!QueryReader.Read(call, PaymentFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var rows = await database.Read(reader => reader.All<Payment>(filter.Statement(call.Caller), filter.Values(call.Caller)), call.Aborted);
        return Reply.Ok(filter.Page.Of(rows, row => (row.CreatedAt, row.Id), PaymentView.Of));
    }

    private static Problem Unknown() => Problem.Missing(new Words("この決済はありません。", "There is no such payment."));
}

public sealed record EventView(string Id, string Type, Instant OccurredAt, long Sequence, string? Refund, string Actor, string Source, string? Note)
{
    public static EventView Of(EventRow row) => new(PublicId.Event + row.Id, row.Type, row.OccurredAt, row.Sequence, row.Refund is { } refund ? PublicId.Refund + refund : null, row.Actor, row.Source, row.Note);
}

/// <summary>A list's conditions; only those that were given stand in the statement, so that each uses its index.</summary>
public sealed record PaymentFilter(string? Receivable, string? Place, PaymentState? Status, BusinessDate? From, BusinessDate? To, Page Page)
{
    public static PaymentFilter Read(QueryReader query) => new(
        query.Id("receivable", PublicId.Receivable), query.Text("place"), query.Choice<PaymentState>("status"), query.Date("from"), query.Date("to"), query.Page());

    public Sql Statement(Caller caller)
    {
        var where = new StringBuilder("where p.municipality = @municipality and (p.created_at < @before or (p.created_at = @before and p.id < @beforeId))");
        if (Receivable is not null) where.Append(" and p.receivable = @receivable");
        if (Place is not null) where.Append(" and p.place = @place");
        if (caller.Places is not null) where.Append(" and p.place {{in @places}}");
        if (Status is not null) where.Append(" and p.status = @status");
        if (From is not null) where.Append(" and p.business_date >= @from");
        if (To is not null) where.Append(" and p.business_date <= @to");
        return new Sql($"""
            select {PaymentStore.Columns}
            from payment p
            {where}
            order by p.created_at desc, p.id desc
            {"{{limit @limit}}"}
            """);
    }

    public object Values(Caller caller) => new
    {
        municipality = caller.Municipality,
        before = Page.Before,
        beforeId = Page.BeforeId,
        receivable = Receivable,
        place = Place,
        places = caller.Places?.ToArray() ?? [],
        status = Status is { } status ? Names.Of(status) : null,
        from = From,
        to = To,
        limit = Page.Fetch,
    };
}
