using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>GET /v1/receivables and /v1/receivables/{id}.</summary>
public sealed class ReadReceivables(Database database, Clock clock)
{
    public Operation One => new("GET", "/v1/receivables/{id}", "receivables", "One receivable", Scopes.ReceivablesRead, null, typeof(ReceivableView), 200, [Errors.NotFound], RunOne);

    public Operation List => new("GET", "/v1/receivables", "receivables", "Receivables, newest first", Scopes.ReceivablesRead, null, typeof(PageOf<ReceivableView>), 200, [], RunList)
    {
        Query =
        [
            new("alias", "A slip barcode, an eL-QR or eL番号, Pay-easy numbers, a booking or application number; what follows that receivable comes too"), new("reference", "Only this reference"), new("place", "Only this place"),
            new("status", "Only this status"), new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer"),
        ],
    };

    private async Task<Reply> RunOne(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        var view = await database.Read(reader => ReceivableStore.View(reader, call.Municipality, id, clock.Now()), call.Aborted);
        return view is not null && call.Caller.MayUse(view.Place) ? Reply.Ok(view) : Problem.Missing(new Words("この請求はありません。", "There is no such receivable."));
    }

    private async Task<Reply> RunList(ApiCall call)
    {
        if (!QueryReader.Read(call, ReceivableFilter.Read).IsOk(out var filter, out var problem)) return problem;
        var now = clock.Now();
        return await database.Read(async reader =>
        {
            var (found, aliased) = (filter, filter.Alias is null ? null : await AliasSearch.Find(reader, call.Municipality, filter.Alias));
            var rows = await reader.All<Receivable>(found.Statement(call.Caller, aliased), found.Values(call.Caller, aliased, now));
            var views = (await ReceivableStore.Views(reader, call.Municipality, rows, now)).ToDictionary(view => view.Id, StringComparer.Ordinal);
            return Reply.Ok(found.Page.Of(rows, row => (row.CreatedAt, row.Id), row => views[PublicId.Receivable + row.Id]));
        }, call.Aborted);
    }
}

/// <summary>A text that may be any kind of alias.</summary>
public static class AliasSearch
{
    public static async Task<IReadOnlyList<string>> Find(Reader reader, string municipality, string text)
    {
        var candidates = new List<Alias> { new(AliasType.Booking, text), new(AliasType.Application, text) };
        if (await Alias.Of(reader, municipality, Codes.CodeReader.Read(text)) is { } ofCode) candidates.Add(ofCode);
        var found = new List<string>();
        foreach (var alias in candidates)
            if (await ReceivableStore.FindByAlias(reader, municipality, alias) is { } id) found.Add(id);
        return found;
    }
}

public sealed record ReceivableFilter(string? Alias, string? Reference, string? Place, ReceivableStatus? Status, Page Page)
{
    public static ReceivableFilter Read(QueryReader query) => new(
        query.Text("alias", AliasRequest.Longest), query.Text("reference"), query.Text("place"), query.Choice<ReceivableStatus>("status"), query.Page());

    public Sql Statement(Caller caller, IReadOnlyList<string>? aliased)
    {
        var where = new StringBuilder("where r.municipality = @municipality and (r.created_at < @before or (r.created_at = @before and r.id < @beforeId))");
        if (aliased is not null) where.Append(" and (r.id {{in @aliased}} or r.follows {{in @aliased}})");
        if (Reference is not null) where.Append(" and r.reference = @reference");
        if (Place is not null) where.Append(" and r.place = @place");
        if (caller.Places is not null) where.Append(" and r.place {{in @places}}");
        if (Status is not null) where.Append(" and ").Append(ReceivableStore.Status).Append(" = @status");
        return new Sql($"""
            select {ReceivableStore.Columns}
            from receivable r
            {where}
            order by r.created_at desc, r.id desc
            {"{{limit @limit}}"}
            """);
    }

    public object Values(Caller caller, IReadOnlyList<string>? aliased, Instant now) => new
    {
        municipality = caller.Municipality,
        before = Page.Before,
        beforeId = Page.BeforeId,
        aliased = aliased is { Count: > 0 } ? aliased.ToArray() : ["-"],
        reference = Reference,
        place = Place,
        places = caller.Places?.ToArray() ?? [],
        status = Status is { } status ? Names.Of(status) : null,
        now,
        limit = Page.Fetch,
    };
}
