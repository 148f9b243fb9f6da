using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Storage;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// POST /v1/payments/{id}/unfinished-slip: the number of the slip (処理未了票) that a terminal printed instead of a receipt. It is what an
/// inquiry at the provider begins with, weeks later.
/// </summary>
public sealed class NoteUnfinishedSlip(Database database, AuditTrail trail)
{
    private static readonly Sql Write = new("""
        update payment
        set unfinished_slip = @number
        where municipality = @municipality and id = @id
        """);

    public Operation Route => new("POST", "/v1/payments/{id}/unfinished-slip", "payments", "The number of a terminal's slip about a payment that it did not finish", Scopes.PaymentsWrite, typeof(UnfinishedSlipRequest), typeof(PaymentView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.NotInDoubt], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(UnfinishedSlipRequest.Read).IsOk(out var request, out problem)) return problem;
        var stamp = trail.Stamp();
        var written = await database.WriteKeyed<Reply>(async unit =>
        {
            if (await PaymentStore.Find(unit, call.Municipality, id) is not { } payment || !call.Caller.MayUse(payment.Place)) return unit.Abandon<Reply>(Problem.Missing(new Words("この決済はありません。", "There is no such payment.")));
            // A doubt that somebody has decided on may still need its slip: the inquiry goes on.
            if (payment.State != PaymentState.InDoubt && payment.InquiryState is null) return unit.Abandon<Reply>(new Problem(Errors.NotInDoubt, new Words($"状態は {payment.Status} です。", $"Its status is {payment.Status}.")));
            await unit.Execute(Write, new { municipality = call.Municipality, id, number = request.Number });
            await AuditTrail.Write(unit, stamp, call.Said(AuditActions.UnfinishedSlip, PublicId.Payment + id, payment.Place) with { Before = Pairs.Of(("slip", payment.UnfinishedSlip)), After = Pairs.Of(("slip", request.Number)) });
            return await call.Key.Keep(unit, PublicId.Payment + id, 200, null, PaymentView.Of((await PaymentStore.Find(unit, call.Municipality, id))!));
        }, ReadBack.SafeToRepeat);
        return written is Written<Reply>.Done done ? done.Value : new Problem(Errors.VersionChanged);
    }
}

public sealed record UnfinishedSlipRequest(string Number)
{
    public static UnfinishedSlipRequest Read(BodyObject body) => new(body.Text("number", 60, required: true) ?? "");
}
