using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Counter;

/// <summary>One attempt to pay, or one sale without any, as the counter's lists show it.</summary>
public sealed record SaleRow
{
    public string Receivable { get; init; } = "";
    public string? Payment { get; init; }
    public string Title { get; init; } = "";
    public string Place { get; init; } = "";
    public Yen Amount { get; init; }
    public Yen RefundedAmount { get; init; }
    public string? Method { get; init; }
    public string? Brand { get; init; }

    /// <summary>Null for a sale of 0 yen.</summary>
    public string? Status { get; init; }

    public string? Terminal { get; init; }
    public long? ReceiptNumber { get; init; }
    public string? ApprovalNumber { get; init; }
    public string? UnfinishedSlip { get; init; }
    public BusinessDate? InquiryUntil { get; init; }
    public string? ProposedOutcome { get; init; }
    public string? Doubt { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? HandedOverAt { get; init; }
}

/// <summary>What the counter's lists ask.</summary>
public static class SalesOfDay
{
    /// <summary>More than a busy counter has in a day; the rest is found by searching.</summary>
    private const long Most = 500;

    private const string Columns = """
        r.id as receivable, p.id as payment, r.title, p.place, p.amount, p.refunded_amount, p.method, p.brand, p.status, p.terminal, p.receipt_number, p.approval_number,
        p.unfinished_slip, p.inquiry_until, p.proposed_outcome, p.doubt, p.created_at, r.handed_over_at
        """;

    private static readonly Sql Paid = new($"""
        select {Columns}
        from payment p
        join receivable r on r.municipality = p.municipality and r.id = p.receivable
        where p.municipality = @municipality and p.place = @place and p.created_at >= @from and p.created_at < @to
        order by p.created_at desc, p.id desc
        {"{{limit @most}}"}
        """);

    private static readonly Sql Free = new("""
        select r.id as receivable, r.title, r.place, r.amount, r.receipt_number, r.created_at, r.handed_over_at
        from receivable r
        where r.municipality = @municipality and r.place = @place and r.business_date = @date and r.amount = 0
        order by r.created_at desc, r.id desc
        {{limit @most}}
        """);

    /// <summary>Not known yet, or released by a person while evidence may still come.</summary>
    private static readonly Sql InDoubt = new($"""
        select {Columns}
        from payment p
        join receivable r on r.municipality = p.municipality and r.id = p.receivable
        where p.municipality = @municipality and p.place {"{{in @places}}"} and p.status = 'inDoubt' and p.captured_at is null
        union all
        select {Columns}
        from payment p
        join receivable r on r.municipality = p.municipality and r.id = p.receivable
        where p.municipality = @municipality and p.place {"{{in @places}}"} and p.inquiry_state = 'open' and p.inquiry_state is not null and p.status <> 'inDoubt'
        """);

    /// <summary>Certificates that are paid for (or free) and still lie at the counter.</summary>
    private static readonly Sql NotHandedOver = new("""
        select r.id as receivable, r.title, r.place, r.amount, r.created_at, r.handed_over_at, p.id as payment, p.method, p.brand, p.status, p.receipt_number, p.terminal
        from receivable r
        left join payment p on p.municipality = r.municipality and p.slot = r.id
        where r.municipality = @municipality and r.place = @place and r.kind = 'counterSale' and r.handed_over_at is null and r.created_at >= @from
          and r.cancelled_at is null and (p.status = 'captured' or r.amount = 0)
        order by r.created_at, r.id
        {{limit @most}}
        """);

    public static async Task<IReadOnlyList<SaleRow>> Of(Reader reader, string municipality, string place, BusinessDate date)
    {
        var values = new { municipality, place, date, from = date.Begins, to = date.AddDays(1).Begins, most = Most };
        var rows = await reader.All<SaleRow>(Paid, values);
        rows.AddRange(await reader.All<SaleRow>(Free, values));
        return [.. rows.OrderByDescending(static row => row.CreatedAt).ThenByDescending(static row => row.Receivable, StringComparer.Ordinal)];
    }

    public static Task<List<SaleRow>> Doubts(Reader reader, string municipality, IReadOnlyList<string> places) =>
        places.Count == 0 ? Task.FromResult(new List<SaleRow>()) : reader.All<SaleRow>(InDoubt, new { municipality, places = places.ToArray() });

    public static Task<List<SaleRow>> Waiting(Reader reader, string municipality, string place, BusinessDate from) => reader.All<SaleRow>(NotHandedOver, new { municipality, place, from = from.Begins, most = Most });
}
