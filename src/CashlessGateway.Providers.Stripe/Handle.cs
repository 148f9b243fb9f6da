namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// What the gateway keeps for us: <c>cs_…</c> for a visit to Stripe's page, <c>pi_…@tmr_…</c> for a payment at a reader.
/// </summary>
internal sealed record Handle(string Id, string? Reader)
{
    public bool IsSession => Id.StartsWith("cs_", StringComparison.Ordinal);

    public override string ToString() => Reader is null ? Id : $"{Id}@{Reader}";

    /// <summary>Null when no answer ever came.</summary>
    public static Handle? Of(PaymentCase payment)
    {
        if (payment.Handle is not { Length: > 0 } text)
            return payment.ProviderReference is { Length: > 0 } known ? new Handle(known, payment.Device) : null;

        var parts = text.Split('@', 2);
        return new Handle(parts[0], parts.Length == 2 ? parts[1] : payment.Device);
    }
}
