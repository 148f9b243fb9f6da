using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>
/// What a day's sheet adds up. One statement for the receipts, the refunds and the journal, so that they are of one moment and the
/// sums by method, by account and of the cash agree also while payments go on (money rule 10).
/// </summary>
public sealed record DayTotals(
    DayReceipts Receipts, DayAmounts Totals, IReadOnlyList<MethodTotal> ByMethod, IReadOnlyList<AccountTotal> ByAccount, EarlierReceipts Earlier, IReadOnlyList<SheetRow> Lines, IReadOnlyList<CashOfBooks> Cash)
{
    /// <summary>
    /// What was booked of a day are the entries of its receipts and refunds, and the corrections of that date. Refunds are found by
    /// the place that gave back, whose sheet was open, not by the place whose revenue it is. The cash is what the journal says the day
    /// left in the drawers: a difference is in it, a 払込書 is not.
    /// </summary>
    private static readonly Sql Select = new("""
        select 'payment' as part, '' as name, '' as section, p.method as method, coalesce(p.brand, '') as brand, 0 as fiscal_year, 0 as carried_over, '' as receipt_date,
               cast(count(*) as bigint) as number, cast(0 as bigint) as quantity, cast(sum(p.amount) as bigint) as amount, cast(0 as bigint) as given, cast(0 as bigint) as difference,
               min(p.receipt_number) as first_receipt, max(p.receipt_number) as last_receipt,
               cast(sum(case when p.receipt_date < p.business_date then 1 else 0 end) as bigint) as earlier,
               cast(sum(case when p.receipt_date < p.business_date then p.amount else 0 end) as bigint) as earlier_amount
        from payment p
        where p.municipality = @municipality and p.place = @place and p.business_date = @date and p.status = 'captured'
        group by p.method, p.brand
        union all
        select 'refund', '', '', p.method, coalesce(p.brand, ''), 0, 0, '', cast(count(*) as bigint), 0, cast(sum(f.amount) as bigint), 0, 0, 0, 0, 0, 0
        from refund f
        join payment p on p.municipality = f.municipality and p.id = f.payment
        where f.municipality = @municipality and f.place = @place and f.business_date = @date
        group by p.method, p.brand
        union all
        select 'free', '', '', '', '', 0, 0, '', cast(count(*) as bigint), 0, 0, 0, 0, coalesce(min(r.receipt_number), 0), coalesce(max(r.receipt_number), 0), 0, 0
        from receivable r
        where r.municipality = @municipality and r.place = @place and r.business_date = @date
          and not exists (select 1 from receivable_reduction d where d.municipality = r.municipality and d.receivable = r.id)
        union all
        select 'waived', '', '', '', '', 0, 0, '', cast(count(*) as bigint), 0, 0, 0, 0, coalesce(min(r.receipt_number), 0), coalesce(max(r.receipt_number), 0), 0, 0
        from receivable r
        where r.municipality = @municipality and r.place = @place and r.business_date = @date
          and exists (select 1 from receivable_reduction d where d.municipality = r.municipality and d.receivable = r.id)
        union all
        select 'account', b.account, b.section, coalesce(e.method, ''), coalesce(e.brand, ''), b.fiscal_year, b.carried_over, e.receipt_date,
               cast(sum(case when e.kind = 'capture' then 1 else 0 end) as bigint), cast(sum(case when e.kind = 'capture' then coalesce(l.quantity, 1) else 0 end) as bigint),
               cast(sum(case when e.kind in ('capture', 'surplusAccepted') then b.credit - b.debit else 0 end) as bigint),
               cast(sum(case when e.kind in ('capture', 'surplusAccepted') then 0 else b.debit - b.credit end) as bigint), 0, 0, 0, 0, 0
        from (
            select c.id, c.kind, c.receivable, c.receipt_date, p.method, p.brand
            from payment p
            join journal_entry c on c.municipality = p.municipality and c.payment = p.id and c.kind = 'capture'
            where p.municipality = @municipality and p.place = @place and p.business_date = @date and p.status = 'captured'
            union all
            select c.id, c.kind, c.receivable, c.receipt_date, p.method, p.brand
            from refund f
            join journal_entry c on c.municipality = f.municipality and c.refund = f.id and c.kind = 'refund'
            join payment p on p.municipality = f.municipality and p.id = f.payment
            where f.municipality = @municipality and f.place = @place and f.business_date = @date
            union all
            select c.id, c.kind, c.receivable, c.receipt_date, p.method, p.brand
            from journal_entry c
            left join payment p on p.municipality = c.municipality and p.id = c.payment
            left join refund f on f.municipality = c.municipality and f.id = c.refund
            where c.municipality = @municipality and c.business_date = @date and c.kind in ('surplusAccepted', 'reversal', 'refundRebooked')
              and coalesce(f.place, p.place) = @place
        ) e
        join posting b on b.municipality = @municipality and b.entry = e.id
        left join receivable_line l on l.municipality = @municipality and l.receivable = e.receivable and l.line = b.receivable_line
        where b.account like 'revenue/%' or b.account like 'outside/%' or b.account like 'custody/%' or b.account like 'overpaid/%' or b.account like 'expenditure/%'
        group by b.account, b.section, coalesce(e.method, ''), coalesce(e.brand, ''), b.fiscal_year, b.carried_over, e.receipt_date
        union all
        select 'cash', x.owner, x.kaikei, '', '', x.fiscal_year, 0, '', cast(count(*) as bigint), 0,
               cast(sum(case when x.kind = 'capture' then x.debit - x.credit else 0 end) as bigint),
               cast(sum(case when x.kind in ('capture', 'cashDifference') then 0 else x.credit - x.debit end) as bigint),
               cast(sum(case when x.kind = 'cashDifference' then x.debit - x.credit else 0 end) as bigint), 0, 0, 0, 0
        from (
            select b.kaikei, b.fiscal_year, b.debit, b.credit, c.kind,
                   coalesce((select min(o.account) from posting o where o.municipality = b.municipality and o.entry = b.entry and o.account like 'custody/%'), '') as owner
            from posting b
            join journal_entry c on c.municipality = b.municipality and c.id = b.entry
            where b.municipality = @municipality and b.account = @cash and b.business_date = @date and c.kind <> 'cashPaidIn'
        ) x
        group by x.owner, x.kaikei, x.fiscal_year
        """);

    public static async Task<DayTotals> Of(Reader reader, SheetDay day) =>
        Of(await reader.All<Row>(Select, new { municipality = day.Municipality, place = day.Place, date = day.Date, cash = Ledger.Account.Cash(day.Place).Name }));

    private static DayTotals Of(IReadOnlyList<Row> rows)
    {
        var parts = rows.ToLookup(row => row.Part, StringComparer.Ordinal);
        var byMethod = ByMethodOf(parts["payment"].ToList(), parts["refund"].ToList());
        var byAccount = parts["account"].GroupBy(row => (row.Name, row.FiscalYear)).OrderBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.FiscalYear)
            .Select(group => AccountTotal.Of(group.Key.Name, (int)group.Key.FiscalYear, Yen.Sum(group.Select(row => row.Amount - row.Given)))).ToList();
        var (captured, refunded) = (Yen.Sum(byMethod.Select(method => method.Amount)), Yen.Sum(byMethod.Select(method => method.RefundedAmount)));
        return new DayTotals(
            ReceiptsOf(parts["payment"].Concat(parts["free"]).Concat(parts["waived"]).Where(row => row.Number > 0).ToList()),
            new DayAmounts(captured, refunded, captured - refunded, parts["free"].Sum(row => row.Number), parts["waived"].Sum(row => row.Number)),
            byMethod, byAccount, new EarlierReceipts(parts["payment"].Sum(row => row.Earlier), Yen.Sum(parts["payment"].Select(row => row.EarlierAmount))),
            LinesOf(parts["account"]), CashOf(parts["cash"]));
    }

    private static DayReceipts ReceiptsOf(List<Row> numbered) =>
        numbered.Count == 0 ? new DayReceipts(null, null, 0) : new DayReceipts(numbered.Min(row => row.FirstReceipt), numbered.Max(row => row.LastReceipt), numbered.Sum(row => row.Number));

    /// <summary>A method whose money only went back that day has a line as well.</summary>
    private static List<MethodTotal> ByMethodOf(List<Row> taken, List<Row> given) =>
        taken.Concat(given).GroupBy(row => (row.Method, row.Brand))
            .OrderBy(group => Names.Parse<PaymentMethod>(group.Key.Method)).ThenBy(group => group.Key.Brand, StringComparer.Ordinal)
            .Select(group => new MethodTotal(
                group.Key.Method, group.Key.Brand.Length == 0 ? null : group.Key.Brand,
                taken.Where(row => (row.Method, row.Brand) == group.Key).Sum(row => row.Number),
                Yen.Sum(taken.Where(row => (row.Method, row.Brand) == group.Key).Select(row => row.Amount)),
                Yen.Sum(given.Where(row => (row.Method, row.Brand) == group.Key).Select(row => row.Amount)))).ToList();

    private static List<SheetRow> LinesOf(IEnumerable<Row> rows) =>
        [.. rows.Select(static row => SheetRow.Of(row.Section, row.Name, (int)row.FiscalYear, row.CarriedOver != 0, row.Method, row.Brand, BusinessDate.Parse(row.ReceiptDate), row.Number, row.Quantity, row.Amount, row.Given))
            .OrderBy(static row => row.ReceiptDate).ThenBy(static row => row.Section, StringComparer.Ordinal).ThenBy(static row => row.Account, StringComparer.Ordinal)
            .ThenBy(static row => row.FiscalYear).ThenBy(static row => row.Method, StringComparer.Ordinal).ThenBy(static row => row.Brand, StringComparer.Ordinal)];

    private static List<CashOfBooks> CashOf(IEnumerable<Row> rows) =>
        [.. rows.Select(static row => new CashOfBooks(row.Section, (int)row.FiscalYear, CashOfBooks.OwnerOf(row.Name), row.Amount, row.Given, row.Difference, row.Amount - row.Given + row.Difference))
            .OrderBy(static cash => cash.Owner, StringComparer.Ordinal).ThenBy(static cash => cash.Kaikei, StringComparer.Ordinal).ThenBy(static cash => cash.FiscalYear)];

    private sealed class Row
    {
        public string Part { get; init; } = "";
        public string Name { get; init; } = "";
        public string Section { get; init; } = "";
        public string Method { get; init; } = "";
        public string Brand { get; init; } = "";
        public long FiscalYear { get; init; }
        public long CarriedOver { get; init; }
        public string ReceiptDate { get; init; } = "";
        public long Number { get; init; }
        public long Quantity { get; init; }
        public Yen Amount { get; init; }
        public Yen Given { get; init; }
        public Yen Difference { get; init; }
        public long FirstReceipt { get; init; }
        public long LastReceipt { get; init; }
        public long Earlier { get; init; }
        public Yen EarlierAmount { get; init; }
    }
}

/// <summary>領収番号 of the day, sales of 0 yen included.</summary>
public sealed record DayReceipts(long? First, long? Last, long Count);

public sealed record DayAmounts(Yen CapturedAmount, Yen RefundedAmount, Yen NetAmount, long FreeCount, long WaivedCount);

public sealed record MethodTotal(string Method, string? Brand, long Count, Yen Amount, Yen RefundedAmount);

/// <summary>What an account gained on the day; less than nothing where more went back than came in.</summary>
/// <param name="RevenueAccount">歳入科目 where the account is of one.</param>
public sealed record AccountTotal(string Account, string? RevenueAccount, int FiscalYear, Yen Amount)
{
    public static AccountTotal Of(string account, int year, Yen amount) => new(account, RevenueOf(account), year, amount);

    internal static string? RevenueOf(string account)
    {
        var parts = account.Split('/');
        return parts[0] is "revenue" or "outside" or "expenditure" ? parts[1] : null;
    }
}

/// <summary>前日以前分: receipts of earlier days that are listed on this one.</summary>
public sealed record EarlierReceipts(long Count, Yen Amount);

/// <summary>One line of the 収納金日計表: a section's account in one year, by method, brand and day of receipt.</summary>
/// <param name="Section">課 whose revenue it is, whichever counter took it.</param>
/// <param name="Method">Empty where the money is of no payment.</param>
/// <param name="Count">How many lines of receivables were taken.</param>
/// <param name="Quantity">通数 of those lines.</param>
/// <param name="Amount">Taken.</param>
/// <param name="RefundedAmount">Given back on this day, whenever it was taken.</param>
public sealed record SheetRow(
    string Section, string Account, string? RevenueAccount, int FiscalYear, bool CarriedOver, string? Method, string? Brand, BusinessDate ReceiptDate, long Count, long Quantity, Yen Amount, Yen RefundedAmount, Yen NetAmount)
{
    public static SheetRow Of(string section, string account, int year, bool carriedOver, string method, string brand, BusinessDate receiptDate, long count, long quantity, Yen amount, Yen refunded) =>
        new(section, account, AccountTotal.RevenueOf(account), year, carriedOver, method.Length == 0 ? null : method, brand.Length == 0 ? null : brand, receiptDate, count, quantity, amount, refunded, amount - refunded);
}

/// <summary>Cash of one 会計 and year that a day left in the drawers, floats apart.</summary>
/// <param name="Owner">"city", or the designated manager whose own income it is.</param>
/// <param name="HandOverAmount">引継額: taken less given back, more or less by what the count found. A 払込書 is made of it.</param>
public sealed record CashOfBooks(string Kaikei, int FiscalYear, string Owner, Yen Amount, Yen RefundedAmount, Yen DifferenceAmount, Yen HandOverAmount)
{
    public const string City = "city";

    /// <summary>custody/{manager}/{place} → manager.</summary>
    internal static string OwnerOf(string custody) => custody.Length == 0 ? City : custody.Split('/')[1];
}
