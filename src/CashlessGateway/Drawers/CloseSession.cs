using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>
/// POST /v1/places/{code}/sessions/{id}/close: 精算, once. The drawer is counted, a difference is booked and reported, each method is held
/// against the terminals' slips, and no sale can slip in between the count and the close.
/// </summary>
public sealed class CloseSession(Database database, CloseDay closing, BrandCatalogue brands, Clock clock, Ids ids, AuditTrail trail)
{
    /// <summary>Enough for a person to work through; the rest shows up when these are done.</summary>
    private const int MostNamed = 20;

    public Operation Route => new("POST", "/v1/places/{code}/sessions/{id}/close", "sessions", "Count a drawer and close its session, and with it the day if wanted", Scopes.SessionsWrite, typeof(CloseRequest), typeof(SessionView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.ScopeMissing, Errors.SessionClosed, Errors.SessionUnfinished, Errors.CountAgain], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!SessionAddress.Of(call).IsOk(out var at, out var problem)) return problem;
        if (!call.Read(CloseRequest.Read).IsOk(out var request, out problem)) return problem;
        return (await Close(call.Caller, at, request, RefusedAccess.Address(call.Http))).IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
    }

    /// <summary>For the counter's page too.</summary>
    /// <param name="from">The network address, for the audit trail.</param>
    public async Task<Result<SessionView>> Close(Caller caller, SessionAddress at, CloseRequest request, string? from)
    {
        if (request.Deputy is { } deputy && (MayManage(caller) ?? CarryOverRules.Check(deputy, clock.Today())) is { } refused) return refused;
        var order = new CloseOrder(at, request, caller, from, clock.Now(), CloseStock.Make(ids, trail, request), request.CloseDay ? await closing.Prepare(at.Municipality, new Cause(caller.Principal, Sources.Api)) : null);
        var answer = await database.WriteSurely(unit => InUnit(unit, order, brands), ReadBack.ByRow(Sessions.WasClosed, new { municipality = at.Municipality, id = at.Id, now = order.Now, by = caller.Principal }));
        if (!answer.IsOk(out var view, out var problem)) return problem;
        if (order.Day is { } day) closing.Anchor(new SheetDay(at.Municipality, at.Place, view.Date), day);
        return view;
    }

    private static Problem? MayManage(Caller caller) => caller.Scopes.Contains(Scopes.SessionsManage)
        ? null
        : new Problem(Errors.ScopeMissing, new Words($"代行締めができるのは責任者だけです（{Scopes.SessionsManage}）。", $"Only somebody with {Scopes.SessionsManage} closes for others."));

    private static async Task<Result<SessionView>> InUnit(Unit unit, CloseOrder close, BrandCatalogue brands)
    {
        var request = close.Request;
        if (await Sessions.Find(unit, close.At) is not var (session, expected)) return unit.Abandon<Result<SessionView>>(SessionAddress.NotFound());
        if (await Refusal(unit, session, close) is { } refused) return unit.Abandon<Result<SessionView>>(refused);
        var unfinished = await UnfinishedPayments.Of(unit, session, await Sessions.OpenOf(unit, new SheetDay(session.Municipality, session.Place, session.Date)));
        if (unfinished.Count > 0 && request.Deputy is null) return unit.Abandon<Result<SessionView>>(Unfinished(unfinished));
        var difference = request.Cash.Amount - expected;
        if (difference != Yen.Zero && request.Reason is null) return unit.Abandon<Result<SessionView>>(ReasonMissing(expected, difference));

        var counted = session with { ExpectedAmount = expected, CountedAmount = request.Cash.Amount, Reason = request.Reason };
        await SessionClosing.Write(unit, counted, difference, unfinished, close, brands);
        if (!await Sessions.Close(unit, counted, close.Caller.Principal, close.Now)) return unit.Abandon<Result<SessionView>>(new Problem(Errors.CountAgain));
        if (close.Day is { } day && await NotClosed(unit, session, day) is { } open) return unit.Abandon<Result<SessionView>>(open);
        return SessionView.Of(counted with { State = Names.Of(SessionState.Closed), ClosedAt = close.Now, ClosedBy = close.Caller.Principal }, request.Cash.Pieces);
    }

    private static async Task<Problem?> Refusal(Unit unit, Session session, CloseOrder close)
    {
        if (!session.IsOpen) return new Problem(Errors.SessionClosed);
        if (close.Request.Sales is { } sales && sales != session.Sales)
            return new Problem(Errors.CountAgain, More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["sales"] = session.Sales });
        // A till closes for whoever stands at it. Somebody who signed in closes their own turn; another's is a deputy's, with a reason.
        if (close.Caller.Person is not { } person || close.Request.Deputy is not null || await IsOwn(unit, session, person)) return null;
        return Problem.At(Errors.Invalid, "/deputy", "missing", new Words("ほかの人の開局です。代行締めとして、理由・担当・期限を入れてください。", "It is somebody else's session: close it as a deputy, with reason, owner and deadline."));
    }

    private static async Task<bool> IsOwn(Reader reader, Session session, string person) =>
        session.Operator is { } op && (await Appointments.CodesOf(reader, session.Municipality, session.Place, person, session.Date)).Contains(op, StringComparer.Ordinal);

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

    private static Problem Unfinished(IReadOnlyList<UnfinishedPayment> payments) => new(Errors.SessionUnfinished,
        new Words("結果の出ていない決済があります。確定、または取り消してから精算してください。", "Payments of this session have no outcome yet: finish or cancel them first."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payments"] = payments.Take(MostNamed).Select(static payment => payment.PublicId).ToList() });

    private static Problem OthersOpen(IReadOnlyList<Session> sessions) => new(Errors.SessionUnfinished,
        new Words("ほかに精算していない開局があるので、日計を締められません。何も変わっていません。", "Other sessions of the day are still open, so the day cannot be closed. Nothing has changed."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["sessions"] = sessions.Take(MostNamed).Select(session => PublicId.Session + session.Id).ToList() });
}
