using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>POST /v1/payments: one attempt to collect one receivable.</summary>
public sealed class TakePayment(Database database, Clock clock, Ids ids, CashPayment cash, ProviderAttempt attempts, AskProvider asking)
{
    internal static readonly IReadOnlyList<ErrorCode> Refusals =
    [
        Errors.Invalid, Errors.NotFound, Errors.PlaceNotAllowed, Errors.UnknownPlace, Errors.OperatorNotRegistered, Errors.PlaceNotOpenYet, Errors.MethodNotAvailable, Errors.AmountNotAllowed, Errors.CashTooLittle, Errors.NothingToPay,
        Errors.ReceivableClosed, Errors.ReceivableExpired, Errors.PaymentInProgress, Errors.AlreadyPaid, Errors.PaidByAlternative, Errors.DayNotOpen, Errors.SessionUnclear, Errors.TerminalBusy, Errors.TerminalNotPaired, Errors.MethodStopped, Errors.MethodClosed, Errors.WrongContractHolder, Errors.NotDesignated, Errors.ProviderUnavailable,
    ];

    public Operation Route => new("POST", "/v1/payments", "payments", "One attempt to collect one receivable", Scopes.PaymentsWrite,
        typeof(PaymentRequest), typeof(PaymentView), 201, Refusals, Run, Keyed: true)
    { Resume = Resume };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Read(PaymentRequest.Read).IsOk(out var request, out var problem)) return problem;
        if (!call.Caller.MayUse(request.Place)) return new Problem(Errors.PlaceNotAllowed);
        return request.Method == PaymentMethod.Cash ? await TakeCash(call.Caller, call.Key, request) : await Attempt(call.Caller, call.Key, request);
    }

    /// <summary>An intent was found without an answer: the provider is asked, and what is then known is the answer.</summary>
    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.Payment, about) ?? throw new InvalidOperationException($"A payment's key names {about}.");
        await asking.AskSoon(call.Municipality, id);
        return await attempts.Keep(call.Key, call.Municipality, id);
    }

    private async Task<Reply> Attempt(Caller caller, IdempotencyKey key, PaymentRequest request)
    {
        var (id, eventId, now) = (ids.Next(), ids.Next(), clock.Now());
        AttemptPlan? begun = null;
        var asked = false;
        while (true)
        {
            var reply = await Races.Settle(() => Begin(caller, key, request, id, eventId, now, plan => begun = plan), () => SlotHeld(caller.Municipality, request.Receivable));
            if (begun is null)
            {
                // Perhaps the attempt in the way has ended and nobody has noticed yet.
                if (asked || !await AskHolder(caller.Municipality, request.Receivable)) return reply;
                asked = true;
                continue;
            }

            await attempts.Call(begun);
            return await attempts.Keep(key, caller.Municipality, id);
        }
    }

    private async Task<Written<Reply?>> Begin(Caller caller, IdempotencyKey key, PaymentRequest request, string id, string eventId, Instant now, Action<AttemptPlan> begun)
    {
        var planned = await database.Read<Result<AttemptPlan>>(async reader => await ReceivableStore.FindWithItsLines(reader, caller.Municipality, request.Receivable) is var (receivable, lines)
            ? await attempts.Plan(reader, caller, request, receivable, lines, id, now)
            : PaymentProblems.NoReceivable());
        if (!planned.IsOk(out var plan, out var problem)) return new Written<Reply?>.Done(problem);
        var written = await database.WriteKeyed<Reply?>(async unit =>
        {
            if (!await ProviderAttempt.Begin(unit, plan, eventId, new Cause(caller.Principal, Sources.Api)))
                return unit.Abandon<Reply?>(PaymentProblems.AlternativeHeld(await PaymentStore.HolderOfAlternative(unit, caller.Municipality, plan.Receivable.Id, plan.Receivable.ExclusiveHash!)));
            await key.Begin(unit, PublicId.Payment + id);
            return Reply.Ok(id);
        }, ReadBack.ByRow(PaymentStore.Exists, new { municipality = caller.Municipality, id }));
        switch (written)
        {
            case Written<Reply?>.Done { Value: Reply.Bytes }:
                begun(plan);
                return written;
            case Written<Reply?>.Taken { Index: PaymentStore.TerminalIndex }:
                return new Written<Reply?>.Done(PaymentProblems.TerminalBusy(await database.Read(reader => PaymentStore.On(reader, caller.Municipality, request.Terminal!))));
            default:
                return written;
        }
    }

    /// <summary>True when it was asked and may have ended.</summary>
    private async Task<bool> AskHolder(string municipality, string receivable)
    {
        if (await database.Read(reader => PaymentStore.Holder(reader, municipality, receivable)) is not { } holder || !asking.IsDue(holder, clock.Now())) return false;
        await asking.AskSoon(municipality, holder.Id);
        return true;
    }

    private async Task<Problem> SlotHeld(string municipality, string receivable) => PaymentProblems.SlotHeld(await database.Read(reader => PaymentStore.Holder(reader, municipality, receivable)));

    private async Task<Reply> TakeCash(Caller caller, IdempotencyKey key, PaymentRequest request)
    {
        var reply = await TakeCashOnce(caller, key, request);
        return reply is Reply.Refusal { Problem.Error: var error } && error == Errors.PaymentInProgress && await AskHolder(caller.Municipality, request.Receivable)
            ? await TakeCashOnce(caller, key, request)
            : reply;
    }

    private async Task<Reply> TakeCashOnce(Caller caller, IdempotencyKey key, PaymentRequest request)
    {
        var (made, now) = (CaptureIds.Next(ids), clock.Now());
        var again = false;
        return await Races.Settle(
            async () =>
            {
                var fresh = again;
                again = true;
                var planned = fresh ? null : await cash.PlanFromMemory(caller, request, made, now);
                planned ??= await database.Read(reader => cash.Plan(reader, caller, request, made, now, fresh));
                if (!planned.IsOk(out var plan, out var problem)) return new Written<Reply?>.Done(problem);
                return await database.WriteKeyedGrouped(caller.Municipality + request.Place, unit => InUnit(unit, caller, key, plan, made, now), ReadBack.ByRow(PaymentStore.Exists, new { municipality = caller.Municipality, id = made.Payment }));
            },
            () => SlotHeld(caller.Municipality, request.Receivable));
    }

    private static async Task<Reply?> InUnit(Unit unit, Caller caller, IdempotencyKey key, CashPlan plan, CaptureIds made, Instant now) =>
        await CashPayment.Take(unit, caller, plan, made, now) switch
        {
            CashAnswer.Taken taken => await key.Keep(unit, PublicId.Payment + taken.Payment.Id, 201, $"/v1/payments/{PublicId.Payment}{taken.Payment.Id}", PaymentView.Of(taken.Payment)),
            CashAnswer.Refused refused => unit.Abandon<Reply?>(refused.Problem),
            _ => unit.Abandon<Reply?>(null),
        };
}

/// <summary>
/// Runs a unit again while others write at the same moment. A held slot is an answer, not a race: it is asked for once nothing
/// else stands in the way.
/// </summary>
public static class Races
{
    public static async Task<Reply> Settle(Func<Task<Written<Reply?>>> write, Func<Task<Problem>> slotHeld)
    {
        for (var attempt = 1; attempt <= SheetRaces.MostTries; attempt++)
        {
            switch (await write())
            {
                case Written<Reply?>.Done { Value: { } reply }: return reply;
                case Written<Reply?>.Taken { Index: PaymentStore.SlotIndex }: return await slotHeld();
                case Written<Reply?>.Taken { Index: var index } when !IsRace(index): throw new InvalidOperationException($"Unique index {index} is held, and nobody expected that.");
            }
        }

        // Everybody wants this one receivable or sheet at once; one of them has it by now.
        return await slotHeld();
    }

    private static bool IsRace(string index) => SheetRaces.IsRace(index) || index is ReceivableStore.ChangedMeanwhile or "exclusive_group_pk";
}
