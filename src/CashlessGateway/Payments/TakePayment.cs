using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>POST /v1/payments: one attempt to collect one receivable.</summary>
public sealed class TakePayment(Database database, Clock clock, Ids ids, CashPayment cash)
{
    internal static readonly IReadOnlyList<ErrorCode> Refusals =
    [
        Errors.Invalid, Errors.NotFound, Errors.PlaceNotAllowed, Errors.UnknownPlace, Errors.PlaceNotOpenYet, Errors.MethodNotAvailable, Errors.CashTooLittle, Errors.NothingToPay,
        Errors.ReceivableClosed, Errors.ReceivableExpired, Errors.PaymentInProgress, Errors.AlreadyPaid, Errors.PaidByAlternative, Errors.DayNotOpen, Errors.SessionUnclear, Errors.TerminalBusy,
    ];

    public Operation Route => new("POST", "/v1/payments", "payments", "One attempt to collect one receivable", Scopes.PaymentsWrite,
        typeof(PaymentRequest), typeof(PaymentView), 201, Refusals, Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call) =>
        call.Read(PaymentRequest.Read).IsOk(out var request, out var problem) ? await Take(call.Caller, call.Key, request) : problem;

    private async Task<Reply> Take(Caller caller, IdempotencyKey key, PaymentRequest request)
    {
        if (!caller.MayUse(request.Place)) return new Problem(Errors.PlaceNotAllowed);
        var (made, now) = (CaptureIds.Next(ids), clock.Now());
        var again = false;
        return await Races.Settle(
            async () =>
            {
                var fresh = again;
                again = true;
                if (!(await database.Read(reader => cash.Plan(reader, caller, request, made, now, fresh))).IsOk(out var plan, out var problem)) return new Written<Reply?>.Done(problem);
                return await database.WriteKeyedGrouped(caller.Municipality + request.Place, unit => InUnit(unit, caller, key, plan, made, now), ReadBack.ByRow(PaymentStore.Exists, new { municipality = caller.Municipality, id = made.Payment }));
            },
            async () => PaymentProblems.SlotHeld(await database.Read(reader => PaymentStore.Holder(reader, caller.Municipality, request.Receivable))));
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
