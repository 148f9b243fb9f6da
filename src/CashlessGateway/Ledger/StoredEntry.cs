using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>A row of journal_entry as it lies in the database. Plain columns and not the domain's types, because what is verified may be wrong.</summary>
public sealed record EntryRow
{
    public required string Municipality { get; init; }
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public string? Receivable { get; init; }
    public string? Payment { get; init; }
    public string? Refund { get; init; }
    public string? Reverses { get; init; }
    public required string ReceiptDate { get; init; }
    public required string BusinessDate { get; init; }
    public Instant RecordedAt { get; init; }
    public string? Note { get; init; }
    public byte[]? NoteHash { get; init; }
}

/// <summary>A row of posting as it lies in the database.</summary>
public sealed record PostingRow
{
    public required string Entry { get; init; }
    public long Line { get; init; }
    public required string Account { get; init; }
    public required string Kaikei { get; init; }
    public required string Place { get; init; }
    public required string Section { get; init; }
    public long FiscalYear { get; init; }
    public long CarriedOver { get; init; }
    public long Debit { get; init; }
    public long Credit { get; init; }
    public long? ReceivableLine { get; init; }
    public required string ReceiptDate { get; init; }
    public required string BusinessDate { get; init; }
    public Instant RecordedAt { get; init; }
}

/// <summary>An entry with its postings in line order.</summary>
public sealed record StoredEntry(EntryRow Head, IReadOnlyList<PostingRow> Postings)
{
    /// <summary>Compared in 128 bits: rows that somebody edited must not make the check itself overflow.</summary>
    public bool Balances => Postings.Aggregate((Int128)0, static (sum, posting) => sum + posting.Debit - posting.Credit) == 0;

    internal static IEnumerable<StoredEntry> Join(IEnumerable<EntryRow> heads, IEnumerable<PostingRow> postings)
    {
        var byEntry = postings.ToLookup(static posting => posting.Entry, StringComparer.Ordinal);
        return heads.Select(head => new StoredEntry(head, [.. byEntry[head.Id].OrderBy(static posting => posting.Line)]));
    }
}

/// <summary>Reads entries back, a few hundred at a time and in two queries.</summary>
internal static class StoredEntries
{
    public const string HeadColumns = "e.municipality, e.id, e.kind, e.receivable, e.payment, e.refund, e.reverses, e.receipt_date, e.business_date, e.recorded_at, e.note, e.note_hash";

    public static async Task<IReadOnlyList<StoredEntry>> ByIds(Reader reader, string municipality, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return [];
        var heads = await reader.All<EntryRow>(Heads(IdList.Length(ids.Count)), IdList.Values(municipality, ids));
        return [.. StoredEntry.Join(heads, await PostingsOf(reader, municipality, ids))];
    }

    public static async Task<List<PostingRow>> PostingsOf(Reader reader, string municipality, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? [] : await reader.All<PostingRow>(Postings(IdList.Length(ids.Count)), IdList.Values(municipality, ids));

    internal static Sql Heads(int ids) => IdList.Statement("journal_entry", ids, static names => $"""
        select {HeadColumns}
        from journal_entry e
        where e.municipality = @municipality
            and e.id in ({names})
        """);

    internal static Sql Postings(int ids) => IdList.Statement("posting", ids, static names => $"""
        select p.entry, p.line, p.account, p.kaikei, p.place, p.section, p.fiscal_year, p.carried_over, p.debit, p.credit,
            p.receivable_line, p.receipt_date, p.business_date, p.recorded_at
        from posting p
        where p.municipality = @municipality
            and p.entry in ({names})
        """);
}
