using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Counter;

/// <summary>Tills as they lie in the database: what a screen comes back to.</summary>
public sealed class TillStore(Database database, Clock clock)
{
    /// <summary>Two screens of one till that write at the same moment: more tries than that is no accident.</summary>
    private const int MostTries = 20;

    private static readonly Sql FindOne = new("""
        select terminal, draft, sale, language, receipt_link, version
        from till
        where municipality = @municipality and terminal = @terminal
        """);

    private static readonly Sql Insert = new("""
        insert into till (municipality, terminal, draft, sale, language, receipt_link, version, changed_at, changed_by)
        values (@municipality, @terminal, @draft, @sale, @language, @receiptLink, 1, @now, @by)
        """);

    private static readonly Sql Update = new("""
        update till
        set draft = @draft, sale = @sale, language = @language, receipt_link = @receiptLink, version = version + 1, changed_at = @now, changed_by = @by
        where municipality = @municipality and terminal = @terminal and version = @version
        """);

    private static readonly Sql WasWritten = new("""
        select 1
        from till
        where municipality = @municipality and terminal = @terminal and version = @version + 1 and changed_at = @now and changed_by = @by
        """);

    /// <summary>The sale that a cart became.</summary>
    private static readonly Sql SaleWith = new("""
        select id
        from receivable
        where municipality = @municipality and reference = @reference
        """);

    /// <summary>What a screen shows of a sale's payments changes with this.</summary>
    private static readonly Sql Steps = new("""
        select t.version as till, r.version as sale, p.id as payment, p.status, p.version as step
        from till t
        left join receivable r on r.municipality = t.municipality and r.id = t.sale
        left join payment p on p.municipality = t.municipality and p.receivable = t.sale
        where t.municipality = @municipality and t.terminal = @terminal
        order by p.created_at desc, p.id desc
        {{limit 1}}
        """);

    public static async Task<Till> Find(Reader reader, string municipality, string terminal) =>
        await reader.One<Row>(FindOne, new { municipality, terminal }) is { } row
            ? new Till { Municipality = municipality, Terminal = row.Terminal, Draft = TillDraft.Read(row.Draft), Sale = row.Sale, Language = row.Language, ReceiptLink = row.ReceiptLink, Version = row.Version }
            : new Till { Municipality = municipality, Terminal = terminal };

    public static Task<string?> SaleOf(Reader reader, string municipality, TillDraft draft) => reader.One<string>(SaleWith, new { municipality, reference = draft.Reference });

    /// <summary>One short text that changes whenever the till's screens have something new to show.</summary>
    public async Task<string> Step(string municipality, string terminal, CancellationToken cancellation) =>
        await database.One<StepRow>(Steps, new { municipality, terminal }, cancellation) is { } row
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Till}.{row.Sale}.{row.Payment}.{row.Status}.{row.Step}")
            : "0";

    /// <summary>Reads, changes and writes; again if another screen of this till was faster.</summary>
    public async Task<Till> Change(string municipality, string terminal, string by, Func<Till, Till> change)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var now = clock.Now();
            var before = await database.Read(reader => Find(reader, municipality, terminal));
            var after = change(before);
            if (after == before) return before;
            var values = new { municipality, terminal, draft = after.Draft?.Write(), sale = after.Sale, language = after.Language, receiptLink = after.ReceiptLink, version = before.Version, now, by };
            var written = await database.Write(unit => unit.Hit(before.Version == 0 ? Insert : Update, values), ReadBack.ByRow(WasWritten, values));
            if (written is Written<bool>.Done { Value: true }) return after with { Version = before.Version + 1 };
        }

        throw new InvalidOperationException($"The till {terminal} changed under every try.");
    }

    private sealed class Row
    {
        public string Terminal { get; init; } = "";
        public string? Draft { get; init; }
        public string? Sale { get; init; }
        public string? Language { get; init; }
        public string? ReceiptLink { get; init; }
        public long Version { get; init; }
    }

    private sealed class StepRow
    {
        public long Till { get; init; }
        public long? Sale { get; init; }
        public string? Payment { get; init; }
        public string? Status { get; init; }
        public long? Step { get; init; }
    }
}
