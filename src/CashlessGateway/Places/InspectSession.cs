using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>POST /v1/places/{code}/sessions/{id}/inspect: 点検. The drawer is counted in between; nothing but the count is written.</summary>
public sealed class InspectSession(Database database, Clock clock)
{
    private static readonly Sql LastPosition = new("""
        select max(position)
        from session_count
        where municipality = @municipality and session = @session
        """);

    private static readonly Sql Insert = new("""
        insert into session_count (municipality, session, position, counted_at, counted_by, expected_amount, counted_amount)
        values (@municipality, @session, @position, @now, @by, @expected, @counted)
        """);

    private static readonly Sql WasWritten = new("""
        select 1
        from session_count
        where municipality = @municipality and session = @session and counted_at = @now and counted_by = @by
        """);

    private const string PrimaryKey = "session_count_pk";

    public Operation Route => new("POST", "/v1/places/{code}/sessions/{id}/inspect", "sessions", "Count a drawer in between", Scopes.SessionsWrite, typeof(InspectRequest), typeof(SessionView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.SessionClosed], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!SessionAddress.Of(call).IsOk(out var at, out var problem)) return problem;
        if (!call.Read(InspectRequest.Read).IsOk(out var request, out problem)) return problem;
        var now = clock.Now();
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(unit => InUnit(unit, at, request.CountedAmount, call.Caller.Principal, now),
                ReadBack.ByRow(WasWritten, new { municipality = at.Municipality, session = at.Id, now, by = call.Caller.Principal }));
            if (written is Written<Result<SessionView>>.Done { Value: var answer })
                return answer.IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
            // Two people count one drawer at once: the second count comes behind the first.
            if (written is not Written<Result<SessionView>>.Taken { Index: PrimaryKey } || attempt >= SheetRaces.MostTries)
                throw new InvalidOperationException($"The count could not be written: {written}.");
        }
    }

    private static async Task<Result<SessionView>> InUnit(Unit unit, SessionAddress at, Yen counted, string by, Instant now)
    {
        if (await Sessions.Find(unit, at) is not var (session, expected)) return unit.Abandon<Result<SessionView>>(SessionAddress.NotFound());
        if (!session.IsOpen) return unit.Abandon<Result<SessionView>>(new Problem(Errors.SessionClosed));
        var values = new { municipality = at.Municipality, session = at.Id };
        var position = 1 + (await unit.One<long?>(LastPosition, values) ?? 0);
        await unit.Execute(Insert, new { values.municipality, values.session, position, now, by, expected, counted });
        return SessionView.Of(session with { ExpectedAmount = expected, CountedAmount = counted });
    }
}

public sealed record InspectRequest(Yen CountedAmount)
{
    public static InspectRequest Read(BodyObject body) => new(new Yen(body.Integer("countedAmount", 0, DrawerCash.Most, required: true) ?? 0));
}
