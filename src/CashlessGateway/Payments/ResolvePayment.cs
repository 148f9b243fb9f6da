using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

public enum ResolveOutcome
{
    Taken,
    NotTaken,
}

/// <summary>
/// POST /v1/payments/{id}/resolve: a person's finding about a payment in doubt, with a reason and evidence (mechanics 10). The provider
/// is asked first: its word is better than anybody's.
/// </summary>
public sealed class ResolvePayment(Database database, Clock clock, Ids ids, AskProvider asking, AuditTrail trail, Settings settings)
{
    /// <summary>Where the brand's rule names no time, that of 交通系: an inquiry is taken for 55 days, so evidence may still come until then.</summary>
    private const int UsualInquiryDays = 55;

    public Operation Route => new("POST", "/v1/payments/{id}/resolve", "payments", "A person's finding about a payment in doubt", Scopes.PaymentsResolve, typeof(ResolveRequest), typeof(PaymentView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.NotInDoubt, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(ResolveRequest.Read).IsOk(out var request, out problem)) return problem;
        await asking.AskSoon(call.Municipality, id);
        var made = new ResolveIds(CaptureIds.Next(ids), EndIds.Next(ids), ids.Next(), ids.Next(), Notes.NewSalt(), trail.Stamp());
        var now = clock.Now();
        return await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, id, request, made, now), ReadBack.SafeToRepeat),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
    }

    private sealed record ResolveIds(CaptureIds Capture, EndIds End, string Event, string Note, byte[] Salt, AuditStamp Stamp);

    private async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, ResolveRequest request, ResolveIds made, Instant now)
    {
        if (await PaymentStore.Find(unit, call.Municipality, id) is not { } payment || !call.Caller.MayUse(payment.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この決済はありません。", "There is no such payment.")));
        if (payment.State != PaymentState.InDoubt) return unit.Abandon<Reply?>(new Problem(Errors.NotInDoubt, new Words($"状態は {payment.Status} です。", $"Its status is {payment.Status}.")));
        if (request.TakenOn is { } takenOn && PaymentProblems.OfTakenOn(takenOn, BusinessDate.Of(payment.CreatedAt), BusinessDate.Of(now)) is { } wrongDay) return unit.Abandon<Reply?>(wrongDay);
        var cause = new Cause(call.Caller.Principal, Sources.Person);
        await Notes.Write(unit, call.Municipality, made.Note, made.Salt, $"{request.Reason}\n{request.Evidence}", now);
        var brand = settings.Brands.Find(payment.How, payment.Brand);
        var samePerson = await SamePerson.Is(unit, call.Municipality, payment.ProposedBy, call.Caller.Principal);
        if (ResolveRules.NeedsSecondPerson(payment, brand, request.Outcome, samePerson, settings.OnePersonReleasesUpTo))
        {
            if (!await PaymentStore.Update(unit, payment with { ProposedBy = call.Caller.Principal, ProposedOutcome = Names.Of(request.Outcome) })) return unit.Abandon<Reply?>(null);
            await EventLog.Write(unit, call.Municipality, made.Event, now, new Happened(EventTypes.PaymentFinding, id, payment.Version + 1, payment.Receivable, id, null, cause.Actor, cause.Source) { Note = made.Note });
            await AuditTrail.Write(unit, made.Stamp, Said(call, AuditActions.PaymentFinding, payment, request));
            return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of((await PaymentStore.Find(unit, call.Municipality, id))!));
        }

        var done = request.Outcome == ResolveOutcome.Taken
            ? await Taken(unit, payment, request, made, cause, now)
            : await EndWithoutMoney.Finish(unit, Released(payment, brand, now), PaymentState.Cancelled, made.End, cause, now);
        if (!done) return unit.Abandon<Reply?>(null);
        var after = (await PaymentStore.Find(unit, call.Municipality, id))!;
        // What was found 'not taken' although money arrived still lies in suspense, and its exception stays open.
        if (request.Outcome == ResolveOutcome.Taken) await Differences.Close(unit, call.Municipality, Difference.AmountDiffers, id, now);
        await EventLog.Write(unit, call.Municipality, made.Event, now, new Happened(EventTypes.PaymentResolved, id, after.Version, after.Receivable, id, null, cause.Actor, cause.Source) { Note = made.Note });
        await AuditTrail.Write(unit, made.Stamp, Said(call, AuditActions.PaymentResolved, payment, request));
        return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of(after));
    }

    /// <summary>Reason and evidence lie in the note of the payment's own history, once.</summary>
    private static AuditEvent Said(ApiCall call, AuditAction action, Payment payment, ResolveRequest request) => call.Said(action, PublicId.Payment + payment.Id, payment.Place) with
    {
        Facts = Pairs.Of(("outcome", Names.Of(request.Outcome)), ("amount", payment.Amount.Value.ToString(CultureInfo.InvariantCulture)), ("firstFindingBy", payment.ProposedBy)),
    };

    /// <summary>The receivable is free for another attempt; evidence that comes later is booked by itself (過誤納).</summary>
    private static Payment Released(Payment payment, Brand? brand, Instant now)
    {
        var until = BusinessDate.Of(payment.CreatedAt).AddDays(brand?.DoubtDays ?? UsualInquiryDays);
        var watched = payment.Provider is not null && payment.ArrivedAmount is null;
        return payment with { InquiryUntil = until, InquiryState = payment.ArrivedAmount is null ? "open" : "came", WatchUntil = watched ? until.AddDays(1).Begins : null, NextAskAt = watched ? now.Plus(TimeSpan.FromMinutes(1)) : null, Asks = 0 };
    }

    private static async Task<bool> Taken(Unit unit, Payment payment, ResolveRequest request, ResolveIds made, Cause cause, Instant now)
    {
        var (receivable, lines) = await ReceivableStore.FindWithItsLines(unit, payment.Municipality, payment.Receivable) ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        var place = await PlaceStore.Find(unit, payment.Municipality, payment.Place) ?? throw new InvalidOperationException($"Payment {payment.Id} has no place.");
        var takenOn = request.TakenOn ?? BusinessDate.Of(payment.CreatedAt);
        return await Capture.AcceptHeld(unit, payment, place, receivable, lines, made.Capture, cause, takenOn, now) is CaptureAnswer.Booked;
    }
}

public sealed record ResolveRequest(ResolveOutcome Outcome, string Reason, string Evidence, BusinessDate? TakenOn)
{
    public static ResolveRequest Read(BodyObject body) => new(
        body.Choice<ResolveOutcome>("outcome", required: true) ?? ResolveOutcome.NotTaken, body.Text("reason", 300, required: true) ?? "", body.Text("evidence", 300, required: true) ?? "", body.Date("takenOn"));
}

/// <summary>Whose word is enough. Pure.</summary>
public static class ResolveRules
{
    /// <summary>One person suffices where the brand's rule says so and the sum is small; else two must have found the same.</summary>
    public static bool NeedsSecondPerson(Payment payment, Brand? brand, ResolveOutcome outcome, bool samePerson, Yen onePersonUpTo)
    {
        if (outcome == ResolveOutcome.NotTaken && brand is { Doubt: DoubtRule.NotTaken } && payment.Amount <= onePersonUpTo) return false;
        return payment.ProposedBy is null || samePerson || payment.ProposedOutcome != Names.Of(outcome);
    }
}
