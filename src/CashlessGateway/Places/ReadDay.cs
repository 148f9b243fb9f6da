using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>GET /v1/places/{code}/days/{date}: 日計, the sheet of one place's day.</summary>
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

    public Operation Route => new("GET", "/v1/places/{code}/days/{date}", "places", "The sheet of one place's day", Scopes.PaymentsRead, null, typeof(DayView), 200, [Errors.NotFound, Errors.PlaceNotAllowed], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        var code = call.Route("code");
        if (!BusinessDate.TryParse(call.Route("date"), out var date) || date < First || date > Last) return Problem.Missing(new Words("この日付はありません。", "There is no such date."));
        if (!call.Caller.MayUse(code)) return new Problem(Errors.PlaceNotAllowed);
        var view = await database.Read(reader => Read(reader, new SheetDay(call.Municipality, code, date)), call.Aborted);
        return view is null ? PlaceProblems.NotFound() : Reply.Ok(view);
    }

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
            sessions.ConvertAll(SessionView.Of), unfinished.ConvertAll(payment => PublicId.Payment + payment.Id),
            row?.ClosedAt, row?.ClosedBy, row?.SealedBlock, row?.SealedHash);
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

/// <summary>A day's sheet. The sums by account are those of the journal and come to totals.netAmount.</summary>
/// <param name="Unfinished">Payments begun that day whose outcome is still open.</param>
/// <param name="SealedHash">The head of the journal's chain when the day was closed.</param>
public sealed record DayView(
    string Place, BusinessDate Date, DayState State, DayReceipts Receipts, DayAmounts Totals, IReadOnlyList<MethodTotal> ByMethod, IReadOnlyList<AccountTotal> ByAccount,
    EarlierReceipts Earlier, IReadOnlyList<SessionView> Sessions, IReadOnlyList<string> Unfinished, Instant? ClosedAt, string? ClosedBy, long? SealedBlock, string? SealedHash);
