using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Receipts;

/// <summary>The row of a receipt: what makes it one and the same paper however often it is printed.</summary>
internal sealed record StoredReceipt
{
    public string Municipality { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Place { get; init; } = "";
    public BusinessDate Date { get; init; }
    public long? Slip { get; init; }
    public string Code { get; init; } = "";
    public Instant CreatedAt { get; init; }
}

public enum PrintState
{
    /// <summary>On its way to a printer. Where the process died there, it counts as printed.</summary>
    Sending,

    Printed,

    /// <summary>Nothing reached the printer: it does not count.</summary>
    Failed,

    /// <summary>The line broke in the middle: paper may have come out, so it counts.</summary>
    Unsure,
}

/// <summary>One try to hand a receipt out.</summary>
public sealed record ReceiptPrint
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Subject { get; init; } = "";
    public long Position { get; init; }

    /// <summary>0 for the original, n for 再発行 n回目.</summary>
    public long Copy { get; init; }

    /// <summary>1: all prints before it were spoilt.</summary>
    public long ForSpoilt { get; init; }

    public string Form { get; init; } = "";
    public string? Printer { get; init; }
    public string Place { get; init; } = "";
    public string State { get; init; } = "";
    public Instant PrintedAt { get; init; }
    public string PrintedBy { get; init; } = "";
    public Instant? SpoiltAt { get; init; }
    public BusinessDate? SpoiltOn { get; init; }
    public string? SpoiltBy { get; init; }
    public string? SpoiltWhy { get; init; }

    public ReceiptForm How => Names.Parse<ReceiptForm>(Form);

    public PrintState Outcome => Names.Parse<PrintState>(State);

    /// <summary>What stands on it.</summary>
    public string? Mark => (How, Copy) switch
    {
        (ReceiptForm.Link, 0) => "電子交付",
        (ReceiptForm.Link, _) => $"電子交付（再発行 {Copy}回目）",
        (_, 0) => null,
        _ => ForSpoilt == 1 ? $"再発行 {Copy}回目（書損の代わり）" : $"再発行 {Copy}回目",
    };
}

/// <summary>Receipts, their prints and their links as they lie in the database.</summary>
internal static class ReceiptStore
{
    public const string PositionIndex = "receipt_print_position";

    private const string Columns = "r.municipality, r.subject, r.place, r.date, r.slip, r.code, r.created_at";

    private const string PrintColumns = """
        p.municipality, p.id, p.subject, p.position, p.copy, p.for_spoilt, p.form, p.printer, p.place, p.state, p.printed_at, p.printed_by,
        p.spoilt_at, p.spoilt_on, p.spoilt_by, p.spoilt_why
        """;

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from receipt r
        where r.municipality = @municipality and r.subject = @subject
        """);

    /// <summary>Over all cities: whoever holds a paper knows its code and nothing else. The row says whose it is.</summary>
    private static readonly Sql ByCode = new($"""
        select {Columns}
        from receipt r
        where r.code = @code
        """);

    private static readonly Sql InsertOne = new("""
        insert into receipt (municipality, subject, place, date, slip, code, created_at)
        values (@Municipality, @Subject, @Place, @Date, @Slip, @Code, @CreatedAt)
        """);

    /// <summary>After a restore the slips since the backup are not known: their day goes on behind them, as receipts do.</summary>
    private static readonly Sql LastSlip = new("""
        select max(last_slip)
        from (
            select max(slip) as last_slip
            from receipt
            where municipality = @municipality and place = @place and date = @date and slip is not null
            union all
            select min(1000)
            from recovery v
            where v.from_date <= @date and v.to_date >= @date
        ) known
        """);

    internal static readonly Sql PrintExists = new("select 1 from receipt_print where municipality = @municipality and id = @id");

    private static readonly Sql FindPrint = new($"""
        select {PrintColumns}
        from receipt_print p
        where p.municipality = @municipality and p.id = @id
        """);

    private static readonly Sql PrintsOf = new($"""
        select {PrintColumns}
        from receipt_print p
        where p.municipality = @municipality and p.subject = @subject
        order by p.position
        """);

    private static readonly Sql InsertPrint = new("""
        insert into receipt_print (municipality, id, subject, position, copy, for_spoilt, form, printer, place, state, printed_at, printed_by)
        values (@Municipality, @Id, @Subject, @Position, @Copy, @ForSpoilt, @Form, @Printer, @Place, @State, @PrintedAt, @PrintedBy)
        """);

    private static readonly Sql EndSending = new("""
        update receipt_print
        set state = @state
        where municipality = @municipality and id = @id and state = 'sending'
        """);

    private static readonly Sql SpoilOne = new("""
        update receipt_print
        set spoilt_at = @at, spoilt_on = @day, spoilt_by = @by, spoilt_why = @why
        where municipality = @municipality and id = @id and spoilt_at is null
        """);

    private static readonly Sql SpoiltOn = new($"""
        select {PrintColumns}
        from receipt_print p
        where p.municipality = @municipality and p.place = @place and p.spoilt_on = @day
        order by p.spoilt_at, p.id
        """);

    private static readonly Sql InsertLink = new("""
        insert into receipt_link (municipality, token_hash, issue, created_at, created_by, expires_at)
        values (@municipality, @hash, @issue, @now, @by, @until)
        """);

    /// <summary>Over all cities, like <see cref="ByCode"/>.</summary>
    private static readonly Sql LinkBy = new($"""
        select {PrintColumns}
        from receipt_link l
        join receipt_print p on p.municipality = l.municipality and p.id = l.issue
        where l.token_hash = @hash and l.expires_at > @now and p.spoilt_at is null
        """);

    public static Task<StoredReceipt?> Find(Reader reader, string municipality, string subject) => reader.One<StoredReceipt>(FindOne, new { municipality, subject });

    public static Task<StoredReceipt?> WithCode(Reader reader, string code) => reader.One<StoredReceipt>(ByCode, new { code });

    /// <summary>Whether this very row is there.</summary>
    public static ReadBack IsWritten(StoredReceipt row) => ReadBack.ByRow(ByCode, new { code = row.Code });

    public static Task Insert(Unit unit, StoredReceipt row) => unit.Execute(InsertOne, row);

    public static async Task<long> NextSlip(Reader reader, StoredReceipt row) => 1 + (await reader.One<long?>(LastSlip, new { municipality = row.Municipality, place = row.Place, date = row.Date }) ?? 0);

    public static Task<ReceiptPrint?> Print(Reader reader, string municipality, string id) => reader.One<ReceiptPrint>(FindPrint, new { municipality, id });

    public static Task<List<ReceiptPrint>> Prints(Reader reader, string municipality, string subject) => reader.All<ReceiptPrint>(PrintsOf, new { municipality, subject });

    public static Task Insert(Unit unit, ReceiptPrint print) => unit.Execute(InsertPrint, print);

    /// <summary>False when it has an end already.</summary>
    public static Task<bool> End(Unit unit, ReceiptPrint print, PrintState state) => unit.Hit(EndSending, new { municipality = print.Municipality, id = print.Id, state = Names.Of(state) });

    /// <summary>False when it is spoilt already.</summary>
    public static Task<bool> Spoil(Unit unit, ReceiptPrint print, BusinessDate day, Instant at, string by, SpoiltWhy why) =>
        unit.Hit(SpoilOne, new { municipality = print.Municipality, id = print.Id, at, day, by, why = Names.Of(why) });

    public static Task<List<ReceiptPrint>> Spoilt(Reader reader, string municipality, string place, BusinessDate day) => reader.All<ReceiptPrint>(SpoiltOn, new { municipality, place, day });

    public static Task InsertLinkTo(Unit unit, ReceiptPrint print, byte[] hash, Instant until) =>
        unit.Execute(InsertLink, new { municipality = print.Municipality, hash, issue = print.Id, now = print.PrintedAt, by = print.PrintedBy, until });

    /// <summary>The print behind a link that still opens.</summary>
    public static Task<ReceiptPrint?> LinkedPrint(Reader reader, byte[] hash, Instant now) => reader.One<ReceiptPrint>(LinkBy, new { hash, now });
}

/// <summary>Why a paper was no good.</summary>
public enum SpoiltWhy
{
    PaperJam,
    Misprint,
    WrongPaper,
    Other,
}
