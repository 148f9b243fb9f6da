using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>Refunds as they lie in the database, and what their payment was booked as.</summary>
public static class RefundStore
{
    private const string Columns = """
        f.municipality, f.id, f.payment, f.receivable, f.amount, f.way, f.status, f.reopen, f.order_number, f.place, f.terminal, f.operator, f.session,
        f.receipt_number, f.receipt_date, f.business_date, f.provider_reference, f.note, f.requested_by, f.decided_by, f.version, f.created_at, f.decided_at, f.succeeded_at,
        f.doubt, f.next_ask_at, f.asked_at, f.asking_until, f.asks, f.office, f.city_mistake
        """;

    private static readonly Sql InsertRow = new("""
        insert into refund (municipality, id, payment, receivable, amount, way, status, reopen, order_number, place, terminal, operator, session,
                            receipt_date, business_date, note, requested_by, decided_by, version, created_at, decided_at, succeeded_at, next_ask_at, office, city_mistake)
        values (@Municipality, @Id, @Payment, @Receivable, @Amount, @Way, @Status, @Reopen, @OrderNumber, @Place, @Terminal, @Operator, @Session,
                @ReceiptDate, @BusinessDate, @Note, @RequestedBy, @DecidedBy, @Version, @CreatedAt, @DecidedAt, @SucceededAt, @NextAskAt, @Office, @CityMistake)
        """);

    private static readonly Sql InsertLine = new("""
        insert into refund_line (municipality, refund, line, amount)
        values (@Municipality, @Refund, @Line, @Amount)
        """);

    private static readonly Sql UpdateRow = new("""
        update refund
        set status = @Status, session = @Session, receipt_date = @ReceiptDate, business_date = @BusinessDate, decided_by = @DecidedBy,
            decided_at = @DecidedAt, succeeded_at = @SucceededAt, provider_reference = @ProviderReference, doubt = @Doubt, next_ask_at = @NextAskAt,
            asking_until = @AskingUntil, asks = @Asks, version = version + 1
        where municipality = @Municipality and id = @Id and version = @Version
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from refund f
        where f.municipality = @municipality and f.id = @id
        """);

    private static readonly Sql OfOnePayment = new($"""
        select {Columns}
        from refund f
        where f.municipality = @municipality and f.payment = @payment
        order by f.created_at, f.id
        """);

    private static readonly Sql LinesOfRefund = new("""
        select municipality, refund, line, amount
        from refund_line
        where municipality = @municipality and refund = @id
        order by line
        """);

    /// <summary>What has been given back of each line, or is on its way. A cross join: SQLite then begins with the payment's few refunds and not with every line.</summary>
    private static readonly Sql GivenBackByLine = new("""
        select l.line, sum(l.amount) as amount
        from refund f
        cross join refund_line l
        where f.municipality = @municipality and f.payment = @payment and f.status <> 'failed' and l.municipality = f.municipality and l.refund = f.id
        group by l.line
        """);

    private static readonly Sql SucceededSum = new("""
        select coalesce(sum(amount), 0)
        from refund
        where municipality = @municipality and payment = @payment and status = 'succeeded'
        """);

    /// <summary>The credits of the capture (or of the acceptance of a surplus), line by line.</summary>
    private static readonly Sql CreditsOf = new("""
        select p.account, p.kaikei, p.place, p.section, p.fiscal_year, p.carried_over, p.credit as amount, p.receivable_line
        from journal_entry e
        cross join posting p
        where e.municipality = @municipality and e.payment = @payment and e.kind in ('capture', 'surplusAccepted')
          and p.municipality = e.municipality and p.entry = e.id and p.credit > 0
        order by p.entry, p.line
        """);

    internal static readonly Sql RefundEntryOf = new("""
        select id
        from journal_entry
        where municipality = @municipality and refund = @refund and kind = 'refund'
        """);

    internal static readonly Sql PostingsOf = new("""
        select account, kaikei, place, section, fiscal_year, carried_over, debit, credit, receivable_line
        from posting
        where municipality = @municipality and entry = @entry
        order by line
        """);

    private static readonly Sql ClaimAsk = new("""
        update refund
        set asked_at = @now, asking_until = @lease
        where municipality = @municipality and id = @id and next_ask_at is not null
          and (asked_at is null or asked_at <= @paceAgo) and (asking_until is null or asking_until <= @now)
        """);

    /// <summary>A notice came in: ask soon. Repeated ones change nothing.</summary>
    private static readonly Sql WantLookUp = new("""
        update refund
        set next_ask_at = @at
        where municipality = @municipality and id = @id and status in ('pending', 'inDoubt', 'succeeded') and (next_ask_at is null or next_ask_at > @at)
        """);

    private static readonly Sql DueRows = new("""
        select f.id, p.provider
        from refund f
        join payment p on p.municipality = f.municipality and p.id = f.payment
        where f.municipality = @municipality and f.next_ask_at is not null and f.next_ask_at <= @now
        order by f.next_ask_at
        {{limit @most}}
        """);

    /// <summary>How many a provider has been asked for; one that failed does not count.</summary>
    private static readonly Sql ThroughProvider = new("""
        select count(*)
        from refund
        where municipality = @municipality and payment = @payment and way = 'refund' and status <> 'failed'
        """);

    internal static readonly Sql Exists = new("select 1 from refund where municipality = @municipality and id = @id");

    public static async Task Insert(Unit unit, Refund refund, IEnumerable<RefundLine> lines)
    {
        await unit.Execute(InsertRow, refund);
        foreach (var line in lines) await unit.Execute(InsertLine, line);
    }

    public static Task<bool> Claim(Unit unit, string municipality, string id, Instant now, Instant paceAgo, Instant lease) => unit.Hit(ClaimAsk, new { municipality, id, now, paceAgo, lease });

    public static Task<int> LookUpWanted(Unit unit, string municipality, string id, Instant at) => unit.Execute(WantLookUp, new { municipality, id, at });

    public static Task<List<DueRow>> Due(Reader reader, string municipality, Instant now, int most) => reader.All<DueRow>(DueRows, new { municipality, now, most = (long)most });

    public static Task<long> CountThroughProvider(Reader reader, string municipality, string payment) => reader.One<long>(ThroughProvider, new { municipality, payment });

    public static Task<bool> Update(Unit unit, Refund refund) => unit.Hit(UpdateRow, refund);

    public static Task<Refund?> Find(Reader reader, string municipality, string id) => reader.One<Refund>(FindOne, new { municipality, id });

    public static Task<List<Refund>> OfPayment(Reader reader, string municipality, string payment) => reader.All<Refund>(OfOnePayment, new { municipality, payment });

    public static Task<List<RefundLine>> Lines(Reader reader, string municipality, string id) => reader.All<RefundLine>(LinesOfRefund, new { municipality, id });

    public static async Task<IReadOnlyDictionary<int, Yen>> GivenBack(Reader reader, string municipality, string payment) =>
        (await reader.All<RefundLine>(GivenBackByLine, new { municipality, payment })).ToDictionary(row => row.Line, row => row.Amount);

    public static async Task<Yen> Succeeded(Reader reader, string municipality, string payment) =>
        new(await reader.One<long>(SucceededSum, new { municipality, payment }));

    public static Task<List<BookedCredit>> Credits(Reader reader, string municipality, string payment) =>
        reader.All<BookedCredit>(CreditsOf, new { municipality, payment });

    public static async Task<(string Entry, IReadOnlyList<Posting> Postings)?> RefundEntry(Reader reader, string municipality, string refund)
    {
        if (await reader.One<string>(RefundEntryOf, new { municipality, refund }) is not { } entry) return null;
        var rows = await reader.All<PostingRow>(PostingsOf, new { municipality, entry });
        return (entry, rows.ConvertAll(row => row.Posting));
    }

    private sealed class PostingRow
    {
        public string Account { get; init; } = "";
        public string Kaikei { get; init; } = "";
        public string Place { get; init; } = "";
        public string Section { get; init; } = "";
        public int FiscalYear { get; init; }
        public long CarriedOver { get; init; }
        public Yen Debit { get; init; }
        public Yen Credit { get; init; }
        public int? ReceivableLine { get; init; }

        public Posting Posting => new(new Account(Account), Kaikei, Place, Section, new FiscalYear(FiscalYear), CarriedOver != 0, Debit, Credit, ReceivableLine);
    }
}

/// <summary>One credit of a capture: what a refund takes back.</summary>
public sealed record BookedCredit
{
    public string Account { get; init; } = "";
    public string Kaikei { get; init; } = "";
    public string Place { get; init; } = "";
    public string Section { get; init; } = "";
    public int FiscalYear { get; init; }
    public long CarriedOver { get; init; }
    public Yen Amount { get; init; }
    public int? ReceivableLine { get; init; }
}
