using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;
using CashlessGateway.Sandbox.Webhooks;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>POST /v2/codes.</summary>
internal static class CreateCode
{
    public static ApiWork Prepare(PayPaySandbox sandbox, ApiRequest call)
    {
        var (request, problem) = CodeRequest.Read(call.Body);
        return new ApiWork(ApiOperation.CreateCode, request?.MerchantPaymentId, faults =>
            request is null ? new ApiReply(problem!) : Do(sandbox, call.Merchant, request, faults));
    }

    private static ApiReply Do(PayPaySandbox sandbox, SandboxMerchant merchant, CodeRequest request, FiredFaults faults)
    {
        var order = Order(merchant, request, sandbox.Time.GetUtcNow(), sandbox.Terms);
        if (!sandbox.Book.TryAdd(order, out var entry)) return new ApiReply(Refusals.DuplicateCode);
        if (faults.Has(FaultKind.ForgedWebhook)) _ = sandbox.Webhooks.Send(TransactionNotice.Of(entry, "COMPLETED").Forged(), TimeSpan.Zero);
        return new ApiReply(ApiAnswer.Success(201, CodeCreated.Of(order, sandbox.Address)))
        {
            Notices = faults.Has(FaultKind.WebhookBeforeAnswer) ? sandbox.Customer.Pay(entry, CustomerOutcome.Pay).Notices : Task.CompletedTask,
            ShownCode = entry,
        };
    }

    private static CodeOrder Order(SandboxMerchant merchant, CodeRequest request, DateTimeOffset now, PayPayTerms terms) =>
        new(merchant.MerchantId, request.MerchantPaymentId, Numbers.NewCodeId(), request.Amount, now, now + terms.CodeLifetime)
        {
            OrderDescription = request.OrderDescription,
            StoreId = request.StoreId,
            StoreInfo = request.StoreInfo,
            TerminalId = request.TerminalId,
            RedirectUrl = request.RedirectUrl,
            RedirectType = request.RedirectType,
            RequestedAt = request.RequestedAt,
            OrderItems = request.OrderItems,
            Metadata = request.Metadata,
        };
}
