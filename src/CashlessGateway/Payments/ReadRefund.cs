using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>GET /v1/refunds/{id}.</summary>
public sealed class ReadRefund(Database database)
{
    public Operation Route => new("GET", "/v1/refunds/{id}", "refunds", "One refund", Scopes.PaymentsRead, null, typeof(RefundView), 200, [Errors.NotFound], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Refund).IsOk(out var id, out var problem)) return problem;
        return await database.Read<Reply>(async reader => await RefundStore.Find(reader, call.Municipality, id) is { } refund && call.Caller.MayUse(refund.Place)
            ? Reply.Ok(RefundView.Of(refund, await RefundStore.Lines(reader, call.Municipality, id)))
            : Problem.Missing(new Words("この返金はありません。", "There is no such refund.")), call.Aborted);
    }
}
