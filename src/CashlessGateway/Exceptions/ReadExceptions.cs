using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Exceptions;

/// <summary>GET /v1/exceptions: what does not agree, newest first.</summary>
public sealed class ReadExceptions(Database database)
{
    public Operation List => new("GET", "/v1/exceptions", "exceptions", "What does not agree and waits for a person, newest first", Scopes.PaymentsRead, null, typeof(PageOf<ExceptionView>), 200, [], Run)
    {
        Query =
        [
            new("status", "open or closed"), new("place", "Only this place"), new("provider", "Only this provider instance"),
            new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer"),
        ],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, ExceptionFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var rows = await database.Read(reader => reader.All<Difference>(filter.Statement(call.Caller), filter.Values(call.Caller)), call.Aborted);
        return Reply.Ok(filter.Page.Of(rows, row => (row.OpenedAt, row.Id), ExceptionView.Of));
    }
}

public enum ExceptionStatus
{
    Open,
    Closed,
}

public sealed record ExceptionFilter(ExceptionStatus? Status, string? Place, string? Provider, Page Page)
{
    public static ExceptionFilter Read(QueryReader query) => new(query.Choice<ExceptionStatus>("status"), query.Text("place"), query.Text("provider"), query.Page());

    public Sql Statement(Caller caller)
    {
        var where = new StringBuilder("where x.municipality = @municipality and (x.opened_at < @before or (x.opened_at = @before and x.id < @beforeId))");
        if (Status is not null) where.Append(" and x.status = @status");
        if (Place is not null) where.Append(" and x.place = @place");
        if (Provider is not null) where.Append(" and x.provider = @provider");
        if (caller.Places is not null) where.Append(" and x.place {{in @places}}");
        return new Sql($"""
            select {Differences.Columns}
            from exception x
            {where}
            order by x.opened_at desc, x.id desc
            {"{{limit @limit}}"}
            """);
    }

    public object Values(Caller caller) => new
    {
        municipality = caller.Municipality,
        before = Page.Before,
        beforeId = Page.BeforeId,
        status = Status is { } status ? Names.Of(status) : null,
        place = Place,
        provider = Provider,
        places = caller.Places?.ToArray() ?? [],
        limit = Page.Fetch,
    };
}

/// <summary>An exception as the API shows it.</summary>
public sealed record ExceptionView(
    string Id, string Kind, string Status, Yen Amount, string? Place, string? Provider, string? Receivable, string? Payment, string? Refund, string Detail, Instant OpenedAt, Instant? ClosedAt)
{
    public static ExceptionView Of(Difference row) => new(
        PublicId.Exception + row.Id, row.Kind, row.Status, row.Amount, row.Place, row.Provider,
        row.Receivable is { } receivable ? PublicId.Receivable + receivable : null, row.Payment is { } payment ? PublicId.Payment + payment : null, row.Refund is { } refund ? PublicId.Refund + refund : null,
        row.Detail, row.OpenedAt, row.ClosedAt);
}
