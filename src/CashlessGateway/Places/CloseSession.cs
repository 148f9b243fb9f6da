using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>
/// POST /v1/places/{code}/sessions/{id}/close: 精算. The drawer is counted, a difference is booked with its reason, and no sale can
/// slip in between the count and the close.
/// </summary>
public sealed class CloseSession(Database database, CloseDay closing, Clock clock, Ids ids, AuditTrail trail)
{
    /// <summary>Enough for a person to work through; the rest shows up when these are done.</summary>
    private const int MostNamed = 20;

    public Operation Route => new("POST", "/v1/places/{code}/sessions/{id}/close", "sessions", "Count a drawer and close its session, and with it the day if wanted", Scopes.SessionsWrite, typeof(CloseRequest), typeof(SessionView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.SessionClosed, Errors.SessionUnfinished, Errors.CountAgain], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!SessionAddress.Of(call).IsOk(out var at, out var problem)) return problem;
        if (!call.Read(CloseRequest.Read).IsOk(out var request, out problem)) return problem;
        var by = call.Caller.Principal;
        var close = new Order(at, request, ids.Next(), call, trail.Stamp(), by, clock.Now(), request.CloseDay ? await closing.Prepare(at.Municipality, new Cause(by, Sources.Api)) : null);
        var answer = await database.WriteSurely(unit => InUnit(unit, close), ReadBack.ByRow(Sessions.WasClosed, new { municipality = at.Municipality, id = at.Id, now = close.Now, by }));
        if (!answer.IsOk(out var view, out problem)) return problem;
        if (close.Day is { } day) closing.Anchor(new SheetDay(at.Municipality, at.Place, view.Date), day);
        return Reply.Ok(view);
    }

    private sealed record Order(SessionAddress At, CloseRequest Request, string Entry, ApiCall Call, AuditStamp Stamp, string By, Instant Now, DayCloseOrder? Day);

    private static async Task<Result<SessionView>> InUnit(Unit unit, Order close)
    {
        if (await Sessions.Find(unit, close.At) is not var (session, expected)) return unit.Abandon<Result<SessionView>>(SessionAddress.NotFound());
        if (await Refusal(unit, session, close.Request) is { } refused) return unit.Abandon<Result<SessionView>>(refused);
        var difference = close.Request.CountedAmount - expected;
        if (difference != Yen.Zero && close.Request.Reason is null) return unit.Abandon<Result<SessionView>>(ReasonMissing(expected, difference));

        var counted = session with { ExpectedAmount = expected, CountedAmount = close.Request.CountedAmount, Reason = close.Request.Reason };
        if (difference != Yen.Zero) await Book(unit, counted, difference, close);
        if (!await Sessions.Close(unit, counted, close.By, close.Now)) return unit.Abandon<Result<SessionView>>(new Problem(Errors.CountAgain));
        if (close.Day is { } day && await NotClosed(unit, session, day) is { } open) return unit.Abandon<Result<SessionView>>(open);
        return SessionView.Of(counted with { State = Names.Of(SessionState.Closed), ClosedAt = close.Now, ClosedBy = close.By });
    }

    private static async Task<Problem?> Refusal(Unit unit, Session session, CloseRequest request)
    {
        if (!session.IsOpen) return new Problem(Errors.SessionClosed);
        if (request.Sales is { } sales && sales != session.Sales)
            return new Problem(Errors.CountAgain, More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["sales"] = session.Sales });
        var open = await Sessions.OpenOf(unit, new SheetDay(session.Municipality, session.Place, session.Date));
        return await UnfinishedPayments.Of(unit, session, open) is { Count: > 0 } unfinished ? Unfinished(unfinished) : null;
    }

    private static async Task Book(Unit unit, Session session, Yen difference, Order close)
    {
        var place = await PlaceStore.Find(unit, session.Municipality, session.Place) ?? throw new InvalidOperationException($"Session {session.Id} has no place.");
        var today = BusinessDate.Of(close.Now);
        await Journal.Post(unit, new JournalEntry(close.Entry, session.Municipality, EntryKind.CashDifference, today, session.Date, close.Now, DrawerCash.DifferenceEntry(place, difference, today)));
        await AuditTrail.Write(unit, close.Stamp, close.Call.Said(AuditActions.SessionClosedWithDifference, PublicId.Session + session.Id, session.Place) with { Facts = Pairs.Of(("difference", difference.Value.ToString(CultureInfo.InvariantCulture)), ("reason", session.Reason)) });
    }

    private static async Task<Problem?> NotClosed(Unit unit, Session session, DayCloseOrder order) =>
        await CloseDay.InUnit(unit, new SheetDay(session.Municipality, session.Place, session.Date), order) switch
        {
            DayCloseAnswer.Closed => null,
            DayCloseAnswer.SessionsOpen others => OthersOpen(others.Sessions),
            DayCloseAnswer.NotOpen => throw new InvalidOperationException($"Session {session.Id} was open on {session.Date}, and the day was not."),
            _ => throw new InvalidOperationException("DayCloseAnswer is a closed set."),
        };

    private static Problem ReasonMissing(Yen expected, Yen difference)
    {
        var detail = difference < Yen.Zero
            ? new Words($"あるべき額 {expected} に {Yen.Zero - difference} 足りません。理由（reason）が要ります。", $"{expected.Value} yen should be there: {-difference.Value} are missing. Give the reason.")
            : new Words($"あるべき額 {expected} より {difference} 多くあります。理由（reason）が要ります。", $"{expected.Value} yen should be there: {difference.Value} are too many. Give the reason.");
        return Problem.At(Errors.Invalid, "/reason", "missing", detail) with
        {
            More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["expectedAmount"] = expected, ["difference"] = difference },
        };
    }

    private static Problem Unfinished(IReadOnlyList<string> payments) => new(Errors.SessionUnfinished,
        new Words("結果の出ていない決済があります。確定、または取り消してから精算してください。", "Payments of this session have no outcome yet: finish or cancel them first."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payments"] = payments.Take(MostNamed).ToList() });

    private static Problem OthersOpen(IReadOnlyList<Session> sessions) => new(Errors.SessionUnfinished,
        new Words("ほかに精算していない開局があるので、日計を締められません。何も変わっていません。", "Other sessions of the day are still open, so the day cannot be closed. Nothing has changed."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["sessions"] = sessions.Take(MostNamed).Select(session => PublicId.Session + session.Id).ToList() });
}

/// <param name="Sales">The session's number of sales when the drawer was counted; another number now means counting again.</param>
public sealed record CloseRequest(Yen CountedAmount, long? Sales, string? Reason, bool CloseDay)
{
    public static CloseRequest Read(BodyObject body) => new(
        new Yen(body.Integer("countedAmount", 0, DrawerCash.Most, required: true) ?? 0), body.Integer("sales", 0, int.MaxValue), body.Text("reason", 300), body.Flag("closeDay") ?? false);
}
