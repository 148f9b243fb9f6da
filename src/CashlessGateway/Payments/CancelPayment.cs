using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Providers;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// POST /v1/payments/{id}/cancel: an unfinished payment. The provider decides whether the customer was faster; captured money goes
/// back by a refund.
/// </summary>
public sealed class CancelPayment(Database database, Clock clock, Ids ids, ProviderInstances instances, ApplyOutcome outcomes, ProviderAttempt attempts, AskProvider asking, CallsUnderWay underWay, FailPoints failPoints)
{
    public Operation Route => new("POST", "/v1/payments/{id}/cancel", "payments", "Give up an unfinished payment", Scopes.PaymentsWrite, typeof(NoMembers), typeof(PaymentView), 200,
        [Errors.NotFound, Errors.AlreadyCaptured, Errors.NotCancellable, Errors.VersionChanged], Run, Keyed: true)
    { Resume = Resume };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(NoMembers.Read).IsOk(out _, out problem)) return problem;
        var (made, now) = (EndIds.Next(ids), clock.Now());
        ProviderInstance? asked = null;
        var reply = await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, id, made, now, instance => asked = instance), ReadBack.SafeToRepeat),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
        if (asked is null) return reply;
        failPoints.Reach(FailPoints.AfterCancelIntent);
        await AskToCancel(call.Municipality, id, asked);
        return await Keep(call, id);
    }

    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.Payment, about) ?? throw new InvalidOperationException($"A payment's key names {about}.");
        await asking.AskSoon(call.Municipality, id);
        return await Keep(call, id);
    }

    /// <summary>The provider is asked to give it up; waited for no longer than a caller may wait.</summary>
    private async Task AskToCancel(string municipality, string id, ProviderInstance instance)
    {
        var work = underWay.Run(async () =>
        {
            if (await database.Read(reader => PaymentStore.Find(reader, municipality, id)) is not { IsFinal: false } payment) return;
            var limit = 2 * instance.Abilities.CallLimit;
            var answer = await AskProvider.Put(instance, Question.Cancel, AskProvider.Case(payment), limit, background: false);
            failPoints.Reach(FailPoints.AfterCancel);
            await outcomes.Apply(municipality, id, Question.Cancel, answer, instance.Abilities, new Cause($"provider:{instance.Name}", Sources.Provider));
            failPoints.Reach(FailPoints.AfterCancelWritten);
        });
        try
        {
            await work.WaitAsync(ProviderAttempt.Patience);
        }
        catch (TimeoutException)
        {
            // It stays "cancelling", which everybody sees, and the job goes on asking.
        }
    }

    /// <summary>The customer was faster: that is no cancel, and nothing is kept under its key.</summary>
    private async Task<Reply> Keep(ApiCall call, string id)
    {
        Payment? payment = null;
        var reply = await database.WriteSurely<Reply>(async unit =>
        {
            payment = await PaymentStore.Find(unit, call.Municipality, id) ?? throw new InvalidOperationException($"Payment {id} was written and is not there.");
            if (payment.State != PaymentState.Captured) return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of(payment));
            await call.Key.Release(unit);
            return AlreadyCaptured(id);
        }, ReadBack.SafeToRepeat);
        return reply is Reply.Bytes bytes && payment is not null ? bytes with { RetryAfter = attempts.Pace(payment) } : reply;
    }

    private static Problem AlreadyCaptured(string id) => new(Errors.AlreadyCaptured, More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment"] = PublicId.Payment + id });

    private async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, EndIds made, Instant now, Action<ProviderInstance> mustAsk)
    {
        if (await PaymentStore.Find(unit, call.Municipality, id) is not { } payment || !call.Caller.MayUse(payment.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この決済はありません。", "There is no such payment.")));
        var cause = new Cause(call.Caller.Principal, Sources.Api);
        switch (payment.State)
        {
            case PaymentState.Captured:
                return unit.Abandon<Reply?>(AlreadyCaptured(id));
            case PaymentState.Cancelled:
                return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of(payment));
            case PaymentState.Created or PaymentState.Pending when payment.Provider is null:
                // Nobody outside knows of it, so nothing can take effect any more.
                if (!await EndWithoutMoney.Finish(unit, payment, PaymentState.Cancelled, made, cause, now)) return unit.Abandon<Reply?>(null);
                return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of((await PaymentStore.Find(unit, call.Municipality, id))!));
            case PaymentState.Created or PaymentState.Pending or PaymentState.Cancelling or PaymentState.InDoubt when payment.ArrivedAmount is null && instances.Find(payment.Provider) is { Provider: ICanCancel } instance:
                if (!await Wanted(unit, payment, instance, made, cause, now)) return unit.Abandon<Reply?>(null);
                await call.Key.Begin(unit, PublicId.Payment + id);
                mustAsk(instance);
                return Reply.Ok(id);
            default:
                return unit.Abandon<Reply?>(new Problem(Errors.NotCancellable, new Words($"状態は {payment.Status} です。", $"Its status is {payment.Status}.")));
        }
    }

    /// <summary>The wish is written down before the provider hears of it: the job goes on with it whatever happens here.</summary>
    private static Task<bool> Wanted(Unit unit, Payment payment, ProviderInstance instance, EndIds made, Cause cause, Instant now)
    {
        var limit = 2 * instance.Abilities.CallLimit;
        var wanted = payment with { CancelFor = CancelReasons.Person, Asks = 0, NextAskAt = now.Plus(limit), AskingUntil = now.Plus(limit) };
        return payment.State is PaymentState.Cancelling or PaymentState.InDoubt
            ? PaymentStore.Update(unit, wanted)
            : StepOn.Go(unit, wanted, PaymentState.Cancelling, made.EndEvent, cause, now);
    }
}

/// <summary>A body without members.</summary>
public sealed record NoMembers
{
    public static NoMembers Read(BodyObject body) => new();
}
