using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>A call whose signature is right.</summary>
/// <param name="Id">The last part of the address; empty where there is none.</param>
internal sealed record ApiRequest(SandboxMerchant Merchant, string Id, byte[] Body);

/// <summary>A call that has been read and not yet done: faults are aimed by its payment, and some come before its effect.</summary>
internal sealed record ApiWork(ApiOperation Operation, string? MerchantPaymentId, Func<FiredFaults, ApiReply> Do);

internal sealed record ApiReply(ApiAnswer Answer)
{
    /// <summary>The notices that the call caused, on their way.</summary>
    public Task Notices { get; init; } = Task.CompletedTask;

    /// <summary>The code that the answer shows.</summary>
    public BookEntry? ShownCode { get; init; }
}
