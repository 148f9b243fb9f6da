using CashlessGateway.Events;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>
/// Closes the days before today that are still open. Automatic sessions are closed uncounted; a day with a clerk's open session, or
/// with a payment whose outcome is open, is left to a person. One unit per day, so that one day's trouble is not another's.
/// </summary>
public sealed class CloseDays(Database database, CloseDay closing, Clock clock) : IMunicipalityWork
{
    public string Name => "day-close";

    public bool WaitsForRecovery => true;

    /// <summary>What an automatic opening says, an automatic close says too.</summary>
    private const string By = "automatic";

    private const int PageSize = 200;

    private static readonly Sql OpenBefore = new("""
        select municipality, place, date
        from place_day
        where municipality = @municipality and state = 'open' and date < @today
          and (date > @afterDate or (date = @afterDate and place > @afterPlace))
        order by date, place
        {{limit @most}}
        """);

    /// <returns>How many days were closed, at most <paramref name="limit"/>.</returns>
    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var (closed, today, after) = (0, clock.Today(), new OpenDay());
        while (true)
        {
            var days = await database.All<OpenDay>(OpenBefore, new { municipality, today, afterDate = after.Date, afterPlace = after.Place, most = (long)PageSize }, cancellation);
            foreach (var day in days)
            {
                cancellation.ThrowIfCancellationRequested();
                if (closed >= limit) return closed;
                if (await Close(new SheetDay(municipality, day.Place, day.Date), cancellation)) closed++;
            }

            if (days.Count < PageSize) return closed;
            after = days[^1];
        }
    }

    /// <summary>False when the day waits for a person, or another node was quicker.</summary>
    private async Task<bool> Close(SheetDay day, CancellationToken cancellation)
    {
        var order = await closing.Prepare(day.Municipality, new Cause(By, Sources.Job), cancellation);
        var done = await database.WriteSurely(async unit =>
        {
            if (!await CloseAutomaticSessions(unit, day, order.Now)) return unit.Abandon(false);
            return await CloseDay.InUnit(unit, day, order) is DayCloseAnswer.Closed || unit.Abandon(false);
        }, ReadBack.ByRow(CloseDay.WasClosed, new { municipality = day.Municipality, place = day.Place, date = day.Date, now = order.Now, by = By }), cancellation);
        if (done) closing.Anchor(day, order);
        return done;
    }

    private static async Task<bool> CloseAutomaticSessions(Unit unit, SheetDay day, Instant now)
    {
        var open = await Sessions.OpenOf(unit, day);
        foreach (var automatic in open.Where(static session => session.IsAutomatic))
        {
            if (await UnfinishedPayments.Of(unit, automatic, open) is { Count: > 0 }) return false;
            var (session, expected) = await Sessions.Find(unit, new SessionAddress(day.Municipality, day.Place, automatic.Id)) ?? throw new InvalidOperationException($"Session {automatic.Id} is gone.");
            if (!await Sessions.Close(unit, session with { ExpectedAmount = expected }, By, now)) return false;
        }

        return true;
    }

    private sealed record OpenDay
    {
        public string Place { get; init; } = "";
        public BusinessDate Date { get; init; }
    }
}
