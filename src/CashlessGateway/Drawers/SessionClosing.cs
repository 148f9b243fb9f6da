using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>One 精算 on its way into the database.</summary>
internal sealed record CloseOrder(SessionAddress At, CloseRequest Request, Caller Caller, string? From, Instant Now, CloseStock Stock, DayCloseOrder? Day);

/// <summary>Ids, salts and stamps that a close may need, made before its unit.</summary>
internal sealed record CloseStock(string Entry, string Report, NewNote Circumstances, NewNote DeputyReason, AuditStamp DifferenceStamp, AuditStamp DeputyStamp, IReadOnlyList<(string Exception, string Event)> Exceptions)
{
    /// <summary>Methods taken at a terminal that its slip does not name: more brands than this do not stand there.</summary>
    private const int MostUnnamed = 40;

    public static CloseStock Make(Ids ids, AuditTrail trail, CloseRequest request) => new(
        ids.Next(), ids.Next(), NewNote.Make(ids), NewNote.Make(ids), trail.Stamp(), trail.Stamp(),
        request.Terminal.Count == 0 ? [] : [.. Enumerable.Range(0, request.Terminal.Count + MostUnnamed).Select(_ => (ids.Next(), ids.Next()))]);
}

/// <summary>What a close leaves behind: the count, the difference and its report, the slips and what differs from them, what was carried over.</summary>
internal static class SessionClosing
{
    public static async Task Write(Unit unit, Session session, Yen difference, IReadOnlyList<UnfinishedPayment> unfinished, CloseOrder close, BrandCatalogue brands)
    {
        var place = await PlaceStore.Find(unit, session.Municipality, session.Place) ?? throw new InvalidOperationException($"Session {session.Id} has no place.");
        await CashCounts.Write(unit, session.Municipality, session.Id, CountOccasion.Close, 0, close.Request.Cash.Pieces);
        if (difference != Yen.Zero) await WriteDifference(unit, session, place, difference, close);
        await WriteTotals(unit, session, place, close);
        if (close.Request.Deputy is { } deputy) await WriteDeputy(unit, session, unfinished, deputy, close, brands);
    }

    /// <summary>The money is booked at once; the paper follows (money never waits for papers).</summary>
    private static async Task WriteDifference(Unit unit, Session session, Place place, Yen difference, CloseOrder close)
    {
        var today = BusinessDate.Of(close.Now);
        var note = await close.Stock.Circumstances.Write(unit, session.Municipality, close.Request.Circumstances ?? close.Request.Reason!, close.Now);
        await Journal.Post(unit, new JournalEntry(close.Stock.Entry, session.Municipality, EntryKind.CashDifference, today, session.Date, close.Now, DrawerCash.DifferenceEntry(place, difference, today)) { Note = note });
        await CashReports.Write(unit, session, close.Stock.Report, difference, note.Id, close.Caller.Principal, close.Now);
        await AuditTrail.Write(unit, close.Stock.DifferenceStamp, close.Caller.Did(AuditActions.SessionClosedWithDifference, PublicId.Session + session.Id, session.Place, close.From) with
        {
            Facts = Pairs.Of(("difference", difference.Value.ToString(CultureInfo.InvariantCulture)), ("reason", session.Reason)),
        });
    }

    private static async Task WriteTotals(Unit unit, Session session, Place place, CloseOrder close)
    {
        if (close.Request.Terminal.Count == 0) return;
        await SessionTotals.Write(unit, session.Municipality, session.Id, close.Request.Terminal);
        var differing = TotalComparison.Of(await SessionTotals.OfGateway(unit, session), close.Request.Terminal).Where(static one => !one.Agrees).ToList();
        if (differing.Count > close.Stock.Exceptions.Count) throw new InvalidOperationException($"A slip of {close.Request.Terminal.Count} lines has {differing.Count} differences.");
        foreach (var (one, (id, happened)) in differing.Zip(close.Stock.Exceptions))
            await Differences.Open(unit, Differing(session, place, one, id, close.Now), happened, new Cause(close.Caller.Principal, Sources.Api));
    }

    private static Difference Differing(Session session, Place place, TotalComparison one, string id, Instant now) => new()
    {
        Municipality = session.Municipality,
        Id = id,
        Kind = Difference.TerminalDiffers,
        Object = $"{session.Id}/{one.Key}",
        Amount = one.Difference < Yen.Zero ? Yen.Zero - one.Difference : one.Difference,
        Place = session.Place,
        Provider = one.Provider,
        Session = session.Id,
        Owner = place.Section,
        Detail = string.Create(CultureInfo.InvariantCulture, $"端末の締めと帳簿が合いません: {one.Key} 端末 {one.TerminalCount}件 {one.TerminalAmount}、帳簿 {one.GatewayCount}件 {one.GatewayAmount}、差 {one.Difference}。"),
        OpenedAt = now,
    };

    private static async Task WriteDeputy(Unit unit, Session session, IReadOnlyList<UnfinishedPayment> unfinished, DeputyOrder deputy, CloseOrder close, BrandCatalogue brands)
    {
        if (unfinished.Count > 0)
        {
            var note = await close.Stock.DeputyReason.Write(unit, session.Municipality, deputy.Reason, close.Now);
            await CarriedOver.Write(unit, session, unfinished, deputy, note.Id, brands, close.Caller.Principal, close.Now);
        }

        await AuditTrail.Write(unit, close.Stock.DeputyStamp, close.Caller.Did(AuditActions.SessionClosedForOthers, PublicId.Session + session.Id, session.Place, close.From) with
        {
            Facts = Pairs.Of(("operator", session.Operator), ("reason", deputy.Reason), ("owner", deputy.Owner), ("deadline", deputy.Deadline.ToString()),
                ("payments", unfinished.Count == 0 ? null : string.Join(' ', unfinished.Select(static payment => payment.PublicId)))),
        });
    }
}
