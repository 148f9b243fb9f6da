using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Sandbox.Square;

/// <summary>
/// 翌営業日入金: what a day in Japan took, less what went back and the fees, is sent on the next weekday. Holidays are not known here.
/// A refund takes the whole amount; Square keeps the fee of the payment.
/// </summary>
internal static class SquarePayouts
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>Square sends it in the morning, and it is at the bank by noon.</summary>
    private static readonly TimeSpan Sent = TimeSpan.FromHours(6);

    private static readonly TimeSpan Arrives = TimeSpan.FromHours(12);

    /// <summary>Called under the book's lock.</summary>
    public static IReadOnlyList<TruthPayout> Of(SquareBook book, DateTimeOffset now) =>
    [
        .. book.Payments.Select(static payment => new TruthEntry(EntryId(payment.Id), "CHARGE", payment.Amount, payment.Fee, payment.At, payment.Id))
            .Concat(book.Refunds.Select(static refund => new TruthEntry(EntryId(refund.Id), "REFUND", -refund.Amount, 0, refund.At, refund.PaymentId) { RefundId = refund.Id }))
            .GroupBy(static entry => PaidOutOn(entry.At))
            .Where(day => Moment(day.Key, Sent) <= now && day.Sum(static entry => entry.Gross - entry.Fee) != 0)   // an amount is never zero
            .OrderBy(static day => day.Key)
            .Select(day => new TruthPayout(
                "po_" + Hash(day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                day.Key,
                Moment(day.Key, Sent),
                Moment(day.Key, Arrives) <= now,
                [.. day.OrderBy(static entry => entry.At)])),
    ];

    private static DateOnly PaidOutOn(DateTimeOffset taken)
    {
        var day = DateOnly.FromDateTime(taken.ToOffset(Japan).Date).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        return day;
    }

    private static DateTimeOffset Moment(DateOnly day, TimeSpan time) => new DateTimeOffset(day, TimeOnly.MinValue, Japan) + time;

    private static string EntryId(string of) => "poe_" + Hash(of);

    /// <summary>The same after a restart.</summary>
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..30];
}
