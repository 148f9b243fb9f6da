using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>POST /v1/payments/{id}/refunds: a void is done at once, every other way waits for another person's approval.</summary>
public sealed class RequestRefund(Database database, Clock clock, Ids ids, RefundFacts facts, AskRefund asking, AskProvider payments, AuditTrail trail, FailPoints failPoints)
{
    public Operation Route => new("POST", "/v1/payments/{id}/refunds", "refunds", "Give captured money back", Scopes.RefundsWrite, typeof(RefundRequest), typeof(RefundView), 201,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.UnknownPlace, Errors.OperatorNotRegistered, Errors.RefundLinesMissing, Errors.RefundNotAllowed, Errors.OtherOffice, Errors.RefundableChanged, Errors.VersionChanged], Run, Keyed: true)
    { Resume = Resume };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var payment, out var problem)) return problem;
        if (!call.Read(RefundRequest.Read).IsOk(out var request, out problem)) return problem;
        await payments.AskSoon(call.Municipality, payment);
        var (made, stamp, now) = (RefundIds.Next(ids), trail.Stamp(), clock.Now());
        var ask = false;
        var reply = await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, payment, request, made, stamp, now, () => ask = true), ReadBack.ByRow(RefundStore.Exists, new { municipality = call.Municipality, id = made.Refund })),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
        if (!ask || reply is not Reply.Bytes) return reply;
        failPoints.Reach(FailPoints.AfterRefundIntent);
        await asking.AskWaiting(call.Municipality, made.Refund);
        return await asking.Keep(call, made.Refund, 201);
    }

    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.Refund, about) ?? throw new InvalidOperationException($"A refund's key names {about}.");
        await asking.AskWaiting(call.Municipality, id);
        return await asking.Keep(call, id, 201);
    }

    /// <summary>Null: the payment changed at the same moment, run it again.</summary>
    private async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, RefundRequest request, RefundIds made, AuditStamp stamp, Instant now, Action mustAsk)
    {
        var (caller, key) = (call.Caller, call.Key);
        if (await PaymentStore.Find(unit, caller.Municipality, id) is not { } payment || !caller.MayUse(payment.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この決済はありません。", "There is no such payment.")));
        if (request.ExpectedRefundable is { } expected && expected != payment.Refundable)
            return unit.Abandon<Reply?>(new Problem(Errors.RefundableChanged, new Words($"返せるのは {payment.Refundable} です。", $"{payment.Refundable.Value} yen are left."), More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["refundableAmount"] = payment.Refundable }));
        if (!(await Decide(unit, caller, payment, request, made.Refund, now)).IsOk(out var plan, out var problem)) return unit.Abandon<Reply?>(problem);

        var refund = New(caller, payment, request, plan, made, now);
        if (!await PaymentStore.Update(unit, payment with { RefundedAmount = payment.RefundedAmount + plan.Amount })) return unit.Abandon<Reply?>(null);
        await RefundStore.Insert(unit, refund, plan.Lines);
        var note = await Notes.Write(unit, caller.Municipality, made.Note, made.Salt, request.Reason, now);
        await GiveBack.Tell(unit, EventTypes.RefundCreated, made.CreatedEvent, refund, new Cause(caller.Principal, Sources.Api), now);
        await AuditTrail.Write(unit, stamp, GiveBack.Said(call, AuditActions.RefundOrdered, refund));
        if (plan.AsksProvider)
        {
            await key.Begin(unit, PublicId.Refund + refund.Id);
            mustAsk();
            return Reply.Ok(refund.Id);
        }

        if (plan.Way == RefundWay.Void && !await FinishVoid(unit, caller, payment, refund, plan, made, note, now)) return unit.Abandon<Reply?>(null);
        return await key.Keep(unit, PublicId.Refund + refund.Id, 201, $"/v1/refunds/{PublicId.Refund}{refund.Id}", RefundView.Of(refund, plan.Lines));
    }

    private static async Task<bool> FinishVoid(Unit unit, Caller caller, Payment payment, Refund refund, Plan plan, RefundIds made, NoteReference note, Instant now)
    {
        var after = payment with { RefundedAmount = payment.RefundedAmount + plan.Amount, Version = payment.Version + 1 };
        await GiveBack.Book(unit, made, payment, refund, plan.Lines, CaptureEntry.Source(payment), refund.ReceiptDate!.Value, refund.BusinessDate!.Value, note, now);
        await GiveBack.Tell(unit, EventTypes.RefundSucceeded, made.EndEvent, refund with { Version = refund.Version + 1 }, new Cause(caller.Principal, Sources.Api), now);
        return await GiveBack.LetGo(unit, after, refund, now) && await DaySheet.Count(unit, payment.Municipality, payment.Session!);
    }

    /// <summary>What the rules make of a request.</summary>
    private sealed record Plan(RefundWay Way, Yen Amount, IReadOnlyList<RefundLine> Lines, Place Place, BusinessDate? SheetDate, bool Reopen, bool AsksProvider);

    private async Task<Result<Plan>> Decide(Unit unit, Caller caller, Payment payment, RefundRequest request, string refund, Instant now)
    {
        if (await PlaceStore.Find(unit, caller.Municipality, request.Place ?? payment.Place) is not { } place) return PaymentProblems.UnknownPlace(request.Place!);
        if (!caller.MayUse(place.Code)) return new Problem(Errors.PlaceNotAllowed);
        if (await Appointments.Check(unit, caller.Municipality, place.Code, request.Operator, BusinessDate.Of(now)) is { } unregistered) return unregistered;
        var (receivable, owed) = await ReceivableStore.FindWithItsLines(unit, caller.Municipality, payment.Receivable) ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        if (!RefundSplit.Of(request, payment, owed, await RefundStore.GivenBack(unit, caller.Municipality, payment.Id), refund).IsOk(out var lines, out var problem)) return problem;

        var amount = Yen.Sum(lines.Select(line => line.Amount));
        if (amount == Yen.Zero) return NotAllowed(new RefundDecision.Forbidden(payment.State == PaymentState.Captured ? "nothing-left" : "not-captured", new("返すお金が残っていません。", "Nothing is left to give back.")));
        var question = await facts.Question(unit, payment, receivable, new RefundAsked(amount, place.Code, request.Terminal, request.Way, request.CityMistake), now);
        var own = payment.Session is { } session ? await SessionStore.FindOpen(unit, caller.Municipality, session) : null;
        return RefundRules.Decide(question) switch
        {
            RefundDecision.Go { Way: not RefundWay.Void } when Offices.Refuse(receivable, caller.Office, Office.Executive) is { } office => office,
            RefundDecision.Go go => new Plan(go.Way, amount, lines, place, own, request.Reopen ?? receivable.Kind == Names.Of(ReceivableKind.Bill), go.Way == RefundWay.Void && payment.Provider is not null),
            RefundDecision.Forbidden forbidden => NotAllowed(forbidden),
            _ => throw new InvalidOperationException("RefundDecision is a closed set."),
        };
    }

    internal static Problem NotAllowed(RefundDecision.Forbidden forbidden) => Problem.At(Errors.RefundNotAllowed, "", forbidden.Rule, forbidden.Why);

    private static Refund New(Caller caller, Payment payment, RefundRequest request, Plan plan, RefundIds made, Instant now) => new()
    {
        Municipality = caller.Municipality,
        Id = made.Refund,
        Payment = payment.Id,
        Receivable = payment.Receivable,
        Amount = plan.Amount,
        Way = Names.Of(plan.Way),
        Status = Names.Of(plan.AsksProvider ? RefundStatus.Pending : plan.Way == RefundWay.Void ? RefundStatus.Succeeded : RefundStatus.AwaitingApproval),
        Reopen = plan.Reopen ? 1 : 0,
        OrderNumber = request.OrderNumber,
        Office = Names.Of(caller.Office),
        CityMistake = request.CityMistake ? 1 : null,
        // A void leaves the drawer that the money is in.
        Place = plan.Way == RefundWay.Void ? payment.Place : plan.Place.Code,
        Terminal = request.Terminal,
        Operator = request.Operator,
        Session = plan.Way == RefundWay.Void ? payment.Session : null,
        ReceiptDate = plan.Way == RefundWay.Void && !plan.AsksProvider ? BusinessDate.Of(now) : null,
        BusinessDate = plan.Way == RefundWay.Void && !plan.AsksProvider ? plan.SheetDate : null,
        Note = made.Note,
        RequestedBy = caller.Principal,
        Version = 1,
        CreatedAt = now,
        SucceededAt = plan.Way == RefundWay.Void && !plan.AsksProvider ? now : null,
        NextAskAt = plan.AsksProvider ? now.Plus(AskRefund.FirstAsk) : null,
    };
}
