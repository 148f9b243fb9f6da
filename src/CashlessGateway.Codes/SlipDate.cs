using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>YYMMDD on a slip. The year is 2000 + YY, and 999999 means that there is no limit.</summary>
internal static class SlipDate
{
    private const string NoLimit = "999999";
    private const int Century = 2000;

    public static string Write(DateOnly? payBy)
    {
        if (payBy is not { } day) return NoLimit;
        if (day.Year is < Century or > Century + 99)
            throw new ArgumentException($"The pay-by date must lie in {Century} to {Century + 99}, not in {day.Year}.", nameof(payBy));
        return day.ToString("yyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>False when the six digits are neither a day of the calendar nor 999999. A lenient parser would make a real date of 999999.</summary>
    public static bool TryRead(ReadOnlySpan<char> sixDigits, out DateOnly? payBy)
    {
        payBy = null;
        if (sixDigits.SequenceEqual(NoLimit)) return true;

        var year = Century + TwoDigits(sixDigits[..2]);
        var month = TwoDigits(sixDigits[2..4]);
        var day = TwoDigits(sixDigits[4..6]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;

        payBy = new DateOnly(year, month, day);
        return true;
    }

    private static int TwoDigits(ReadOnlySpan<char> digits) => (digits[0] - '0') * 10 + (digits[1] - '0');
}
