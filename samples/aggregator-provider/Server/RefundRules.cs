namespace MatometeServer;

/// <summary>What an app's company lets go back.</summary>
internal static class RefundRules
{
    private const int MostPerCharge = 10;

    /// <summary>The word for why not; null when it may.</summary>
    public static string? Refuse(ChargeRow charge, IReadOnlyList<RefundRow> before, long amount, DateTimeOffset now) => Brand.Find(charge.Brand) switch
    {
        null or { Refunds: false } => "refund_not_allowed",
        var brand when now > charge.CapturedAt!.Value.AddDays(brand.RefundDays) => "refund_too_late",
        _ when amount < 1 || amount > charge.Amount - before.Sum(refund => refund.Amount) => "refund_amount",
        { Partial: false } when amount != charge.Amount => "partial_refund_not_allowed",
        _ when before.Count >= MostPerCharge => "refund_limit",
        _ => null,
    };
}
