using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>GET /v1/unfinished: what the close of days still waits for. Each part with the day by which somebody has to act, the most urgent first.</summary>
public sealed class ReadUnfinished(Database database, Clock clock)
{
    public Operation Route => new("GET", "/v1/unfinished", "sessions", "What the close of days still waits for, the most urgent first", Scopes.PaymentsRead, null, typeof(UnfinishedView), 200, [Errors.PlaceNotAllowed], Run)
    {
        Query = [new("place", "Only this place")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, static query => new Asked(query.Text("place"))).IsOk(out var asked, out var problem)) return problem;
        if (asked.Place is { } place && !call.Caller.MayUse(place)) return new Problem(Errors.PlaceNotAllowed);
        var now = clock.Now();
        return Reply.Ok(await database.Read(reader => Read(reader, call.Caller, asked.Place, now), call.Aborted));
    }

    private sealed record Asked(string? Place);

    /// <summary>For pages too.</summary>
    public static async Task<UnfinishedView> Read(Reader reader, Caller caller, string? place, Instant now)
    {
        bool Shown(string at) => place is null ? caller.MayUse(at) : at == place;
        var today = BusinessDate.Of(now);
        return new UnfinishedView(
            [.. (await CarriedOver.Open(reader, caller.Municipality)).Where(one => Shown(one.Place)).Select(one => new UnfinishedPaymentView(one, one.Deadline < today))],
            [.. (await Sessions.Overdue(reader, caller.Municipality, now)).Where(session => Shown(session.Place)).Select(SessionView.Of)],
            [.. (await CashReports.Open(reader, caller.Municipality)).Where(report => Shown(report.Place))],
            [.. (await PayIns.Open(reader, caller.Municipality)).Where(slip => Shown(slip.Place))]);
    }
}

/// <param name="Payments">未確定繰越 whose payment has no outcome yet.</param>
/// <param name="Sessions">Drawers that were not closed by their hour.</param>
/// <param name="CashReports">亡失・過剰 that no second person has confirmed.</param>
/// <param name="PayIns">払込書 whose 領収日 nobody has recorded.</param>
public sealed record UnfinishedView(
    IReadOnlyList<UnfinishedPaymentView> Payments, IReadOnlyList<SessionView> Sessions, IReadOnlyList<CashReportView> CashReports, IReadOnlyList<PayInView> PayIns);

/// <param name="Overdue">The deadline is over.</param>
public sealed record UnfinishedPaymentView(CarriedOverView CarriedOver, bool Overdue);
