using System.Globalization;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The provider counts its days in Japan, which has no summer time.</summary>
internal static class JapanTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateTimeOffset In(DateTimeOffset moment) => moment.ToOffset(Offset);

    /// <summary>Midnight at the begin of a day, counted from the day of a moment.</summary>
    public static DateTimeOffset Midnight(DateTimeOffset moment, int daysLater) => new(In(moment).Date.AddDays(daysLater), Offset);

    public static string Write(DateTimeOffset moment, string format) => In(moment).ToString(format, CultureInfo.InvariantCulture);
}
