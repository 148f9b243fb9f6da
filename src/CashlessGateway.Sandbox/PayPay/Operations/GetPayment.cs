using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>GET /v2/codes/payments/{merchantPaymentId} and GET /v2/payments/{merchantPaymentId}.</summary>
internal static class GetPayment
{
    /// <summary>201, as the published fixtures and tests have it: an adapter has to take any 2xx.</summary>
    public static ApiWork PrepareCode(PayPaySandbox sandbox, ApiRequest call) => Prepare(sandbox, call, 201, Refusals.CodePaymentNotFound);

    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call) => Prepare(sandbox, call, 200, Refusals.PaymentNotFound);

    private static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call, int success, ApiAnswer notFound) =>
        new(ApiOperation.GetPayment, call.Id, faults => new ApiReply(Look(sandbox, call, faults) is { } details ? ApiAnswer.Success(success, details) : notFound));

    private static PaymentDetails? Look(PayPaySandbox sandbox, ApiRequest call, FiredFaults faults)
    {
        var now = sandbox.Time.GetUtcNow();
        if (!sandbox.Book.TryFind(call.Merchant.MerchantId, call.Id, out var entry)) return null;
        if (LookUpFaults.Hide(faults, entry.Order.CreatedAt, now)) return null;
        var details = PaymentDetails.Of(entry, now, sandbox.Terms);
        return details with { Status = LookUpFaults.Status(faults, details.Status), Amount = LookUpFaults.Amount(faults, details.Amount) };
    }
}
