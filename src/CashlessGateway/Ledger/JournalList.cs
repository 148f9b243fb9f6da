using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

public sealed record PostingView(
    int Line, string Account, string Kaikei, string Place, string Section, FiscalYear Year, bool CarriedOver, Yen Debit, Yen Credit, int? ReceivableLine);

/// <summary>An entry as it is shown. Ids are without their prefixes.</summary>
public sealed record EntryView(
    string Id, EntryKind Kind, string? Receivable, string? Payment, string? Refund, string? Reverses,
    BusinessDate ReceiptDate, BusinessDate BusinessDate, Instant RecordedAt, IReadOnlyList<PostingView> Postings)
{
    internal static EntryView Of(StoredEntry entry) => new(
        entry.Head.Id, Names.Parse<EntryKind>(entry.Head.Kind), entry.Head.Receivable, entry.Head.Payment, entry.Head.Refund, entry.Head.Reverses,
        BusinessDate.Parse(entry.Head.ReceiptDate), BusinessDate.Parse(entry.Head.BusinessDate), entry.Head.RecordedAt,
        [.. entry.Postings.Select(Of)]);

    private static PostingView Of(PostingRow row) => new(
        checked((int)row.Line), row.Account, row.Kaikei, row.Place, row.Section, new FiscalYear(checked((int)row.FiscalYear)), row.CarriedOver != 0,
        new Yen(row.Debit), new Yen(row.Credit), (int?)row.ReceivableLine);
}

/// <summary>Where a page ended: the next one begins with the entry before it.</summary>
public sealed record JournalCursor(Instant RecordedAt, string Id);

/// <param name="Account">An account's name, or a prefix that ends in '/', or null for all.</param>
/// <param name="From">First business date, or null.</param>
/// <param name="To">Last business date, or null.</param>
public sealed record JournalQuestion(string? Account, BusinessDate? From, BusinessDate? To, int Limit, JournalCursor? Before = null);

public sealed record JournalPage(IReadOnlyList<EntryView> Entries, JournalCursor? Next);

/// <summary>Entries of an account and a span of days, newest first.</summary>
public sealed class JournalList(Database database)
{
    public const int MostEntries = 200;

    private static readonly Sql OfAll = new($$$"""
        select {{{StoredEntries.HeadColumns}}}
        from journal_entry e
        where {{{Within}}}
        order by e.recorded_at desc, e.id desc
        {{limit @most}}
        """);

    private static readonly Sql OfAccount = new($$$"""
        select {{{StoredEntries.HeadColumns}}}
        from journal_entry e
        inner join (
            select p.entry
            from posting p
            where p.account = @account
                and {{{PostingWithin}}}
            group by p.entry, p.recorded_at
            order by p.recorded_at desc, p.entry desc
            {{limit @most}}) found on found.entry = e.id
        where e.municipality = @municipality
        order by e.recorded_at desc, e.id desc
        """);

    private static readonly Sql OfAccounts = new($$$"""
        select {{{StoredEntries.HeadColumns}}}
        from journal_entry e
        inner join (
            select p.entry
            from posting p
            where p.account >= @low
                and p.account < @high
                and {{{PostingWithin}}}
            group by p.entry, p.recorded_at
            order by p.recorded_at desc, p.entry desc
            {{limit @most}}) found on found.entry = e.id
        where e.municipality = @municipality
        order by e.recorded_at desc, e.id desc
        """);

    private const string Within = """
        e.municipality = @municipality
            and e.business_date >= @from
            and e.business_date <= @to
            and e.recorded_at <= @beforeAt
            and (e.recorded_at < @beforeAt or e.id < @beforeId)
        """;

    /// <summary>The same of postings, which are found by account and day; asking each entry for its accounts would read the whole journal.</summary>
    private const string PostingWithin = """
        p.municipality = @municipality
                and p.business_date >= @from
                and p.business_date <= @to
                and p.recorded_at <= @beforeAt
                and (p.recorded_at < @beforeAt or p.entry < @beforeId)
        """;

    private static readonly BusinessDate FirstDay = BusinessDate.Of(1, 1, 1), LastDay = BusinessDate.Of(9999, 12, 31);

    public Task<JournalPage> Page(string municipality, JournalQuestion question, CancellationToken cancellation = default)
    {
        if (question.Limit is < 1 or > MostEntries) throw new InvalidOperationException($"A page has 1 to {MostEntries} entries, not {question.Limit}.");
        var statement = question.Account switch
        {
            null => OfAll,
            _ when question.Account.EndsWith('/') => OfAccounts,
            _ => OfAccount,
        };
        return database.Read(async reader =>
        {
            // One more than asked for tells whether there is a next page.
            var heads = await reader.All<EntryRow>(statement, Values(municipality, question));
            var shown = heads.Take(question.Limit).ToList();
            var postings = await StoredEntries.PostingsOf(reader, municipality, [.. shown.Select(static head => head.Id)]);
            return new JournalPage(
                [.. StoredEntry.Join(shown, postings).Select(EntryView.Of)],
                heads.Count > question.Limit ? new JournalCursor(shown[^1].RecordedAt, shown[^1].Id) : null);
        }, cancellation);
    }

    private static object Values(string municipality, JournalQuestion question)
    {
        var (low, high) = Balances.Range(question.Account ?? "");
        return new
        {
            municipality,
            account = question.Account,
            low,
            high,
            from = question.From ?? FirstDay,
            to = question.To ?? LastDay,
            beforeAt = question.Before?.RecordedAt ?? new Instant(long.MaxValue),
            beforeId = question.Before?.Id ?? "",
            most = question.Limit + 1L,
        };
    }
}
