using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>GET /v2/refunds/{merchantRefundId}.</summary>
internal static class GetRefund
{
    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call)
    {
        var entry = sandbox.Book.FindRefund(call.Merchant.MerchantId, call.Id);
        return new ApiWork(ApiOperation.GetRefund, entry?.Order.MerchantPaymentId, faults =>
            new ApiReply(entry is not null && Look(sandbox, entry, call.Id, faults) is { } details ? ApiAnswer.Success(200, details) : Refusals.NoSuchRefund));
    }

    private static RefundDetails? Look(PayPaySandbox sandbox, BookEntry entry, string merchantRefundId, FiredFaults faults)
    {
        var now = sandbox.Time.GetUtcNow();
        if (entry.Progress.Refunds.FirstOrDefault(refund => refund.MerchantRefundId == merchantRefundId) is not { } refund) return null;
        if (LookUpFaults.Hide(faults, refund.AcceptedAt, now)) return null;
        var details = RefundDetails.Of(entry, refund, now, sandbox.Terms);
        return details with { Status = LookUpFaults.Status(faults, details.Status), Amount = LookUpFaults.Amount(faults, details.Amount) };
    }
}
