using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>Sessions as they lie in the database, for those who open, count and close them.</summary>
internal static class Sessions
{
    /// <summary>A city has not more drawers than this.</summary>
    private const int MostListed = 500;

    private const string Columns = """
        s.municipality, s.place, s.date, s.number, s.id, s.drawer, s.operator, s.state, s.sales, s.float_amount, s.opened_at, s.opened_by,
        s.closed_at, s.closed_by, s.expected_amount, s.counted_amount, s.reason, s.due_at
        """;

    /// <summary>
    /// One statement, so that the number of sales and the sums are of one moment. A void is always the whole payment; a refund in
    /// cash comes out of the drawer that gives it, whenever and wherever its payment was.
    /// </summary>
    private static readonly Sql FindWithCash = new($"""
        select {Columns}, cast(s.float_amount
            + coalesce((
                select sum(p.amount)
                from payment p
                where p.municipality = s.municipality and p.place = s.place and p.business_date = s.date and p.session = s.id
                  and p.method = 'cash' and p.status = 'captured'
                  and not exists (
                      select 1
                      from refund v
                      where v.municipality = p.municipality and v.payment = p.id and v.way = 'void' and v.status = 'succeeded')), 0)
            - coalesce((
                select sum(f.amount)
                from refund f
                where f.municipality = s.municipality and f.place = s.place and f.business_date = s.date and f.session = s.id
                  and f.way = 'cash' and f.status = 'succeeded'), 0) as bigint) as cash
        from session s
        where s.municipality = @municipality and s.id = @id
        """);

    private static readonly Sql OfDate = new($"""
        select {Columns}
        from session s
        where s.municipality = @municipality and s.place = @place and s.date = @date
        order by s.number
        """);

    private static readonly Sql OpenAt = new($"""
        select {Columns}
        from session s
        where s.municipality = @municipality and s.place = @place and s.drawer = @drawer and s.state = 'open'
        """);

    private static readonly Sql OpenOfPlace = new($"""
        select {Columns}
        from session s
        where s.municipality = @municipality and s.place = @place and s.state = 'open'
        order by s.date, s.number
        """);

    private static readonly Sql PastTheirHour = new($"""
        select {Columns}
        from session s
        where s.municipality = @municipality and s.state = 'open' and s.due_at is not null and s.due_at < @now
        order by s.due_at, s.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql CloseCounted = new("""
        update session
        set state = 'closed', closed_at = @now, closed_by = @by, expected_amount = @expected, counted_amount = @counted, reason = @reason
        where municipality = @municipality and id = @id and state = 'open' and sales = @sales
        """);

    public static readonly Sql Exists = new("select 1 from session where municipality = @municipality and id = @id");

    public static readonly Sql WasClosed = new("""
        select 1
        from session
        where municipality = @municipality and id = @id and closed_at = @now and closed_by = @by
        """);

    /// <summary>A session of this place and the cash that its drawer should hold now.</summary>
    public static async Task<(Session Session, Yen Expected)?> Find(Reader reader, SessionAddress at)
    {
        var rows = await reader.Pairs<Session, CashRow>(FindWithCash, new { municipality = at.Municipality, id = at.Id }, splitOn: "cash");
        return rows is [var (session, cash)] && session.Place == at.Place ? (session, cash.Cash) : null;
    }

    public static Task<List<Session>> OfDay(Reader reader, SheetDay day) =>
        reader.All<Session>(OfDate, new { municipality = day.Municipality, place = day.Place, date = day.Date });

    /// <summary>Every drawer of a place that is open, whichever day it was opened.</summary>
    public static Task<List<Session>> AllOpen(Reader reader, string municipality, string place) => reader.All<Session>(OpenOfPlace, new { municipality, place });

    public static async Task<IReadOnlyList<Session>> OpenOf(Reader reader, SheetDay day) => (await OfDay(reader, day)).Where(session => session.IsOpen).ToList();

    /// <summary>Open drawers whose hour is over, the latest first.</summary>
    public static Task<List<Session>> Overdue(Reader reader, string municipality, Instant now) => reader.All<Session>(PastTheirHour, new { municipality, now, most = (long)MostListed });

    public static Task<Session?> OpenWith(Reader reader, string municipality, string place, string drawer) => reader.One<Session>(OpenAt, new { municipality, place, drawer });

    /// <summary>False when somebody closed it, or a sale or a refund came in since it was counted.</summary>
    public static Task<bool> Close(Unit unit, Session counted, string by, Instant now) => unit.Hit(CloseCounted, new
    {
        municipality = counted.Municipality,
        id = counted.Id,
        sales = counted.Sales,
        expected = counted.ExpectedAmount,
        counted = counted.CountedAmount,
        reason = counted.Reason,
        by,
        now,
    });

    private sealed class CashRow
    {
        public Yen Cash { get; init; }
    }
}

/// <summary>A session as an address names it: its place is part of the path.</summary>
public readonly record struct SessionAddress(string Municipality, string Place, string Id)
{
    public static Result<SessionAddress> Of(ApiCall call)
    {
        if (!call.Id(PublicId.Session).IsOk(out var id, out var problem)) return problem;
        var place = call.Route("code");
        return call.Caller.MayUse(place) ? new SessionAddress(call.Municipality, place, id) : new Problem(Errors.PlaceNotAllowed);
    }

    public static Problem NotFound() => Problem.Missing(new Words("この収納場所にこの開局はありません。", "The place has no such session."));
}

/// <summary>One sheet: a place's business date.</summary>
public readonly record struct SheetDay(string Municipality, string Place, BusinessDate Date);
