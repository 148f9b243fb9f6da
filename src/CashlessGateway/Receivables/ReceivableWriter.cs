using System.Text.Json;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Receivables;

/// <summary>Writes a draft, and lists a sale of 0 yen on the day's sheet: it has no payment that could do it.</summary>
public static class ReceivableWriter
{
    /// <summary>諸証明台帳 is kept for five years after the year it was made in.</summary>
    private const int LedgerEntryYears = 6;

    private static readonly Sql InsertReceivable = new("""
        insert into receivable (municipality, id, kind, place, reference, title, amount, tax_included, money_owner, due_date, notice_date, pay_by,
                                exclusive_group, exclusive_hash, exclusive_side, follows, metadata, client, version, created_at, ticket_at, started_at)
        values (@Municipality, @Id, @Kind, @Place, @Reference, @Title, @Amount, @TaxIncluded, @MoneyOwner, @DueDate, @NoticeDate, @PayBy,
                @ExclusiveGroup, @ExclusiveHash, @ExclusiveSide, @Follows, @Metadata, @Client, @Version, @CreatedAt, @TicketAt, @StartedAt)
        """);

    private static readonly Sql InsertLine = new("""
        insert into receivable_line (municipality, receivable, line, fee, revenue_account, description, section, kaikei, year_rule, enterprise,
                                     tax_class, quantity, unit_amount, gross_amount, amount, fiscal_year, carried_over, methods, people)
        values (@Municipality, @Receivable, @Line, @Fee, @RevenueAccount, @Description, @Section, @Kaikei, @YearRule, @Enterprise,
                @TaxClass, @Quantity, @UnitAmount, @GrossAmount, @Amount, @FiscalYear, @CarriedOver, @Methods, @People)
        """);

    private static readonly Sql InsertReduction = new("""
        insert into receivable_reduction (municipality, receivable, position, line, kind, rate, amount, ground_code, decision_number)
        values (@Municipality, @Receivable, @Position, @Line, @Kind, @Rate, @Amount, @GroundCode, @DecisionNumber)
        """);

    private static readonly Sql InsertAlias = new("""
        insert into receivable_alias (municipality, receivable, position, type, value, value_hash, live)
        values (@municipality, @receivable, @position, @type, @value, @hash, 1)
        """);

    private static readonly Sql FindGroup = new("""
        select 1
        from exclusive_group
        where municipality = @municipality and group_hash = @hash
        """);

    private static readonly Sql InsertGroup = new("""
        insert into exclusive_group (municipality, group_hash, side, holders)
        values (@municipality, @hash, '', 0)
        """);

    private static readonly Sql InsertLedgerEntry = new("""
        insert into receivable_ledger_entry (municipality, receivable, body, keep_until)
        values (@municipality, @receivable, @body, @keepUntil)
        """);

    private static readonly Sql ListFreeSale = new("""
        update receivable
        set receipt_number = @number, receipt_date = @receiptDate, business_date = @businessDate
        where municipality = @municipality and id = @id
        """);

    private static readonly Sql DeleteLines = new("delete from receivable_line where municipality = @municipality and receivable = @id");

    private static readonly Sql DeleteReductions = new("delete from receivable_reduction where municipality = @municipality and receivable = @id");

    /// <summary>Which unique index another writer may hold for good reason.</summary>
    public const string AliasIndex = "receivable_alias_live";

    public static async Task Insert(Unit unit, ReceivableDraft draft)
    {
        var receivable = draft.Receivable;
        await unit.Execute(InsertReceivable, receivable);
        await InsertLines(unit, draft.Lines, draft.Reductions);
        foreach (var (position, alias) in draft.Aliases.Index())
            await unit.Execute(InsertAlias, new { municipality = receivable.Municipality, receivable = receivable.Id, position, type = Names.Of(alias.Type), value = alias.Key, hash = alias.Hash });
        await EnsureGroup(unit, receivable);
        if (draft.LedgerEntry is { } entry)
            await unit.Execute(InsertLedgerEntry, new { municipality = receivable.Municipality, receivable = receivable.Id, body = JsonSerializer.Serialize(entry), keepUntil = BusinessDate.Of(receivable.CreatedAt).AddDays(365 * LedgerEntryYears) });
    }

    public static async Task ReplaceLines(Unit unit, Receivable receivable, IReadOnlyList<ReceivableLine> lines, IReadOnlyList<Reduction> reductions)
    {
        await unit.Execute(DeleteLines, new { municipality = receivable.Municipality, id = receivable.Id });
        await unit.Execute(DeleteReductions, new { municipality = receivable.Municipality, id = receivable.Id });
        await InsertLines(unit, lines, reductions);
    }

    /// <summary>Free and waived sales get a receipt number of the day like any other.</summary>
    public static async Task<SheetAnswer> ListFree(Unit unit, ReceivableDraft draft, string? terminal, string? op, string newSession, Instant now)
    {
        var receiptDate = BusinessDate.Of(now);
        var atCounter = draft.Receivable.Kind is "counterSale" or "facilityCharge";
        var entry = new SheetEntry(draft.Place, receiptDate, terminal, op, NeedsClerk: atCounter, newSession, now);
        var found = await DaySheet.Find(unit, entry);
        if (found is not SheetAnswer.Listed place) return found;
        var listed = await DaySheet.List(unit, entry, place.Line);
        if (listed is SheetAnswer.Listed { Line: var line })
            await unit.Hit(ListFreeSale, new { municipality = draft.Receivable.Municipality, id = draft.Receivable.Id, number = line.ReceiptNumber, receiptDate, businessDate = line.Date });
        return listed;
    }

    private static async Task InsertLines(Unit unit, IReadOnlyList<ReceivableLine> lines, IReadOnlyList<Reduction> reductions)
    {
        foreach (var line in lines) await unit.Execute(InsertLine, line);
        foreach (var reduction in reductions) await unit.Execute(InsertReduction, reduction);
    }

    private static async Task EnsureGroup(Unit unit, Receivable receivable)
    {
        if (receivable.ExclusiveHash is not { } hash) return;
        var group = new { municipality = receivable.Municipality, hash };
        if (!await unit.Exists(FindGroup, group)) await unit.Execute(InsertGroup, group);
    }
}
