using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>GET /v1/places/{code}/days/{date}: 収納金日計表, the sheet of one place's day, as JSON or as a file.</summary>
public sealed class ReadDay(Database database)
{
    /// <summary>平成元年: no sheet is older than the electronic books of any city.</summary>
    private static readonly BusinessDate First = BusinessDate.Of(1989, 1, 1);

    private static readonly BusinessDate Last = BusinessDate.Of(2999, 12, 31);

    private static readonly Sql FindDay = new("""
        select state, closed_at, closed_by, sealed_block, sealed_hash
        from place_day
        where municipality = @municipality and place = @place and date = @date
        """);

    public Operation Route => new("GET", "/v1/places/{code}/days/{date}", "places", "The sheet of one place's day; with Accept: text/csv as a file", Scopes.PaymentsRead, null, typeof(DayView), 200, [Errors.NotFound, Errors.PlaceNotAllowed], Run)
    {
        Query = [new("charset", "Of the file: utf-8 (with a byte order mark, unless said) or shift_jis")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        var code = call.Route("code");
        if (!IsDate(call.Route("date"), out var date)) return Problem.Missing(new Words("この日付はありません。", "There is no such date."));
        if (!QueryReader.Read(call, static query => DayFile.Charset(query)).IsOk(out var charset, out var problem)) return problem;
        if (!call.Caller.MayUse(code)) return new Problem(Errors.PlaceNotAllowed);
        var view = await database.Read(reader => Read(reader, new SheetDay(call.Municipality, code, date)), call.Aborted);
        if (view is null) return PlaceProblems.NotFound();
        return DayFile.IsWanted(call.Http.Request) ? DayFile.Reply(view, charset, call.Language) : Reply.Ok(view);
    }

    public static bool IsDate(string? text, out BusinessDate date) => BusinessDate.TryParse(text, out date) && date >= First && date <= Last;

    /// <summary>Null when there is no such place.</summary>
    public static async Task<DayView?> Read(Reader reader, SheetDay day)
    {
        if (await PlaceStore.Find(reader, day.Municipality, day.Place) is null) return null;
        var row = await reader.One<DayRow>(FindDay, new { municipality = day.Municipality, place = day.Place, date = day.Date });
        var totals = await DayTotals.Of(reader, day);
        var sessions = await Sessions.OfDay(reader, day);
        var unfinished = await UnfinishedPayments.Of(reader, day);
        return new DayView(day.Place, day.Date, row is null ? DayState.NotOpened : Names.Parse<DayState>(row.State),
            totals.Receipts, totals.Totals, totals.ByMethod, totals.ByAccount, totals.Earlier,
            sessions.ConvertAll(SessionView.Of), unfinished.ConvertAll(payment => payment.PublicId),
            row?.ClosedAt, row?.ClosedBy, row?.SealedBlock, row?.SealedHash,
            SectionTotal.Of(totals.Lines), [.. totals.Lines.Where(line => line.ReceiptDate >= day.Date)], [.. totals.Lines.Where(line => line.ReceiptDate < day.Date)],
            CashTotal.Of(totals.Cash), CashlessTotal.Of(totals.ByMethod),
            [.. unfinished.Where(static payment => payment.Carried != 0).Select(static payment => payment.PublicId)],
            await CashReports.OfDay(reader, day), await PayIns.OfDay(reader, day));
    }

    private sealed class DayRow
    {
        public string State { get; init; } = "";
        public Instant? ClosedAt { get; init; }
        public string? ClosedBy { get; init; }
        public long? SealedBlock { get; init; }
        public string? SealedHash { get; init; }
    }
}

/// <summary>A day's sheet. The sums by account are those of the journal and come to totals.netAmount; so do the lines, the cash and the cashless part.</summary>
/// <param name="Unfinished">Payments begun that day whose outcome is still open, those carried over included.</param>
/// <param name="SealedHash">The head of the journal's chain when the day was closed.</param>
/// <param name="Lines">What was received on this very day.</param>
/// <param name="EarlierLines">前日以前分, each with its own day of receipt and year.</param>
/// <param name="CarriedOver">Of the unfinished ones, those that their session was closed without.</param>
public sealed record DayView(
    string Place, BusinessDate Date, DayState State, DayReceipts Receipts, DayAmounts Totals, IReadOnlyList<MethodTotal> ByMethod, IReadOnlyList<AccountTotal> ByAccount,
    EarlierReceipts Earlier, IReadOnlyList<SessionView> Sessions, IReadOnlyList<string> Unfinished, Instant? ClosedAt, string? ClosedBy, long? SealedBlock, string? SealedHash,
    IReadOnlyList<SectionTotal> BySection, IReadOnlyList<SheetRow> Lines, IReadOnlyList<SheetRow> EarlierLines, CashTotal Cash, CashlessTotal Cashless,
    IReadOnlyList<string> CarriedOver, IReadOnlyList<CashReportView> CashReports, IReadOnlyList<PayInView> PayIns);

public sealed record SectionTotal(string Section, Yen Amount, Yen RefundedAmount, Yen NetAmount)
{
    public static IReadOnlyList<SectionTotal> Of(IReadOnlyList<SheetRow> lines) =>
        [.. lines.GroupBy(static line => line.Section).OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new SectionTotal(group.Key, Yen.Sum(group.Select(static line => line.Amount)), Yen.Sum(group.Select(static line => line.RefundedAmount)), Yen.Sum(group.Select(static line => line.NetAmount))))];
}

/// <summary>現金（引継額）: what the drawers hand over, floats apart.</summary>
public sealed record CashTotal(Yen Amount, Yen RefundedAmount, Yen DifferenceAmount, Yen HandOverAmount, IReadOnlyList<CashOfBooks> Books)
{
    public static CashTotal Of(IReadOnlyList<CashOfBooks> books) => new(
        Yen.Sum(books.Select(static book => book.Amount)), Yen.Sum(books.Select(static book => book.RefundedAmount)), Yen.Sum(books.Select(static book => book.DifferenceAmount)), Yen.Sum(books.Select(static book => book.HandOverAmount)), books);
}

/// <summary>キャッシュレス（後日払込）: never part of what is handed over (CLS-11).</summary>
public sealed record CashlessTotal(long Count, Yen Amount, Yen RefundedAmount, Yen NetAmount)
{
    public static CashlessTotal Of(IReadOnlyList<MethodTotal> methods)
    {
        var cashless = methods.Where(static method => method.Method != Names.Of(PaymentMethod.Cash)).ToList();
        var (amount, refunded) = (Yen.Sum(cashless.Select(static method => method.Amount)), Yen.Sum(cashless.Select(static method => method.RefundedAmount)));
        return new CashlessTotal(cashless.Sum(static method => method.Count), amount, refunded, amount - refunded);
    }
}
