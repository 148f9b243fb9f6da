namespace CashlessGateway.Sandbox.PayPay;

/// <summary>A new code, or new facts of one. The last facts count.</summary>
internal sealed record StateLine
{
    public CodeOrder? Order { get; init; }

    public StateChange? Change { get; init; }
}

internal sealed record StateChange(string MerchantId, string MerchantPaymentId, Progress Facts);
