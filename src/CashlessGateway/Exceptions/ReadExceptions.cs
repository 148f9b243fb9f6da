using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Ledger;
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
            new("status", "open, proposed or closed"), new("place", "Only this place"), new("provider", "Only this provider instance"),
            new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer"),
        ],
    };

    /// <summary>For pages too.</summary>
    public static async Task<PageOf<ExceptionView>> Find(Reader reader, Caller caller, ExceptionFilter filter)
    {
        var page = filter.Page.Of(await reader.All<Difference>(filter.Statement(caller), filter.Values(caller)), static row => (row.OpenedAt, row.Id), static row => row);
        return new PageOf<ExceptionView>(await ExceptionView.Of(reader, caller.Municipality, page.Items), page.NextCursor);
    }

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, ExceptionFilter.Read).IsOk(out var filter, out var problem)) return problem;
        return Reply.Ok(await database.Read(reader => Find(reader, call.Caller, filter), call.Aborted));
    }
}

public enum ExceptionStatus
{
    Open,

    /// <summary>Somebody said how it came about, and another one has to agree.</summary>
    Proposed,

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
/// <param name="Owner">課 that has to find out.</param>
/// <param name="Proposal">How it came about, in the words of who proposed it; null once they are redacted.</param>
public sealed record ExceptionView(
    string Id, string Kind, string Status, Yen Amount, string? Place, string? Provider, string? Receivable, string? Payment, string? Refund, string Detail, Instant OpenedAt, Instant? ClosedAt,
    string? Session, string? Owner, string? ProposedBy, Instant? ProposedAt, string? Proposal, string? DecidedBy, string? Decision)
{
    /// <summary>Without the words: for events, which carry none.</summary>
    public static ExceptionView Of(Difference row) => Of(row, []);

    /// <summary>With the words of those who worked on them.</summary>
    public static async Task<IReadOnlyList<ExceptionView>> Of(Reader reader, string municipality, IReadOnlyList<Difference> rows)
    {
        var words = await Notes.Words(reader, municipality, [.. rows.SelectMany(static row => new[] { row.ProposalNote, row.DecisionNote }).OfType<string>()]);
        return [.. rows.Select(row => Of(row, words))];
    }

    private static ExceptionView Of(Difference row, Dictionary<string, string> words) => new(
        PublicId.Exception + row.Id, row.Kind, row.Status, row.Amount, row.Place, row.Provider,
        row.Receivable is { } receivable ? PublicId.Receivable + receivable : null, row.Payment is { } payment ? PublicId.Payment + payment : null, row.Refund is { } refund ? PublicId.Refund + refund : null,
        row.Detail, row.OpenedAt, row.ClosedAt, row.Session is { } session ? PublicId.Session + session : null, row.Owner, row.ProposedBy, row.ProposedAt,
        row.ProposalNote is { } said ? words.GetValueOrDefault(said) : null, row.DecidedBy, row.DecisionNote is { } decided ? words.GetValueOrDefault(decided) : null);
}
