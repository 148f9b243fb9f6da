using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>GET /v1/webhook-deliveries and /v1/webhook-deliveries/{id}: what went where, and what a person has to look at.</summary>
public sealed class ReadWebhookDeliveries(Database database)
{
    public Operation List => new("GET", "/v1/webhook-deliveries", "webhooks", "Deliveries, newest first", Scopes.WebhooksWrite, null, typeof(PageOf<WebhookDeliveryView>), 200, [], RunList)
    {
        Query =
        [
            new("endpoint", "Only to this endpoint (whe_…)"), new("status", "Only this status"), new("event", "Only this event (evt_…)"), new("from", "Made at this instant or later"), new("to", "Made before this instant"),
            new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer"),
        ],
    };

    public Operation One => new("GET", "/v1/webhook-deliveries/{id}", "webhooks", "One delivery with each of its tries", Scopes.WebhooksWrite, null, typeof(WebhookHistoryView), 200, [Errors.NotFound], RunOne);

    private async Task<Reply> RunList(ApiCall call)
    {
        if (!QueryReader.Read(call, WebhookDeliveryFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var rows = await database.Read(async reader =>
        {
            var own = call.Caller.Places is null ? null : (await WebhookEndpoints.All(reader, call.Municipality)).Where(endpoint => endpoint.MayBeUsedBy(call.Caller)).Select(static endpoint => endpoint.Id).ToArray();
            return own is { Length: 0 } ? [] : await reader.All<WebhookDelivery>(filter.Statement(own), filter.Values(call.Municipality, own));
        }, call.Aborted);
        return Reply.Ok(filter.Page.Of(rows, row => (row.CreatedAt, row.Id), WebhookDeliveryView.Of));
    }

    private async Task<Reply> RunOne(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookDelivery).IsOk(out var id, out var problem)) return problem;
        return await database.Read<Reply>(async reader => await FindFor(reader, call.Caller, id) is { } found
            ? Reply.Ok(new WebhookHistoryView(WebhookDeliveryView.Of(found.Delivery), await WebhookDeliveries.Tries(reader, call.Municipality, id)))
            : Unknown(), call.Aborted);
    }

    /// <summary>Null when it is not there or belongs to an endpoint that the caller may not use.</summary>
    internal static async Task<(WebhookDelivery Delivery, WebhookEndpoint Endpoint)?> FindFor(Reader reader, Caller caller, string id) =>
        await WebhookDeliveries.Find(reader, caller.Municipality, id) is { } delivery && await WebhookEndpoints.Find(reader, caller.Municipality, delivery.Endpoint) is { } endpoint && endpoint.MayBeUsedBy(caller)
            ? (delivery, endpoint)
            : null;

    internal static Problem Unknown() => Problem.Missing(new Words("この送信はありません。", "There is no such delivery."));
}

/// <summary>A list's conditions; only those that were given stand in the statement, so that each uses its index.</summary>
public sealed record WebhookDeliveryFilter(string? Endpoint, WebhookDeliveryStatus? Status, string? Event, Instant? From, Instant? To, Page Page)
{
    public static WebhookDeliveryFilter Read(QueryReader query) => new(
        query.Id("endpoint", PublicId.WebhookEndpoint), query.Choice<WebhookDeliveryStatus>("status"), query.Id("event", PublicId.Event), query.Time("from"), query.Time("to"), query.Page());

    /// <param name="own">The endpoints of a caller who may not see all.</param>
    public Sql Statement(IReadOnlyList<string>? own)
    {
        var where = new StringBuilder("where d.municipality = @municipality and (d.created_at < @before or (d.created_at = @before and d.id < @beforeId))");
        if (own is not null) where.Append(" and d.endpoint {{in @own}}");
        if (Endpoint is not null) where.Append(" and d.endpoint = @endpoint");
        if (Status is not null) where.Append(" and d.status = @status");
        if (Event is not null) where.Append(" and d.event = @happened");
        if (From is not null) where.Append(" and d.created_at >= @from");
        if (To is not null) where.Append(" and d.created_at < @to");
        return new Sql($"""
            select {WebhookDeliveries.ListColumns}
            from webhook_delivery d
            {where}
            order by d.created_at desc, d.id desc
            {"{{limit @limit}}"}
            """);
    }

    public object Values(string municipality, IReadOnlyList<string>? own) => new
    {
        municipality,
        before = Page.Before,
        beforeId = Page.BeforeId,
        own = own?.ToArray() ?? [],
        endpoint = Endpoint,
        status = Status is { } status ? Names.Of(status) : null,
        happened = Event,
        from = From,
        to = To,
        limit = Page.Fetch,
    };
}
