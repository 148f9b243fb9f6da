namespace CashlessGateway.Providers.PayPay;

/// <summary>PayPay's days. Japan has had no summer time since 1951, so its nine hours need no time zone data, which small systems lack.</summary>
internal static class Tokyo
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>A cancel is taken until 00:14:59 of the day after the payment; from 00:15 on it has to be a refund.</summary>
    public static DateTimeOffset VoidableUntil(DateTimeOffset capturedAt) => Midnight(capturedAt).AddDays(1).Add(new TimeSpan(0, 14, 59));

    /// <summary>A refund is taken until 23:59:59 of day 365 after the payment.</summary>
    public static DateTimeOffset RefundableUntil(DateTimeOffset capturedAt) => Midnight(capturedAt).AddDays(365).Add(new TimeSpan(23, 59, 59));

    private static DateTimeOffset Midnight(DateTimeOffset moment) => new(moment.ToOffset(Offset).Date, Offset);
}
