using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>A row of audit_entry with the row beside it, as they lie in the database: plain columns, because what is verified may be wrong.</summary>
public sealed record AuditRow
{
    public const string Columns = "e.id, e.at, e.actor, e.action, e.outcome, e.object, e.place, e.detail_hash, d.entry as detail, d.salt, d.body, d.redacted_at";

    public string Id { get; init; } = "";
    public Instant At { get; init; }
    public string Actor { get; init; } = "";
    public string Action { get; init; } = "";
    public string Outcome { get; init; } = "";
    public string? Object { get; init; }
    public string? Place { get; init; }
    public byte[]? DetailHash { get; init; }

    /// <summary>The entry's id when there is a row beside it.</summary>
    public string? Detail { get; init; }

    public byte[]? Salt { get; init; }
    public string? Body { get; init; }
    public Instant? RedactedAt { get; init; }

    public bool IsRedacted => Detail is not null && Body is null && RedactedAt is not null;

    internal static Task<List<AuditRow>> ByIds(Reader reader, string municipality, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? Task.FromResult(new List<AuditRow>()) : reader.All<AuditRow>(Select(IdList.Length(ids.Count)), IdList.Values(municipality, ids));

    internal static Sql Select(int ids) => IdList.Statement("audit_entry", ids, static names => $"""
        select {Columns}
        from audit_entry e
        left join audit_detail d on d.municipality = e.municipality and d.entry = e.id
        where e.municipality = @municipality
            and e.id in ({names})
        """);
}
