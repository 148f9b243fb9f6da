using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>Where a captured sum is listed: the day's sheet, its session and its receipt number.</summary>
/// <param name="NewDay">The sheet is not there yet and has to be opened first.</param>
/// <param name="NewSession">The same for the session.</param>
public sealed record SheetLine(BusinessDate Date, string? Session, long ReceiptNumber, bool NewDay = false, bool NewSession = false);

/// <summary>What a sheet says to a sum that wants to be listed.</summary>
public abstract record SheetAnswer
{
    private SheetAnswer() { }

    public sealed record Listed(SheetLine Line) : SheetAnswer;

    /// <summary>A clerk must open the day (or a session) first.</summary>
    public sealed record NotOpen : SheetAnswer;

    /// <summary>Several sessions are open and neither terminal nor operator tells which.</summary>
    public sealed record Unclear : SheetAnswer;

    /// <summary>Someone closed the session or the day in between: ask again.</summary>
    public sealed record Moved : SheetAnswer;
}

/// <summary>A request to be listed.</summary>
/// <param name="NeedsClerk">Cash lies in a drawer, so a clerk-controlled place must be open; money that a provider took must be listed in any case.</param>
public sealed record SheetEntry(Place Place, BusinessDate ReceiptDate, string? Terminal, string? Operator, bool NeedsClerk, string NewSessionId, Instant Now);

/// <summary>
/// 日計: receipts get their sheet, session and number here. The two conditional updates are a capture's last writes: no row hit
/// means that a clerk closed the drawer or the day at the same moment, and the sum goes to the next one (mechanics 12).
/// </summary>
public static class DaySheet
{
    /// <summary>A place is never closed longer than this in advance.</summary>
    private const int MostClosedDaysAhead = 60;

    internal static readonly Sql OpenSessions = new("""
        select s.id, s.date, s.drawer, s.operator
        from session s
        join place_day d on d.municipality = s.municipality and d.place = s.place and d.date = s.date and d.state = 'open'
        where s.municipality = @municipality and s.place = @place and s.state = 'open' and s.date >= @from
        order by s.date, s.number
        """);

    private static readonly Sql DaysFrom = new("""
        select date, state
        from place_day
        where municipality = @municipality and place = @place and date >= @from
        order by date
        {{limit 60}}
        """);

    /// <summary>A day whose receipts may have been printed before a restore begins behind them (<see cref="ReceiptGap"/>).</summary>
    internal static readonly Sql InsertDay = new("""
        insert into place_day (municipality, place, date, state, next_receipt, opened_at)
        select @municipality, @place, @date, 'open',
               coalesce((select min(1001) from recovery r where r.from_date <= @date and r.to_date >= @date), 1), @now
        """);

    /// <summary>Changes nothing but holds the day's row: a close at this moment waits, and then sees what was written.</summary>
    internal static readonly Sql HoldDay = new("""
        update place_day
        set next_receipt = next_receipt
        where municipality = @municipality and place = @place and date = @date and state = 'open'
        """);

    internal static readonly Sql CloseDay = new("""
        update place_day
        set state = 'closed', closed_at = @now, closed_by = @by, sealed_block = @block, sealed_hash = @hash
        where municipality = @municipality and place = @place and date = @date and state = 'open'
        """);

    private static readonly Sql LastSession = new("""
        select max(number)
        from session
        where municipality = @municipality and place = @place and date = @date
        """);

    internal static readonly Sql InsertSession = new("""
        insert into session (municipality, place, date, number, id, drawer, operator, state, sales, float_amount, opened_at, opened_by, due_at)
        values (@municipality, @place, @date, @number, @id, @drawer, @op, 'open', 0, @floatAmount, @now, @by, @dueAt)
        """);

    /// <summary>Both updates hit, or neither counts: the second asks for the first.</summary>
    private static readonly Sql TakeNumberInSession = new Sql("""
        update session
        set sales = sales + 1
        where municipality = @municipality and id = @session and state = 'open';
        update place_day
        set next_receipt = next_receipt + 1
        where municipality = @municipality and place = @place and date = @date and state = 'open'
          and exists (select 1 from session s where s.municipality = @municipality and s.id = @session and s.state = 'open')
        returning next_receipt - 1
        """).On(Engine.SqlServer, """
        update session
        set sales = sales + 1
        where municipality = @municipality and id = @session and state = 'open';
        update place_day
        set next_receipt = next_receipt + 1
        output deleted.next_receipt
        where municipality = @municipality and place = @place and date = @date and state = 'open'
          and exists (select 1 from session s where s.municipality = @municipality and s.id = @session and s.state = 'open')
        """);

    private static readonly Sql TakeNumber = new Sql("""
        update place_day
        set next_receipt = next_receipt + 1
        where municipality = @municipality and place = @place and date = @date and state = 'open'
        returning next_receipt - 1
        """).On(Engine.SqlServer, """
        update place_day
        set next_receipt = next_receipt + 1
        output deleted.next_receipt
        where municipality = @municipality and place = @place and date = @date and state = 'open'
        """);

    /// <summary>The session of one sheet that a sum belongs to, by rule.</summary>
    public static OpenSession? Pick(IReadOnlyList<OpenSession> sessions, string? terminal, string? op) =>
        sessions.FirstOrDefault(session => terminal is not null && session.Drawer == terminal)
        ?? sessions.FirstOrDefault(session => op is not null && session.Operator == op)
        ?? (sessions.Count == 1 ? sessions[0] : null)
        ?? sessions.FirstOrDefault(session => session.IsAutomatic);

    /// <summary>Finds the open sheet and session. It may be asked before the unit: what it found is proved by the writes of <see cref="List"/>.</summary>
    public static async Task<SheetAnswer> Find(Reader reader, SheetEntry entry) =>
        await Find(reader, entry, await reader.All<OpenSession>(OpenSessions, new { municipality = entry.Place.Municipality, place = entry.Place.Code, from = entry.ReceiptDate }));

    /// <summary>The same among sessions of which at least one is the receipt's day's.</summary>
    public static SheetAnswer Among(IReadOnlyList<OpenSession> sessions, SheetEntry entry) => Chosen([.. sessions.Where(session => session.Date == entry.ReceiptDate)], entry);

    /// <summary>The same, where the open sessions are known already.</summary>
    public static async Task<SheetAnswer> Find(Reader reader, SheetEntry entry, IReadOnlyList<OpenSession> sessions)
    {
        var today = sessions.Where(session => session.Date == entry.ReceiptDate).ToList();
        if (today.Count > 0) return Chosen(today, entry);
        if (entry.Place.DayControl == DayControl.Clerk && entry.NeedsClerk) return new SheetAnswer.NotOpen();

        var (date, isNew) = await FirstOpenDate(reader, entry);
        var onDate = sessions.Where(session => session.Date == date).ToList();
        if (onDate.Count > 0) return Chosen(onDate, entry);
        return new SheetAnswer.Listed(entry.Place.DayControl == DayControl.Clerk
            ? new SheetLine(date, null, 0, isNew)
            : new SheetLine(date, entry.NewSessionId, 0, isNew, NewSession: true));
    }

    /// <summary>Opens what has to be opened, and gives the sum its number.</summary>
    public static async Task<SheetAnswer> List(Unit unit, SheetEntry entry, SheetLine found)
    {
        await Open(unit, entry, found);
        var values = new { municipality = entry.Place.Municipality, place = entry.Place.Code, date = found.Date, session = found.Session };
        var number = await unit.AskLast(found.Session is null ? TakeNumber : TakeNumberInSession, values);
        return number is { } taken ? new SheetAnswer.Listed(found with { ReceiptNumber = taken, NewDay = false, NewSession = false }) : new SheetAnswer.Moved();
    }

    /// <summary>For entries that are listed under no number of their own.</summary>
    public static async Task<SheetAnswer> FindAndOpen(Unit unit, SheetEntry entry)
    {
        var found = await Find(unit, entry);
        if (found is not SheetAnswer.Listed { Line: var line }) return found;
        await Open(unit, entry, line);
        return await unit.Hit(HoldDay, new { municipality = entry.Place.Municipality, place = entry.Place.Code, date = line.Date }) ? found : new SheetAnswer.Moved();
    }

    private static async Task Open(Unit unit, SheetEntry entry, SheetLine found)
    {
        if (found.NewDay) await unit.Execute(InsertDay, new { municipality = entry.Place.Municipality, place = entry.Place.Code, date = found.Date, now = entry.Now });
        if (found.NewSession) await OpenSession(unit, entry.Place, found.Date, found.Session!, Places.OpenSession.AutomaticDrawer + found.Date, null, Yen.Zero, "automatic", entry.Now);
    }

    private static readonly Sql CountInSession = new("""
        update session
        set sales = sales + 1
        where municipality = @municipality and id = @session and state = 'open'
        """);

    /// <summary>A refund at a drawer counts like a sale, so that a close cannot overlook it. False when the session is closed.</summary>
    public static Task<bool> Count(Unit unit, string municipality, string session) => unit.Hit(CountInSession, new { municipality, session });

    internal static async Task<long> OpenSession(Unit unit, Place place, BusinessDate date, string id, string drawer, string? op, Yen floatAmount, string by, Instant now, Instant? dueAt = null)
    {
        var number = 1 + (await unit.One<long?>(LastSession, new { municipality = place.Municipality, place = place.Code, date }) ?? 0);
        await unit.Execute(InsertSession, new { municipality = place.Municipality, place = place.Code, date, number, id, drawer, op, floatAmount, now, by, dueAt });
        return number;
    }

    /// <summary>The receipt's own day, or the first one after it that is not closed; or the first that is not there yet.</summary>
    private static async Task<(BusinessDate Date, bool IsNew)> FirstOpenDate(Reader reader, SheetEntry entry)
    {
        var days = (await reader.All<(BusinessDate Date, string State)>(DaysFrom, new { municipality = entry.Place.Municipality, place = entry.Place.Code, from = entry.ReceiptDate }))
            .ToDictionary(day => day.Date, day => day.State);
        for (var date = entry.ReceiptDate; date <= entry.ReceiptDate.AddDays(MostClosedDaysAhead); date = date.AddDays(1))
        {
            if (!days.TryGetValue(date, out var state)) return (date, true);
            if (state == "open") return (date, false);
        }

        throw new InvalidOperationException($"Every day of {entry.Place.Code} from {entry.ReceiptDate} on is closed.");
    }

    private static SheetAnswer Chosen(List<OpenSession> sessions, SheetEntry entry) =>
        Pick(sessions, entry.Terminal, entry.Operator) is { } session
            ? new SheetAnswer.Listed(new SheetLine(session.Date, session.Id, 0))
            : new SheetAnswer.Unclear();
}

public sealed record OpenSession
{
    public const string AutomaticDrawer = "auto-";

    public string Id { get; init; } = "";
    public BusinessDate Date { get; init; }
    public string Drawer { get; init; } = "";
    public string? Operator { get; init; }

    public bool IsAutomatic => Drawer.StartsWith(AutomaticDrawer, StringComparison.Ordinal);
}
