using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

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
        return (await Begin(call.Caller, call.Route("code"), request)).IsOk(out var view, out problem) ? Reply.Created(Json.Bytes(view), null) : problem;
    }

    /// <summary>For the counter's page too.</summary>
    public async Task<Result<SessionView>> Begin(Caller caller, string code, BeginRequest request)
    {
        if (!caller.MayUse(code)) return new Problem(Errors.PlaceNotAllowed);
        var (id, now) = (ids.Next(), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(unit => InUnit(unit, caller, code, request, id, now), ReadBack.ByRow(Sessions.Exists, new { municipality = caller.Municipality, id }));
            known.ForgetSessions(caller.Municipality, code);
            if (written is Written<Result<SessionView>>.Done { Value: var answer }) return answer;
            if (written is not Written<Result<SessionView>>.Taken { Index: var index } || !SheetRaces.IsRace(index) || attempt >= SheetRaces.MostTries)
                throw new InvalidOperationException($"The session could not be opened: {written}.");
        }
    }

    private static async Task<Result<SessionView>> InUnit(Unit unit, Caller caller, string code, BeginRequest request, string id, Instant now)
    {
        var today = BusinessDate.Of(now);
        if (await PlaceStore.Find(unit, caller.Municipality, code) is not { } place) return unit.Abandon<Result<SessionView>>(PlaceProblems.NotFound());
        if (!place.IsInUseOn(today)) return unit.Abandon<Result<SessionView>>(new Problem(Errors.PlaceNotOpenYet));
        if (!(await OperatorOf(unit, caller, place, request.Operator, today)).IsOk(out var op, out var problem)) return unit.Abandon<Result<SessionView>>(problem);
        if (await Sessions.OpenWith(unit, caller.Municipality, code, request.Drawer) is { } open) return unit.Abandon<Result<SessionView>>(DrawerOpen(open));
        if (!await OpenDay(unit, new SheetDay(caller.Municipality, code, today), now)) return unit.Abandon<Result<SessionView>>(DayClosed(today));
        var due = (await PlaceClosing.Of(unit, caller.Municipality, code)).DueAt(now, request.ClosesAt);
        var number = await DaySheet.OpenSession(unit, place, today, id, request.Drawer, op, request.Float.Amount, caller.Principal, now, due);
        await CashCounts.Write(unit, caller.Municipality, id, CountOccasion.Open, 0, request.Float.Pieces);
        return SessionView.Of(new Session
        {
            Municipality = caller.Municipality,
            Place = code,
            Date = today,
            Number = number,
            Id = id,
            Drawer = request.Drawer,
            Operator = op,
            State = Names.Of(SessionState.Open),
            FloatAmount = request.Float.Amount,
            OpenedAt = now,
            OpenedBy = caller.Principal,
            DueAt = due,
        }, request.Float.Pieces);
    }

    /// <summary>
    /// Public cash is in the hands of 出納員, 分任出納員 and 現金取扱員 only (地方自治法171条). Somebody who signed in takes a drawer under a code of
    /// their own and of nobody else; a till says whose turn it is.
    /// </summary>
    private static async Task<Result<string?>> OperatorOf(Reader reader, Caller caller, Place place, string? said, BusinessDate today)
    {
        if (caller.Person is { } person)
        {
            var codes = await Appointments.CodesOf(reader, caller.Municipality, place.Code, person, today);
            if (said is null && codes.Count > 0) return codes[0];
            return said is not null && codes.Contains(said, StringComparer.Ordinal) ? said : NotAppointed(place.Code, today);
        }

        if (said is null && place.DayControl == DayControl.Clerk)
            return Problem.At(Errors.Invalid, "/operator", "missing", new Words("この収納場所では、開局する担当者（operator）が要ります。", "At this place a session needs its operator."));
        return await Appointments.Check(reader, caller.Municipality, place.Code, said, today) is { } unregistered ? unregistered : said;
    }

    private static Problem NotAppointed(string place, BusinessDate today) => Problem.At(Errors.OperatorNotRegistered, "/operator", "operator-not-registered",
        new Words($"あなたは {today} に収納場所 {place} の出納員・分任出納員・現金取扱員に任命されていません。市の管理者に任命の登録を頼んでください。", $"You are not appointed to take cash at {place} on {today}: ask the city to register the appointment."));

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

/// <param name="ClosesAt">The hour of this turn where it is not the place's own (late opening).</param>
public sealed record BeginRequest(string Drawer, string? Operator, CountedCash Float, TimeOnly? ClosesAt)
{
    public static BeginRequest Read(BodyObject body)
    {
        var request = new BeginRequest(CodeText.Read(body, "drawer") ?? "", body.Text("operator", CodeText.Longest), CountedCash.Read(body, "floatAmount"), Hour(body));
        if (Reserved(request.Drawer) is { } words) body.Refuse("drawer", "reserved", words);
        return request;
    }

    internal static Words? Reserved(string drawer) => drawer.StartsWith(OpenSession.AutomaticDrawer, StringComparison.Ordinal)
        ? new Words("auto- で始まる名前は自動の開局に使います。", "Names that begin with auto- belong to automatic sessions.")
        : null;

    private static TimeOnly? Hour(BodyObject body)
    {
        if (body.Text("closesAt", 5) is not { } text) return null;
        if (PlaceClosing.TryHour(text, out var hour)) return hour;
        body.Refuse("closesAt", "not-a-time", new Words("時刻を 19:00 のように書いてください。", "A time of day such as 19:00."));
        return null;
    }
}
