using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>POST /v2/refunds.</summary>
internal static class RefundPayment
{
    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call)
    {
        var (request, problem) = RefundRequest.Read(call.Body);
        var entry = request is null ? null : sandbox.Book.FindPayment(call.Merchant.MerchantId, request.PaymentId);
        return new ApiWork(ApiOperation.Refund, entry?.Order.MerchantPaymentId, _ => new ApiReply((request, entry) switch
        {
            (null, _) => problem!,
            (_, null) => Refusals.ResourceNotFound,
            _ => Do(sandbox, entry, request),
        }));
    }

    private static ApiAnswer Do(PayPaySandbox sandbox, BookEntry entry, RefundRequest request)
    {
        var now = sandbox.Time.GetUtcNow();
        var wanted = new Refund(request.MerchantRefundId, request.Amount, now, request.RequestedAt, request.Reason);
        return sandbox.Book.Change(entry, progress => Decide(sandbox, entry, progress, wanted, now)) switch
        {
            RefundDecision.Refused(var answer) => answer,
            // The first answer says CREATED; only a look-up says that it is done.
            RefundDecision.Accepted(var refund) => ApiAnswer.Success(201, RefundDetails.Of(entry, refund, now, sandbox.Terms) with { Status = "CREATED" }),
            var other => throw new InvalidOperationException($"A refund was neither accepted nor refused: {other}."),
        };
    }

    /// <summary>The same order again is the same refund; the same number for anything else is an error.</summary>
    private static Step<RefundDecision> Decide(PayPaySandbox sandbox, BookEntry entry, Progress progress, Refund wanted, DateTimeOffset now)
    {
        if (progress.Refunds.FirstOrDefault(refund => refund.MerchantRefundId == wanted.MerchantRefundId) is { } earlier)
        {
            return new(null, earlier.Amount == wanted.Amount ? new RefundDecision.Accepted(earlier) : new RefundDecision.Refused(Refusals.InvalidRefund));
        }

        var step = RefundRules.Decide(entry.Order, progress, wanted, sandbox.Terms, now);
        return step.Next is null || sandbox.Book.ReserveRefund(entry, wanted.MerchantRefundId)
            ? step
            : new(null, new RefundDecision.Refused(Refusals.InvalidRefund));
    }
}
