using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

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

    internal static readonly Sql OfSession = new("""
        select position, counted_at, counted_by, expected_amount, counted_amount
        from session_count
        where municipality = @municipality and session = @session
        order by position
        """);

    private const string PrimaryKey = "session_count_pk";

    public Operation Route => new("POST", "/v1/places/{code}/sessions/{id}/inspect", "sessions", "Count a drawer in between", Scopes.SessionsWrite, typeof(InspectRequest), typeof(SessionView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.SessionClosed], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!SessionAddress.Of(call).IsOk(out var at, out var problem)) return problem;
        if (!call.Read(InspectRequest.Read).IsOk(out var request, out problem)) return problem;
        return (await Inspect(call.Caller, at, request)).IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
    }

    /// <summary>For the counter's page too.</summary>
    public async Task<Result<SessionView>> Inspect(Caller caller, SessionAddress at, InspectRequest request)
    {
        var now = clock.Now();
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(unit => InUnit(unit, at, request.Cash, caller.Principal, now),
                ReadBack.ByRow(WasWritten, new { municipality = at.Municipality, session = at.Id, now, by = caller.Principal }));
            if (written is Written<Result<SessionView>>.Done { Value: var answer }) return answer;
            // Two people count one drawer at once: the second count comes behind the first.
            if (written is not Written<Result<SessionView>>.Taken { Index: PrimaryKey } || attempt >= SheetRaces.MostTries)
                throw new InvalidOperationException($"The count could not be written: {written}.");
        }
    }

    private static async Task<Result<SessionView>> InUnit(Unit unit, SessionAddress at, CountedCash cash, string by, Instant now)
    {
        if (await Sessions.Find(unit, at) is not var (session, expected)) return unit.Abandon<Result<SessionView>>(SessionAddress.NotFound());
        if (!session.IsOpen) return unit.Abandon<Result<SessionView>>(new Problem(Errors.SessionClosed));
        var values = new { municipality = at.Municipality, session = at.Id };
        var position = 1 + (await unit.One<long?>(LastPosition, values) ?? 0);
        await unit.Execute(Insert, new { values.municipality, values.session, position, now, by, expected, counted = cash.Amount });
        await CashCounts.Write(unit, at.Municipality, at.Id, CountOccasion.Inspect, position, cash.Pieces);
        return SessionView.Of(session with { ExpectedAmount = expected, CountedAmount = cash.Amount }, cash.Pieces);
    }
}

public sealed record InspectRequest(CountedCash Cash)
{
    public static InspectRequest Read(BodyObject body) => new(CountedCash.Read(body, "countedAmount"));
}
