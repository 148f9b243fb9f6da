using CashlessGateway.Access;
using CashlessGateway.Exceptions;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>GET /v1/places/{code}/sessions/{id}: a drawer's turn with its counts, what our books and what the terminals say of each method, and what is left of it.</summary>
public sealed class ReadSession(Database database)
{
    public Operation Route => new("GET", "/v1/places/{code}/sessions/{id}", "sessions", "A session: its counts, its totals and the terminals', and what is left of it", Scopes.PaymentsRead, null, typeof(SessionDetail), 200,
        [Errors.NotFound, Errors.PlaceNotAllowed], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!SessionAddress.Of(call).IsOk(out var at, out var problem)) return problem;
        return await database.Read(reader => Read(reader, at), call.Aborted) is { } view ? Reply.Ok(view) : SessionAddress.NotFound();
    }

    /// <summary>Null when there is no such session at the place.</summary>
    public static async Task<SessionDetail?> Read(Reader reader, SessionAddress at)
    {
        if (await Sessions.Find(reader, at) is not var (found, expected)) return null;
        // Of an open drawer it is what should be there now; a closed one keeps what was found.
        var session = found.IsOpen ? found with { ExpectedAmount = expected } : found;
        var counts = await CashCounts.Of(reader, at.Municipality, at.Id);
        var inspections = await reader.All<InspectionRow>(InspectSession.OfSession, new { municipality = at.Municipality, session = at.Id });
        var (ours, theirs) = (await SessionTotals.OfGateway(reader, session), await SessionTotals.OfTerminals(reader, at.Municipality, at.Id));
        var unfinished = session.IsOpen ? await UnfinishedPayments.Of(reader, session, await Sessions.OpenOf(reader, new SheetDay(at.Municipality, at.Place, session.Date))) : [];
        return new SessionDetail(
            SessionView.Of(session, [.. counts[(CountOccasion.Close, 0)]]), [.. counts[(CountOccasion.Open, 0)]],
            inspections.ConvertAll(row => new InspectionView(row.CountedAt, row.CountedBy, row.ExpectedAmount, row.CountedAmount, row.CountedAmount - row.ExpectedAmount, [.. counts[(CountOccasion.Inspect, row.Position)]])),
            [.. ours.Select(static sum => new GatewayTotalView(sum.Method, sum.Brand, sum.Provider, sum.OnTerminal, sum.Count, sum.Amount))],
            [.. theirs.Select(static line => new TerminalTotalView(line.Method, line.Brand, line.Provider, line.Count, line.Amount))],
            [.. TotalComparison.Of(ours, theirs).Select(TotalComparisonView.Of)],
            [.. unfinished.Select(static payment => payment.PublicId)], await CarriedOver.Of(reader, at.Municipality, at.Id),
            await CashReports.OfSession(reader, at.Municipality, at.Id), await Differences.OfSession(reader, at.Municipality, at.Id));
    }

    private sealed class InspectionRow
    {
        public long Position { get; init; }
        public Instant CountedAt { get; init; }
        public string CountedBy { get; init; } = "";
        public Yen ExpectedAmount { get; init; }
        public Yen CountedAmount { get; init; }
    }
}

/// <summary>A session in full.</summary>
/// <param name="FloatDenominations">金種 of the float; empty where only the sum was said.</param>
/// <param name="Gateway">What our books say: captured in this session by method, brand and contract, less what was voided in it. Provider answers and clerks' cash alike.</param>
/// <param name="Terminal">What the terminals' own slips say, as it was sent with the close.</param>
/// <param name="Comparison">Both beside each other; empty where no slip was sent.</param>
/// <param name="Unfinished">Payments that hold up its close now.</param>
public sealed record SessionDetail(
    SessionView Session, IReadOnlyList<Denomination> FloatDenominations, IReadOnlyList<InspectionView> Inspections,
    IReadOnlyList<GatewayTotalView> Gateway, IReadOnlyList<TerminalTotalView> Terminal, IReadOnlyList<TotalComparisonView> Comparison,
    IReadOnlyList<string> Unfinished, IReadOnlyList<CarriedOverView> CarriedOver, CashReportView? CashReport, IReadOnlyList<ExceptionView> Exceptions);

/// <summary>点検.</summary>
public sealed record InspectionView(Instant CountedAt, string CountedBy, Yen ExpectedAmount, Yen CountedAmount, Yen Difference, IReadOnlyList<Denomination> Denominations);

/// <param name="AtTerminal">Taken at a terminal: its slip must show it.</param>
public sealed record GatewayTotalView(PaymentMethod Method, string? Brand, string? Provider, bool AtTerminal, long Count, Yen Amount);

public sealed record TerminalTotalView(PaymentMethod Method, string? Brand, string? Provider, long Count, Yen Amount);

/// <param name="DifferenceAmount">The terminal's sum less ours.</param>
public sealed record TotalComparisonView(PaymentMethod Method, string? Brand, string? Provider, long GatewayCount, Yen GatewayAmount, long TerminalCount, Yen TerminalAmount, Yen DifferenceAmount, bool Agrees)
{
    public static TotalComparisonView Of(TotalComparison one) =>
        new(one.Method, one.Brand, one.Provider, one.GatewayCount, one.GatewayAmount, one.TerminalCount, one.TerminalAmount, one.Difference, one.Agrees);
}
