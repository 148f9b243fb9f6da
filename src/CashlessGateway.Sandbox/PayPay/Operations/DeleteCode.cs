using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>DELETE /v2/codes/{codeId}: afterwards nobody can pay it.</summary>
internal static class DeleteCode
{
    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call)
    {
        var entry = sandbox.Book.FindCode(call.Id) is { } found && found.Order.MerchantId == call.Merchant.MerchantId ? found : null;
        return new ApiWork(ApiOperation.DeleteCode, entry?.Order.MerchantPaymentId, _ =>
            new ApiReply(entry is null ? Refusals.CodeNotFound : Answer(sandbox.Book.Change(entry, PaymentRules.Delete))));
    }

    private static ApiAnswer Answer(DeleteResult result) => result switch
    {
        DeleteResult.Deleted => ApiAnswer.Success(200, new { qrStatus = "DELETED" }),
        DeleteResult.AlreadyPaid => Refusals.CodeAlreadyPaid,
        DeleteResult.NotFound => Refusals.CodeNotFound,
    };
}
