using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>
/// What a day's sheet adds up. One statement for the receipts, the refunds and the journal, so that they are of one moment and the
/// sums by method and by account agree also while payments go on (money rule 10).
/// </summary>
public sealed record DayTotals(DayReceipts Receipts, DayAmounts Totals, IReadOnlyList<MethodTotal> ByMethod, IReadOnlyList<AccountTotal> ByAccount, EarlierReceipts Earlier)
{
    /// <summary>
    /// What was booked of a day are the entries of its receipts and refunds, and the corrections of that date. Refunds are found by
    /// the place that gave back, whose sheet was open, not by the place whose revenue it is.
    /// </summary>
    private static readonly Sql Select = new("""
        select 'payment' as part, p.method as name, coalesce(p.brand, '') as brand, 0 as fiscal_year,
               cast(count(*) as bigint) as number, cast(sum(p.amount) as bigint) as amount,
               min(p.receipt_number) as first_receipt, max(p.receipt_number) as last_receipt,
               cast(sum(case when p.receipt_date < p.business_date then 1 else 0 end) as bigint) as earlier,
               cast(sum(case when p.receipt_date < p.business_date then p.amount else 0 end) as bigint) as earlier_amount
        from payment p
        where p.municipality = @municipality and p.place = @place and p.business_date = @date and p.status = 'captured'
        group by p.method, p.brand
        union all
        select 'refund', p.method, coalesce(p.brand, ''), 0, cast(count(*) as bigint), cast(sum(f.amount) as bigint), 0, 0, 0, 0
        from refund f
        join payment p on p.municipality = f.municipality and p.id = f.payment
        where f.municipality = @municipality and f.place = @place and f.business_date = @date
        group by p.method, p.brand
        union all
        select 'free', '', '', 0, cast(count(*) as bigint), 0, coalesce(min(r.receipt_number), 0), coalesce(max(r.receipt_number), 0), 0, 0
        from receivable r
        where r.municipality = @municipality and r.place = @place and r.business_date = @date
          and not exists (select 1 from receivable_reduction d where d.municipality = r.municipality and d.receivable = r.id)
        union all
        select 'waived', '', '', 0, cast(count(*) as bigint), 0, coalesce(min(r.receipt_number), 0), coalesce(max(r.receipt_number), 0), 0, 0
        from receivable r
        where r.municipality = @municipality and r.place = @place and r.business_date = @date
          and exists (select 1 from receivable_reduction d where d.municipality = r.municipality and d.receivable = r.id)
        union all
        select 'account', b.account, '', b.fiscal_year, cast(count(*) as bigint), cast(sum(b.credit) - sum(b.debit) as bigint), 0, 0, 0, 0
        from (
            select c.id
            from payment p
            join journal_entry c on c.municipality = p.municipality and c.payment = p.id and c.kind = 'capture'
            where p.municipality = @municipality and p.place = @place and p.business_date = @date and p.status = 'captured'
            union all
            select c.id
            from refund f
            join journal_entry c on c.municipality = f.municipality and c.refund = f.id and c.kind = 'refund'
            where f.municipality = @municipality and f.place = @place and f.business_date = @date
            union all
            select c.id
            from journal_entry c
            left join payment p on p.municipality = c.municipality and p.id = c.payment
            left join refund f on f.municipality = c.municipality and f.id = c.refund
            where c.municipality = @municipality and c.business_date = @date and c.kind in ('surplusAccepted', 'reversal', 'refundRebooked')
              and coalesce(f.place, p.place) = @place
        ) e
        join posting b on b.municipality = @municipality and b.entry = e.id
        where b.account like 'revenue/%' or b.account like 'outside/%' or b.account like 'custody/%' or b.account like 'overpaid/%' or b.account like 'expenditure/%'
        group by b.account, b.fiscal_year
        """);

    public static async Task<DayTotals> Of(Reader reader, SheetDay day) =>
        Of(await reader.All<Row>(Select, new { municipality = day.Municipality, place = day.Place, date = day.Date }));

    private static DayTotals Of(IReadOnlyList<Row> rows)
    {
        var parts = rows.ToLookup(row => row.Part, StringComparer.Ordinal);
        var byMethod = ByMethodOf(parts["payment"].ToList(), parts["refund"].ToList());
        var byAccount = parts["account"].OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.FiscalYear)
            .Select(row => AccountTotal.Of(row.Name, (int)row.FiscalYear, row.Amount)).ToList();
        var (captured, refunded) = (Yen.Sum(byMethod.Select(method => method.Amount)), Yen.Sum(byMethod.Select(method => method.RefundedAmount)));
        return new DayTotals(
            ReceiptsOf(parts["payment"].Concat(parts["free"]).Concat(parts["waived"]).Where(row => row.Number > 0).ToList()),
            new DayAmounts(captured, refunded, captured - refunded, parts["free"].Sum(row => row.Number), parts["waived"].Sum(row => row.Number)),
            byMethod, byAccount, new EarlierReceipts(parts["payment"].Sum(row => row.Earlier), Yen.Sum(parts["payment"].Select(row => row.EarlierAmount))));
    }

    private static DayReceipts ReceiptsOf(List<Row> numbered) =>
        numbered.Count == 0 ? new DayReceipts(null, null, 0) : new DayReceipts(numbered.Min(row => row.FirstReceipt), numbered.Max(row => row.LastReceipt), numbered.Sum(row => row.Number));

    /// <summary>A method whose money only went back that day has a line as well.</summary>
    private static List<MethodTotal> ByMethodOf(List<Row> taken, List<Row> given) =>
        taken.Concat(given).GroupBy(row => (Method: row.Name, row.Brand))
            .OrderBy(group => Names.Parse<PaymentMethod>(group.Key.Method)).ThenBy(group => group.Key.Brand, StringComparer.Ordinal)
            .Select(group => new MethodTotal(
                group.Key.Method, group.Key.Brand.Length == 0 ? null : group.Key.Brand,
                taken.Where(row => (row.Name, row.Brand) == group.Key).Sum(row => row.Number),
                Yen.Sum(taken.Where(row => (row.Name, row.Brand) == group.Key).Select(row => row.Amount)),
                Yen.Sum(given.Where(row => (row.Name, row.Brand) == group.Key).Select(row => row.Amount)))).ToList();

    private sealed class Row
    {
        public string Part { get; init; } = "";
        public string Name { get; init; } = "";
        public string Brand { get; init; } = "";
        public long FiscalYear { get; init; }
        public long Number { get; init; }
        public Yen Amount { get; init; }
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
    public static AccountTotal Of(string account, int year, Yen amount)
    {
        var parts = account.Split('/');
        return new AccountTotal(account, parts[0] is "revenue" or "outside" or "expenditure" ? parts[1] : null, year, amount);
    }
}

/// <summary>前日以前分: receipts of earlier days that are listed on this one.</summary>
public sealed record EarlierReceipts(long Count, Yen Amount);
