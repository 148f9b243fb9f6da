using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Codes.Drawing;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>GET /v1/payments/{id}/code.svg: the code that the customer scans, while it can be paid.</summary>
public sealed class ReadPaymentCode(Database database)
{
    public Operation Route => new("GET", "/v1/payments/{id}/code.svg", "payments", "The code that the customer scans", Scopes.PaymentsRead, null, null, 200, [Errors.NotFound], Run)
    { Produces = "image/svg+xml" };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        var payment = await database.Read(reader => PaymentStore.Find(reader, call.Municipality, id), call.Aborted);
        return payment is not null && call.Caller.MayUse(payment.Place) && PaymentAction.Of(payment) is { Type: PaymentAction.ShowCode, Payload: { } payload }
            ? new Reply.Bytes(200, "image/svg+xml", Encoding.UTF8.GetBytes(QrSymbol.Of(payload).Svg()))
            : Problem.Missing(new Words("いま表示できるコードはありません。", "There is no code to show now."));
    }
}
