using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>POST /v1/payments/{id}/cancel: an unfinished payment. Captured money goes back by a refund.</summary>
public sealed class CancelPayment(Database database, Clock clock, Ids ids)
{
    public Operation Route => new("POST", "/v1/payments/{id}/cancel", "payments", "Give up an unfinished payment", Scopes.PaymentsWrite, typeof(NoMembers), typeof(PaymentView), 200,
        [Errors.NotFound, Errors.AlreadyCaptured, Errors.NotCancellable, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(NoMembers.Read).IsOk(out _, out problem)) return problem;
        var (made, now) = (EndIds.Next(ids), clock.Now());
        return await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, id, made, now), ReadBack.SafeToRepeat),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
    }

    private static async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, EndIds made, Instant now)
    {
        if (await PaymentStore.Find(unit, call.Municipality, id) is not { } payment || !call.Caller.MayUse(payment.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この決済はありません。", "There is no such payment.")));
        switch (payment.State)
        {
            case PaymentState.Captured:
                return unit.Abandon<Reply?>(new Problem(Errors.AlreadyCaptured, More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment"] = PublicId.Payment + id }));
            case PaymentState.Cancelled:
                break;
            case PaymentState.Created or PaymentState.Pending when payment.Provider is null:
                // Nobody outside knows of it, so nothing can take effect any more.
                if (!await EndWithoutMoney.Finish(unit, payment, PaymentState.Cancelled, made, new Cause(call.Caller.Principal, Sources.Api), now)) return unit.Abandon<Reply?>(null);
                break;
            default:
                return unit.Abandon<Reply?>(new Problem(Errors.NotCancellable, new Words($"状態は {payment.Status} です。", $"Its status is {payment.Status}.")));
        }

        var after = await PaymentStore.Find(unit, call.Municipality, id);
        return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of(after!));
    }
}

/// <summary>A body without members.</summary>
public sealed record NoMembers
{
    public static NoMembers Read(BodyObject body) => new();
}
