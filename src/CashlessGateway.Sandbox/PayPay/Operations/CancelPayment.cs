using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>DELETE /v2/payments/{merchantPaymentId}: "make sure the money goes back", whether it was paid or not.</summary>
internal static class CancelPayment
{
    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call) =>
        new(ApiOperation.Cancel, call.Id, faults => sandbox.Book.TryFind(call.Merchant.MerchantId, call.Id, out var entry)
            ? Do(sandbox, entry, faults)
            // No source says what the provider answers here; this is the stricter guess for an adapter.
            : new ApiReply(Refusals.ResourceNotFound));

    private static ApiReply Do(PayPaySandbox sandbox, BookEntry entry, FiredFaults faults)
    {
        var now = sandbox.Time.GetUtcNow();
        var keepPromise = !faults.Has(FaultKind.CompleteAfterCancel);
        var result = sandbox.Book.Change(entry, progress => PaymentRules.Cancel(progress, keepPromise, now));
        return result switch
        {
            CancelResult.NotReversible => new ApiReply(Refusals.NotReversible),
            CancelResult.AcceptedBefore => new ApiReply(ApiAnswer.Accepted),
            CancelResult.Accepted => new ApiReply(ApiAnswer.Accepted) { Notices = Tell(sandbox, entry) },
        };
    }

    /// <summary>Money that goes back is told; a cancel before any payment is not.</summary>
    private static Task Tell(PayPaySandbox sandbox, BookEntry entry) => entry.Progress.ReturnsAt(sandbox.Terms) is null
        ? Task.CompletedTask
        : sandbox.Webhooks.Send(TransactionNotice.Of(entry, "FAILED"), sandbox.Terms.ReversalDelay);
}
