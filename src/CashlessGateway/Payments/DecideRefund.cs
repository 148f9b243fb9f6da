using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>POST /v1/refunds/{id}/approve and …/reject: never by whoever asked.</summary>
public sealed class DecideRefund(Database database, Clock clock, Ids ids, ProviderInstances instances, AskRefund asking, AuditTrail trail, FailPoints failPoints)
{
    /// <summary>A transfer ordered further ahead than this would be ordered anew.</summary>
    private const int MostDaysAhead = 60;

    private static readonly IReadOnlyList<ErrorCode> Refusals = [Errors.NotFound, Errors.Invalid, Errors.SamePrincipal, Errors.OtherOffice, Errors.RefundDecided, Errors.RefundNotAllowed, Errors.DayNotOpen, Errors.SessionUnclear, Errors.VersionChanged];

    public Operation Approve => new("POST", "/v1/refunds/{id}/approve", "refunds", "Approve a refund that somebody else asked for", Scopes.RefundsApprove, typeof(ApprovalRequest), typeof(RefundView), 200, Refusals, call => Run(call, approve: true), Keyed: true)
    { Resume = Resume };

    public Operation Reject => new("POST", "/v1/refunds/{id}/reject", "refunds", "Refuse a refund that somebody else asked for", Scopes.RefundsApprove, typeof(ApprovalRequest), typeof(RefundView), 200, Refusals, call => Run(call, approve: false), Keyed: true);

    private async Task<Reply> Run(ApiCall call, bool approve)
    {
        if (!call.Id(PublicId.Refund).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(ApprovalRequest.Read).IsOk(out var request, out problem)) return problem;
        var (made, stamp, now) = (RefundIds.Next(ids), trail.Stamp(), clock.Now());
        var ask = false;
        var reply = await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, id, request, approve, made, stamp, now, () => ask = true), ReadBack.SafeToRepeat),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
        // Whoever asked tried to approve as well: nothing changed, and an auditor wants to know.
        if (reply is Reply.Refusal { Problem.Error: var error } && error == Errors.SamePrincipal) await trail.Note(call.Said(DeedOf(approve), PublicId.Refund + id, outcome: AuditOutcome.Refused));
        if (!ask || reply is not Reply.Bytes) return reply;
        failPoints.Reach(FailPoints.AfterRefundIntent);
        await asking.AskWaiting(call.Municipality, id);
        return await asking.Keep(call, id, 200);
    }

    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.Refund, about) ?? throw new InvalidOperationException($"A refund's key names {about}.");
        await asking.AskWaiting(call.Municipality, id);
        return await asking.Keep(call, id, 200);
    }

    private async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, ApprovalRequest request, bool approve, RefundIds made, AuditStamp stamp, Instant now, Action mustAsk)
    {
        if (await RefundStore.Find(unit, call.Municipality, id) is not { } refund || !call.Caller.MayUse(refund.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この返金はありません。", "There is no such refund.")));
        if (refund.State != RefundStatus.AwaitingApproval) return unit.Abandon<Reply?>(new Problem(Errors.RefundDecided));
        // The database refuses it too (refund_maker_is_not_checker); this is the sentence for people.
        if (await SamePerson.Is(unit, call.Municipality, refund.RequestedBy, call.Caller.Principal)) return unit.Abandon<Reply?>(new Problem(Errors.SamePrincipal));
        if (request.PayOn is { } payOn && (payOn < BusinessDate.Of(now) || payOn > BusinessDate.Of(now).AddDays(MostDaysAhead)))
            return unit.Abandon<Reply?>(Problem.At(Errors.Invalid, "/payOn", "out-of-range", new Words($"今日から{MostDaysAhead}日以内の日にしてください。", $"It must be a day within {MostDaysAhead} days from today.")));
        var receivable = await ReceivableStore.Find(unit, call.Municipality, refund.Receivable) ?? throw new InvalidOperationException($"Refund {id} has no receivable.");
        // Refunds of earlier releases were ordered at counters.
        if (approve && (Offices.Refuse(receivable, call.Caller.Office, Office.Treasury) ?? Offices.Refuse(receivable, refund.Office is null ? Office.Executive : Names.Parse<Office>(refund.Office), Office.Executive)) is { } office)
            return unit.Abandon<Reply?>(office);
        var payment = await PaymentStore.Find(unit, call.Municipality, refund.Payment) ?? throw new InvalidOperationException($"Refund {id} has no payment.");
        var lines = await RefundStore.Lines(unit, call.Municipality, id);
        var decided = refund with { DecidedBy = call.Caller.Principal, DecidedAt = now };
        await AuditTrail.Write(unit, stamp, GiveBack.Said(call, DeedOf(approve), decided));
        if (approve && refund.How == RefundWay.Refund) return await Order(unit, call, decided, payment, mustAsk, now);
        var done = approve
            ? await Approved(unit, decided, payment, lines, request, made, new Cause(call.Caller.Principal, Sources.Api), now)
            : await Rejected(unit, decided, payment, made, new Cause(call.Caller.Principal, Sources.Api), now);
        if (!done.IsOk(out var after, out var problem)) return unit.Abandon<Reply?>(problem);
        if (after is null) return unit.Abandon<Reply?>(null);
        return await call.Key.Keep(unit, PublicId.Refund + id, 200, null, RefundView.Of(after, lines));
    }

    private static AuditAction DeedOf(bool approve) => approve ? AuditActions.RefundApproved : AuditActions.RefundRejected;

    /// <summary>Through the provider: the order is committed before the provider hears of it.</summary>
    private async Task<Reply?> Order(Unit unit, ApiCall call, Refund refund, Payment payment, Action mustAsk, Instant now)
    {
        var facts = ProviderRefundFacts.Of(instances.Find(payment.Provider), payment, 0, now);
        if (facts is not { CanRefund: true })
            return unit.Abandon<Reply?>(RequestRefund.NotAllowed(new RefundDecision.Forbidden("window-closed", new Words("事業者を通じて返金できる期間を過ぎています。差し戻して口座振込で返してください。", "The provider's time for refunds is over: reject it and ask for a bank transfer."))));
        if (!await RefundStore.Update(unit, refund with { Status = Names.Of(RefundStatus.Pending), NextAskAt = now.Plus(AskRefund.FirstAsk) })) return unit.Abandon<Reply?>(null);
        await call.Key.Begin(unit, PublicId.Refund + refund.Id);
        mustAsk();
        return Reply.Ok(refund.Id);
    }

    /// <summary>What was on its way is left with the payment again.</summary>
    private static async Task<Result<Refund?>> Rejected(Unit unit, Refund refund, Payment payment, RefundIds made, Cause cause, Instant now)
    {
        var after = refund with { Status = Names.Of(RefundStatus.Failed) };
        if (!await RefundStore.Update(unit, after)) return (Refund?)null;
        if (!await PaymentStore.Update(unit, payment with { RefundedAmount = payment.RefundedAmount - refund.Amount })) return (Refund?)null;
        await GiveBack.Tell(unit, EventTypes.RefundFailed, made.EndEvent, after with { Version = refund.Version + 1 }, cause, now);
        return after;
    }

    private static async Task<Result<Refund?>> Approved(Unit unit, Refund refund, Payment payment, IReadOnlyList<RefundLine> lines, ApprovalRequest request, RefundIds made, Cause cause, Instant now)
    {
        var today = BusinessDate.Of(now);
        var place = await PlaceStore.Find(unit, refund.Municipality, refund.Place) ?? throw new InvalidOperationException($"Refund {refund.Id} has no place.");
        var sheet = new SheetEntry(place, today, refund.Terminal, refund.Operator, NeedsClerk: refund.How == RefundWay.Cash, made.Session, now);
        var found = await DaySheet.FindAndOpen(unit, sheet);
        if (found is not SheetAnswer.Listed { Line: var line }) return SheetRaces.Problem(found) is { } refused ? refused : (Refund?)null;

        var cash = refund.How == RefundWay.Cash;
        // A bank transfer is ordered for a day; on the other side of 出納閉鎖 it would be booked elsewhere.
        var paidOut = cash ? today : request.PayOn ?? today;
        var after = refund with
        {
            Status = Names.Of(cash ? RefundStatus.Succeeded : RefundStatus.Pending),
            Session = cash ? line.Session : null,
            ReceiptDate = paidOut,
            BusinessDate = line.Date,
            SucceededAt = cash ? now : null,
        };
        if (!await RefundStore.Update(unit, after)) return (Refund?)null;
        var note = await Notes.Reference(unit, refund.Municipality, refund.Note);
        await GiveBack.Book(unit, made, payment, after, lines, cash ? Account.Cash(refund.Place) : Account.RefundPayable(refund.Place), paidOut, line.Date, note, now);
        if (!cash) return after;
        await GiveBack.Tell(unit, EventTypes.RefundSucceeded, made.EndEvent, after with { Version = refund.Version + 1 }, cause, now);
        return await GiveBack.LetGo(unit, payment, after, now) && (line.Session is null || await DaySheet.Count(unit, refund.Municipality, line.Session)) ? after : (Refund?)null;
    }
}

/// <param name="PayOn">The day on which a bank transfer is to leave; today unless said.</param>
public sealed record ApprovalRequest(BusinessDate? PayOn)
{
    public static ApprovalRequest Read(BodyObject body) => new(body.Date("payOn"));
}
