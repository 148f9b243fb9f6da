using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>Everything that the close of a day needs before its unit: who, when, and the head of the chain at this moment.</summary>
public sealed record DayCloseOrder(string Event, SealHead? Head, Cause Cause, Instant Now)
{
    /// <summary>Two for each 払込書 that the day may make.</summary>
    public IReadOnlyList<(string Slip, string Entry)> PayIns { get; init; } = [];
}

/// <summary>What became of the close of a day.</summary>
public abstract record DayCloseAnswer
{
    private DayCloseAnswer() { }

    public sealed record Closed : DayCloseAnswer;

    /// <summary>These must be closed first; nothing of the unit may stay.</summary>
    public sealed record SessionsOpen(IReadOnlyList<Session> Sessions) : DayCloseAnswer;

    /// <summary>Somebody closed it already, or it was never opened.</summary>
    public sealed record NotOpen : DayCloseAnswer;
}

/// <summary>締め of one place's day, by a clerk with the last session or by the job of the night.</summary>
public sealed class CloseDay(Database database, Sealer sealer, Anchors anchors, Clock clock, Ids ids, ILogger<CloseDay> log)
{
    internal static readonly Sql WasClosed = new("""
        select 1
        from place_day
        where municipality = @municipality and place = @place and date = @date and closed_at = @now and closed_by = @by
        """);

    public async Task<DayCloseOrder> Prepare(string municipality, Cause cause, CancellationToken cancellation = default)
    {
        // What was booked so far is sealed first, so that the head on the sheet speaks of this very day.
        await sealer.Seal(municipality, cancellation);
        var now = clock.Now();
        await PayIns.EnsureNumbers(database, municipality, now);
        return new DayCloseOrder(ids.Next(), await sealer.Head(municipality, cancellation), cause, now) { PayIns = [.. Enumerable.Range(0, PayIns.MostOfDay).Select(_ => (ids.Next(), ids.Next()))] };
    }

    /// <summary>
    /// The day's row first, its sessions after it: whoever opens a session holds the row as well, so that no session can be
    /// opened between the question and the close.
    /// </summary>
    public static async Task<DayCloseAnswer> InUnit(Unit unit, SheetDay day, DayCloseOrder order)
    {
        if (!await unit.Hit(DaySheet.CloseDay, new { municipality = day.Municipality, place = day.Place, date = day.Date, now = order.Now, by = order.Cause.Actor, block = order.Head?.Block, hash = order.Head?.Hex }))
            return new DayCloseAnswer.NotOpen();
        if (await Sessions.OpenOf(unit, day) is { Count: > 0 } open) return new DayCloseAnswer.SessionsOpen(open);
        await PayIns.Make(unit, day, order.PayIns, order.Cause.Actor, order.Now);
        await EventLog.Write(unit, day.Municipality, order.Event, order.Now, new Happened(EventTypes.DayClosed, order.Event, 1, null, null, null, order.Cause.Actor, order.Cause.Source) { Place = day.Place, Date = day.Date });
        return new DayCloseAnswer.Closed();
    }

    /// <summary>After the commit. A disk that refuses the line takes nothing back: the same hash stands on the sheet.</summary>
    public void Anchor(SheetDay day, DayCloseOrder order)
    {
        if (order.Head is not { } head) return;
        try
        {
            anchors.Append(new Anchor(order.Now, day.Municipality, day.Date, day.Place, head.Block, head.Hex));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogError(error, "The day {Date} of {Place} is closed, and its line could not be written to {File}.", day.Date, day.Place, anchors.File);
        }
    }
}
