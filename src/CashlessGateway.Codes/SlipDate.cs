using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>YYMMDD on a slip. The year is 2000 + YY, and 999999 means that there is no limit.</summary>
internal static class SlipDate
{
    public const int FirstYear = 2000;
    public const int LastYear = 2099;

    private const string NoLimit = "999999";

    public static bool IsWritable(DateOnly? payBy) => payBy is not { Year: < FirstYear or > LastYear };

    public static string Write(DateOnly? payBy) => payBy is { } day ? day.ToString("yyMMdd", CultureInfo.InvariantCulture) : NoLimit;

    /// <summary>False when the six digits are neither a day of the calendar nor 999999. A lenient parser would make a real date of 999999.</summary>
    public static bool TryRead(ReadOnlySpan<char> sixDigits, out DateOnly? payBy)
    {
        payBy = null;
        if (sixDigits.SequenceEqual(NoLimit)) return true;
        if (!CalendarDay.TryRead(FirstYear + (int)Digit.Number(sixDigits[..2]), sixDigits[2..], out var day)) return false;
        payBy = day;
        return true;
    }
}

/// <summary>Month and day as digits: only days that the calendar has.</summary>
internal static class CalendarDay
{
    public static bool TryRead(int year, ReadOnlySpan<char> monthAndDay, out DateOnly read)
    {
        read = default;
        var month = (int)Digit.Number(monthAndDay[..2]);
        var day = (int)Digit.Number(monthAndDay[2..4]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        read = new DateOnly(year, month, day);
        return true;
    }

    public static bool TryRead(ReadOnlySpan<char> eightDigits, out DateOnly read) => TryRead((int)Digit.Number(eightDigits[..4]), eightDigits[4..], out read);
}
