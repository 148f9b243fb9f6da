using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>
/// POST /v1/places/{code}/sessions: 開局. A clerk takes a drawer with its float; the first one of a day opens the day. If the answer is
/// lost, sending it again says drawer-open with the session's id.
/// </summary>
public sealed class BeginSession(Database database, Clock clock, Ids ids, KnownPlaces known)
{
    private static readonly Sql DayIsThere = new("""
        select 1
        from place_day
        where municipality = @municipality and place = @place and date = @date
        """);

    public Operation Route => new("POST", "/v1/places/{code}/sessions", "sessions", "Open a drawer for one operator's turn", Scopes.SessionsWrite, typeof(BeginRequest), typeof(SessionView), 201,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.OperatorNotRegistered, Errors.PlaceNotOpenYet, Errors.DayNotOpen, Errors.DrawerOpen], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Read(BeginRequest.Read).IsOk(out var request, out var problem)) return problem;
        var code = call.Route("code");
        if (!call.Caller.MayUse(code)) return new Problem(Errors.PlaceNotAllowed);
        var (id, now) = (ids.Next(), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(unit => InUnit(unit, call.Caller, code, request, id, now), ReadBack.ByRow(Sessions.Exists, new { municipality = call.Municipality, id }));
            known.ForgetSessions(call.Municipality, code);
            if (written is Written<Result<SessionView>>.Done { Value: var answer })
                return answer.IsOk(out var view, out problem) ? Reply.Created(Json.Bytes(view), null) : problem;
            if (written is not Written<Result<SessionView>>.Taken { Index: var index } || !SheetRaces.IsRace(index) || attempt >= SheetRaces.MostTries)
                throw new InvalidOperationException($"The session could not be opened: {written}.");
        }
    }

    private static async Task<Result<SessionView>> InUnit(Unit unit, Caller caller, string code, BeginRequest request, string id, Instant now)
    {
        var today = BusinessDate.Of(now);
        if (await PlaceStore.Find(unit, caller.Municipality, code) is not { } place) return unit.Abandon<Result<SessionView>>(PlaceProblems.NotFound());
        if (!place.IsInUseOn(today)) return unit.Abandon<Result<SessionView>>(new Problem(Errors.PlaceNotOpenYet));
        if (await Appointments.Check(unit, caller.Municipality, code, request.Operator, today) is { } unregistered) return unit.Abandon<Result<SessionView>>(unregistered);
        if (await Sessions.OpenWith(unit, caller.Municipality, code, request.Drawer) is { } open) return unit.Abandon<Result<SessionView>>(DrawerOpen(open));
        if (!await OpenDay(unit, new SheetDay(caller.Municipality, code, today), now)) return unit.Abandon<Result<SessionView>>(DayClosed(today));
        var number = await DaySheet.OpenSession(unit, place, today, id, request.Drawer, request.Operator, request.FloatAmount, caller.Principal, now);
        return SessionView.Of(new Session
        {
            Municipality = caller.Municipality,
            Place = code,
            Date = today,
            Number = number,
            Id = id,
            Drawer = request.Drawer,
            Operator = request.Operator,
            State = Names.Of(SessionState.Open),
            FloatAmount = request.FloatAmount,
            OpenedAt = now,
            OpenedBy = caller.Principal,
        });
    }

    /// <summary>False when the day has been closed.</summary>
    private static async Task<bool> OpenDay(Unit unit, SheetDay day, Instant now)
    {
        var values = new { municipality = day.Municipality, place = day.Place, date = day.Date, now };
        // Asked first: between an update that hit nothing and the question why, another opening could have made the day.
        return await unit.Hit(await unit.Exists(DayIsThere, values) ? DaySheet.HoldDay : DaySheet.InsertDay, values);
    }

    private static Problem DrawerOpen(Session open) => new(Errors.DrawerOpen,
        new Words($"ドロワ {open.Drawer} は {open.Date} の開局 {PublicId.Session}{open.Id} のままです。精算してから開局してください。", $"Drawer {open.Drawer} still has the session {PublicId.Session}{open.Id} of {open.Date}: close that one first."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["session"] = PublicId.Session + open.Id });

    private static Problem DayClosed(BusinessDate today) => new(Errors.DayNotOpen,
        new Words($"{today} の日計はもう締めてあります。次の開局は翌日からです。", $"The sheet of {today} is already closed. The next session can be opened tomorrow."));
}

public sealed record BeginRequest(string Drawer, string? Operator, Yen FloatAmount)
{
    public static BeginRequest Read(BodyObject body)
    {
        var request = new BeginRequest(CodeText.Read(body, "drawer") ?? "", body.Text("operator", CodeText.Longest), new Yen(body.Integer("floatAmount", 0, DrawerCash.Most, required: true) ?? 0));
        if (request.Drawer.StartsWith(OpenSession.AutomaticDrawer, StringComparison.Ordinal))
            body.Refuse("drawer", "reserved", new Words("auto- で始まる名前は自動の開局に使います。", "Names that begin with auto- belong to automatic sessions."));
        return request;
    }
}
