using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Dapper;

namespace CashlessGateway.Payments;

/// <summary>A cash payment that may be taken, as far as could be seen before its unit. The unit's conditional writes prove it.</summary>
public sealed record CashPlan(Payment Payment, Place Place, Receivable Receivable, IReadOnlyList<ReceivableLine> Lines, SheetEntry Sheet, SheetLine Found);

/// <summary>What a unit that takes cash came to.</summary>
public abstract record CashAnswer
{
    private CashAnswer() { }

    public sealed record Taken(Payment Payment) : CashAnswer;

    public sealed record Refused(Problem Problem) : CashAnswer;

    /// <summary>Someone wrote at the same moment: plan and run it again.</summary>
    public sealed record Again : CashAnswer;
}

/// <summary>Cash is a method without a provider: intent and capture are one unit.</summary>
public sealed class CashPayment(KnownPlaces places, WaitingReceivables waiting)
{
    /// <summary>
    /// Decides from what is remembered of the place and one question for the receivable, shared with other payments that wait.
    /// Null when something has to be read first. What is decided here is proved by the writes, as always.
    /// </summary>
    public async Task<Result<CashPlan>?> PlanFromMemory(Caller caller, PaymentRequest request, CaptureIds ids, Instant now)
    {
        var municipality = caller.Municipality;
        if (places.Sessions(municipality, request.Place) is not { } sessions || sessions.All(session => session.Date != BusinessDate.Of(now))) return null;
        if (places.Known(municipality, request.Place) is not { } known || (request.Terminal is { } terminal && !places.IsKnownTerminal(municipality, terminal))) return null;
        if (request.Operator is { } clerk && !places.IsKnownOperator(municipality, request.Place, clerk, BusinessDate.Of(now))) return null;
        if (await waiting.Find(municipality, request.Receivable) is not var (receivable, lines)) return PaymentProblems.NoReceivable();
        return Decide(caller, request, ids, now, known, receivable, lines).IsOk(out var plan, out var problem)
            ? Choose(plan, DaySheet.Among(sessions, plan.Sheet))
            : problem;
    }

    /// <summary>Reads and decides; writes nothing. On SQLite this is done beside the one writer, not by it.</summary>
    /// <param name="again">Someone was faster: nothing that was remembered counts now.</param>
    public async Task<Result<CashPlan>> Plan(Reader reader, Caller caller, PaymentRequest request, CaptureIds ids, Instant now, bool again = false)
    {
        var municipality = caller.Municipality;
        var sessions = again ? null : places.Sessions(municipality, request.Place);
        (Receivable, IReadOnlyList<ReceivableLine>)? owed;
        if (sessions is not null) owed = await ReceivableStore.FindWithItsLines(reader, municipality, request.Receivable);
        else
        {
            (owed, sessions) = await PaymentReading.Of(reader, municipality, request.Receivable, request.Place, BusinessDate.Of(now));
            places.Remember(municipality, request.Place, sessions);
        }

        if (owed is not var (receivable, lines)) return PaymentProblems.NoReceivable();
        if (await places.Find(reader, municipality, request.Place) is not { } known) return PaymentProblems.UnknownPlace(request.Place);
        if (request.Terminal is { } terminal && await places.Terminal(reader, municipality, terminal) is null) return PaymentProblems.UnknownTerminal(terminal);
        if (await places.Operator(reader, municipality, request.Place, request.Operator, BusinessDate.Of(now)) is { } unregistered) return unregistered;
        return Decide(caller, request, ids, now, known, receivable, lines).IsOk(out var plan, out var problem)
            ? Choose(plan, await DaySheet.Find(reader, plan.Sheet, sessions))
            : problem;
    }

    private static Result<CashPlan> Choose(CashPlan plan, SheetAnswer found) =>
        SheetRaces.Problem(found) is { } refused ? refused : plan with { Found = ((SheetAnswer.Listed)found).Line };

    /// <summary>Everything but the drawer.</summary>
    private static Result<CashPlan> Decide(Caller caller, PaymentRequest request, CaptureIds ids, Instant now, KnownPlace known, Receivable receivable, IReadOnlyList<ReceivableLine> lines)
    {
        var (place, today) = (known.Place, BusinessDate.Of(now));
        if (!place.IsInUseOn(today)) return PaymentProblems.NotInUse(place, today);
        var problem = PaymentProblems.Of(receivable, now)
            ?? PaymentProblems.OfMethod(request, known.Methods, lines)
            ?? PaymentProblems.OfCash(request, receivable.Amount);
        if (problem is not null) return problem;
        var sheet = new SheetEntry(place, today, request.Terminal, request.Operator, NeedsClerk: true, ids.Session, now);
        return new CashPlan(New(caller, request, receivable, ids, now), place, receivable, lines, sheet, new SheetLine(today, null, 0));
    }

    /// <summary>Only writes: conditional ones first, then the rows.</summary>
    public static async Task<CashAnswer> Take(Unit unit, Caller caller, CashPlan plan, CaptureIds ids, Instant now) =>
        await Capture.Accept(unit, plan.Payment, plan.Place, plan.Receivable, plan.Lines, ids, new Cause(caller.Principal, Sources.Api), plan.Sheet.ReceiptDate, now, plan.Found) switch
        {
            CaptureAnswer.Booked booked => new CashAnswer.Taken(booked.Payment),
            CaptureAnswer.HeldByAlternative => new CashAnswer.Refused(PaymentProblems.AlternativeHeld(await PaymentStore.HolderOfAlternative(unit, caller.Municipality, plan.Receivable.Id, plan.Receivable.ExclusiveHash!))),
            CaptureAnswer.NotListed { Why: var why } when SheetRaces.Problem(why) is { } refused => new CashAnswer.Refused(refused),
            _ => new CashAnswer.Again(),
        };

    private static Payment New(Caller caller, PaymentRequest request, Receivable receivable, CaptureIds ids, Instant now) => new()
    {
        Municipality = caller.Municipality,
        Id = ids.Payment,
        Receivable = receivable.Id,
        Place = request.Place,
        Terminal = request.Terminal,
        Operator = request.Operator,
        Method = Names.Of(request.Method),
        Presentation = Names.Of(request.Presentation),
        Amount = receivable.Amount,
        TenderedAmount = request.Cash?.TenderedAmount,
        Status = Names.Of(PaymentState.Created),
        Client = caller.Client,
        Version = 1,
        CreatedAt = now,
    };
}

/// <summary>What a payment has to know, in one round trip.</summary>
internal static class PaymentReading
{
    private static readonly Sql OwedAndOpen = new($"{ReceivableStore.WithLines.Text};\n{DaySheet.OpenSessions.Text}");

    public static Task<((Receivable, IReadOnlyList<ReceivableLine>)? Owed, IReadOnlyList<OpenSession> Sessions)> Of(Reader reader, string municipality, string id, string place, BusinessDate from) =>
        reader.Several(OwedAndOpen, new { municipality, id, place, from }, async answers =>
        {
            var rows = answers.Read<Receivable, ReceivableLine, (Receivable, ReceivableLine)>(static (receivable, line) => (receivable, line), splitOn: "municipality").AsList();
            ((Receivable, IReadOnlyList<ReceivableLine>)? owed, IReadOnlyList<OpenSession> sessions) = (rows.Count == 0 ? null : (rows[0].Item1, rows.ConvertAll(row => row.Item2)), (await answers.ReadAsync<OpenSession>()).AsList());
            return (owed, sessions);
        });
}
