namespace CashlessGateway.Sandbox.PayPay;

/// <summary>What a contract or the provider's mood decides.</summary>
public sealed record PayPayTerms
{
    /// <summary>How long a code can be paid. No source states it; five minutes is hearsay, so adapters must read expiryDate.</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The API's documents say one, the merchant help says fifty: it is a matter of the contract.</summary>
    public int MaxRefundsPerPayment { get; init; } = 1;

    /// <summary>How long a payment under an accepted cancel still shows COMPLETED before it turns FAILED.</summary>
    public TimeSpan ReversalDelay { get; init; }

    /// <summary>How long a refund shows CREATED before it turns REFUNDED. Its first answer says CREATED in any case.</summary>
    public TimeSpan RefundDelay { get; init; }
}
