using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>What a unit that takes cash came to.</summary>
public abstract record CashAnswer
{
    private CashAnswer() { }

    public sealed record Taken(Payment Payment) : CashAnswer;

    public sealed record Refused(Problem Problem) : CashAnswer;

    /// <summary>Someone wrote at the same moment: run the unit again.</summary>
    public sealed record Again : CashAnswer;
}

/// <summary>Cash is a method without a provider: intent and capture are one unit.</summary>
public static class CashPayment
{
    public static async Task<CashAnswer> Take(Unit unit, Caller caller, PaymentRequest request, CaptureIds ids, Instant now)
    {
        var today = BusinessDate.Of(now);
        var municipality = caller.Municipality;
        if (await ReceivableStore.FindWithItsLines(unit, municipality, request.Receivable) is not var (receivable, lines)) return new CashAnswer.Refused(PaymentProblems.NoReceivable());
        if (await PlaceStore.Find(unit, municipality, request.Place) is not { } place) return new CashAnswer.Refused(PaymentProblems.UnknownPlace(request.Place));
        if (!place.IsInUseOn(today)) return new CashAnswer.Refused(PaymentProblems.NotInUse(place, today));
        if (request.Terminal is { } terminal && await PlaceStore.Terminal(unit, municipality, terminal) is null) return new CashAnswer.Refused(PaymentProblems.UnknownTerminal(terminal));
        var problem = PaymentProblems.Of(receivable, now)
            ?? PaymentProblems.OfMethod(request, await PlaceStore.Methods(unit, municipality, place.Code), lines)
            ?? PaymentProblems.OfCash(request, receivable.Amount);
        if (problem is not null) return new CashAnswer.Refused(problem);

        var payment = New(caller, request, receivable, ids, now);
        return await Capture.Accept(unit, payment, place, receivable, lines, ids, new Cause(caller.Principal, Sources.Api), today, now) switch
        {
            CaptureAnswer.Booked booked => new CashAnswer.Taken(booked.Payment),
            CaptureAnswer.HeldByAlternative => new CashAnswer.Refused(PaymentProblems.AlternativeHeld(await PaymentStore.HolderOfAlternative(unit, municipality, receivable.Id, receivable.ExclusiveHash!))),
            CaptureAnswer.NotListed { Why: var why } when SheetRaces.Problem(why) is { } refused => new CashAnswer.Refused(refused),
            _ => new CashAnswer.Again(),
        };
    }

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
