using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CashlessGateway.Money;

/// <summary>A calendar day in Asia/Tokyo. Used for the receipt date (when the payer paid) and for the day's sheet; never for a moment.</summary>
public readonly record struct BusinessDate(DateOnly Day) : IComparable<BusinessDate>
{
    /// <summary>Japan has had no daylight saving time since 1951 and the offset is written into law, so a fixed nine hours is exact and needs no time-zone files.</summary>
    private static readonly TimeSpan Tokyo = TimeSpan.FromHours(9);

    public static BusinessDate Of(Instant instant) =>
        new(DateOnly.FromDateTime(instant.ToDateTimeOffset().ToOffset(Tokyo).DateTime));

    public static BusinessDate Of(int year, int month, int day) => new(new DateOnly(year, month, day));

    public static bool TryParse([NotNullWhen(true)] string? text, out BusinessDate date)
    {
        var right = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        date = new BusinessDate(day);
        return right;
    }

    public static BusinessDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"Not a date of the form YYYY-MM-DD: '{text}'.");

    public BusinessDate AddDays(int days) => new(Day.AddDays(days));

    /// <summary>The first millisecond of this day in Tokyo.</summary>
    public Instant Begins => Instant.From(new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), Tokyo));

    public static bool operator <(BusinessDate a, BusinessDate b) => a.Day < b.Day;
    public static bool operator >(BusinessDate a, BusinessDate b) => a.Day > b.Day;
    public static bool operator <=(BusinessDate a, BusinessDate b) => a.Day <= b.Day;
    public static bool operator >=(BusinessDate a, BusinessDate b) => a.Day >= b.Day;

    public int CompareTo(BusinessDate other) => Day.CompareTo(other.Day);

    public override string ToString() => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
