using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>What somebody looks for in the trail; only what was given stands in the statement, so that each uses its index.</summary>
/// <param name="From">First day in Tokyo.</param>
/// <param name="To">Last day in Tokyo.</param>
/// <param name="Text">Part of the words beside an entry or of the deed's name, or a whole actor or object.</param>
public sealed record AuditFilter(string? Actor, string? Action, string? Object, string? Place, AuditOutcome? Outcome, BusinessDate? From, BusinessDate? To, string? Text, Page Page)
{
    /// <summary>Words are looked for row by row: a quarter is enough to look through at once.</summary>
    public const int MostDaysOfText = 92;

    private static readonly BusinessDate FirstDay = BusinessDate.Of(2000, 1, 1), LastDay = BusinessDate.Of(2999, 12, 31);

    public static readonly IReadOnlyList<QueryParameter> Parameters =
    [
        new("actor", "client:…, staff:…, system:… or anonymous"), new("action", "The name of a deed (docs/audit.md)"), new("object", "The id of what it was done to"), new("place", "A place's code"),
        new("outcome", "done, refused or failed"), new("from", "First day (Tokyo)"), new("to", "Last day (Tokyo)"), new("q", "Part of the words; needs from and to, at most 92 days"),
    ];

    public static AuditFilter Read(QueryReader query) => Read(query, query.Page());

    public static AuditFilter Read(QueryReader query, Page page)
    {
        var filter = new AuditFilter(query.Text("actor"), ReadAction(query), query.Text("object"), query.Text("place"), query.Choice<AuditOutcome>("outcome"), ReadDay(query, "from"), ReadDay(query, "to"), query.Text("q"), page);
        if (filter.Text is not null && (filter.From is not { } from || filter.To is not { } to || to.Day.DayNumber - from.Day.DayNumber >= MostDaysOfText))
            query.Refuse("q", "needs-dates", new Words($"語句で探すときは from と to を{MostDaysOfText}日以内で指定してください。", $"To look for words, give from and to, at most {MostDaysOfText} days apart."));
        return filter;
    }

    /// <param name="own">The places of a caller who may not see all.</param>
    public Sql Statement(IReadOnlyCollection<string>? own) => Found("instr(d.body, @text) > 0", own)
        .On(Engine.PostgreSql, Found("strpos(d.body, @text) > 0", own).Text)
        .On(Engine.SqlServer, Found("charindex(@text, d.body) > 0", own).Text);

    public object Values(string municipality, IReadOnlyCollection<string>? own) => new
    {
        municipality,
        before = Page.Before,
        beforeId = Page.BeforeId,
        own = own?.ToArray() ?? [],
        actor = Actor,
        action = Action,
        about = Object,
        place = Place,
        outcome = Outcome is { } outcome ? Names.Of(outcome) : null,
        from = From?.Begins,
        to = To?.AddDays(1).Begins,
        text = Text,
        deeds = Deeds(),
        limit = Page.Fetch,
    };

    private Sql Found(string hasText, IReadOnlyCollection<string>? own)
    {
        var where = new StringBuilder("where e.municipality = @municipality and e.at <= @before and (e.at < @before or e.id < @beforeId)");
        if (own is not null) where.Append(" and e.place {{in @own}}");
        if (Actor is not null) where.Append(" and e.actor = @actor");
        if (Action is not null) where.Append(" and e.action = @action");
        if (Object is not null) where.Append(" and e.object = @about");
        if (Place is not null) where.Append(" and e.place = @place");
        if (Outcome is not null) where.Append(" and e.outcome = @outcome");
        if (From is not null) where.Append(" and e.at >= @from");
        if (To is not null) where.Append(" and e.at < @to");
        if (Text is not null) where.Append(" and (").Append(hasText).Append(" or e.actor = @text or e.object = @text or e.action {{in @deeds}})");
        return new Sql($"""
            select {AuditRow.Columns}
            from audit_entry e
            left join audit_detail d on d.municipality = e.municipality and d.entry = e.id
            {where}
            order by e.at desc, e.id desc
            {"{{limit @limit}}"}
            """);
    }

    private string[] Deeds() => Text is not { } text ? [] :
        [.. AuditActions.All.Where(action => action.Deed.Ja.Contains(text, StringComparison.Ordinal) || action.Deed.En.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(static action => action.Name)];

    /// <summary>What was asked for, as it is noted in the trail itself.</summary>
    public IReadOnlyDictionary<string, string?> AsFacts() => Pairs.Of(
        ("actor", Actor), ("action", Action), ("object", Object), ("place", Place), ("outcome", Outcome is { } outcome ? Names.Of(outcome) : null), ("from", From?.ToString()), ("to", To?.ToString()), ("q", Text));

    private static string? ReadAction(QueryReader query)
    {
        if (query.Text("action") is not { } name || AuditActions.Find(name) is not null) return query.Text("action");
        return query.Refuse("action", "not-allowed", new Words("この操作名はありません（docs/audit.md）。", "There is no deed of this name (docs/audit.md)."));
    }

    /// <summary>Days at the edge of the calendar have no instant on both sides.</summary>
    private static BusinessDate? ReadDay(QueryReader query, string name)
    {
        if (query.Date(name) is not { } day || (day >= FirstDay && day <= LastDay)) return query.Date(name);
        query.Refuse(name, "out-of-range", new Words("2000年から2999年までの日にしてください。", "It must be a day from 2000 to 2999."));
        return null;
    }
}
