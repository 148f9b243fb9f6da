namespace CashlessGateway.Money;

/// <summary>国民の祝日に関する法律 as it stands since 2022, in the years for which the equinox formula holds. Pure.</summary>
public static class Holidays
{
    private const int FirstYear = 2022;

    /// <summary>The formula for the equinoxes is the National Astronomical Observatory's approximation for 1980–2099.</summary>
    private const int LastYear = 2099;

    /// <summary>A holiday on a Sunday is made up for within the days of 憲法記念日 to こどもの日 at the latest.</summary>
    private const int MostInARow = 7;

    /// <summary>A holiday, the day that makes up for one on a Sunday (振替休日), or the day between two (国民の休日).</summary>
    public static bool Contain(BusinessDate date) => IsNamed(date) || MakesUpForSunday(date) || IsBetweenTwo(date);

    private static bool IsNamed(BusinessDate date)
    {
        var (year, month, day) = (date.Day.Year, date.Day.Month, date.Day.Day);
        if (year is < FirstYear or > LastYear) throw new InvalidOperationException($"The holidays of {year} are not known here ({FirstYear} to {LastYear}).");
        return (month, day) switch
        {
            (1, 1) or (2, 11) or (2, 23) or (4, 29) or (5, 3) or (5, 4) or (5, 5) or (8, 11) or (11, 3) or (11, 23) => true,
            (1, _) or (10, _) => IsMonday(date, 2),
            (7, _) => IsMonday(date, 3),
            (3, _) => day == Spring(year),
            (9, _) => day == Autumn(year) || IsMonday(date, 3),
            _ => false,
        };
    }

    /// <summary>The first day after a holiday on a Sunday that is no holiday itself.</summary>
    private static bool MakesUpForSunday(BusinessDate date)
    {
        if (IsNamed(date)) return false;
        for (var before = 1; before <= MostInARow && date.AddDays(-before) is var day && IsKnown(day) && IsNamed(day); before++)
            if (day.Day.DayOfWeek == DayOfWeek.Sunday) return true;
        return false;
    }

    private static bool IsBetweenTwo(BusinessDate date) =>
        !IsNamed(date) && IsKnown(date.AddDays(-1)) && IsKnown(date.AddDays(1)) && IsNamed(date.AddDays(-1)) && IsNamed(date.AddDays(1));

    private static bool IsKnown(BusinessDate date) => date.Day.Year is >= FirstYear and <= LastYear;

    private static bool IsMonday(BusinessDate date, int which) => date.Day.DayOfWeek == DayOfWeek.Monday && (date.Day.Day + 6) / 7 == which;

    private static int Spring(int year) => Equinox(20_843_100, year);

    private static int Autumn(int year) => Equinox(23_248_800, year);

    /// <summary>In millionths of a day, so that no fraction is rounded twice.</summary>
    private static int Equinox(int in1980, int year) => (in1980 + 242_194 * (year - 1980)) / 1_000_000 - (year - 1980) / 4;
}
