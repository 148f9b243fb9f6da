namespace CashlessGateway.Money;

/// <summary>On which days somebody's doors are open. Pure: banks and the city rest on different days around New Year.</summary>
public sealed class WorkingDays
{
    /// <summary>The longest rest there has been is eleven days (May 2019); a search that finds nothing for so long is wrong.</summary>
    private const int MostClosed = 20;

    /// <summary>A term in days that nobody sets longer.</summary>
    private const int MostAhead = 366;

    private readonly Func<int, int, bool> _rests;

    private WorkingDays(Func<int, int, bool> rests) => _rests = rests;

    /// <summary>銀行営業日: closed on Saturdays, Sundays, holidays and 31 December to 3 January (銀行法施行令5条).</summary>
    public static WorkingDays Banks { get; } = new(static (month, day) => (month, day) is (12, 31) or (1, <= 3));

    /// <summary>市の執務日: closed on Saturdays, Sundays, holidays and 29 December to 3 January (地方自治法4条の2).</summary>
    public static WorkingDays City { get; } = new(static (month, day) => (month, day) is (12, >= 29) or (1, <= 3));

    public bool AreOpen(BusinessDate date) =>
        date.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_rests(date.Day.Month, date.Day.Day) && !Holidays.Contain(date);

    /// <summary>The first open day after this one.</summary>
    public BusinessDate Next(BusinessDate date) => Find(date.AddDays(1), 1);

    /// <summary>The last open day before this one.</summary>
    public BusinessDate Previous(BusinessDate date) => Find(date.AddDays(-1), -1);

    public BusinessDate OnOrAfter(BusinessDate date) => Find(date, 1);

    public BusinessDate OnOrBefore(BusinessDate date) => Find(date, -1);

    /// <summary>n日目の営業日: the first open day after this one counts as one.</summary>
    public BusinessDate After(BusinessDate date, int days)
    {
        if (days is < 0 or > MostAhead) throw new InvalidOperationException($"A term has 0 to {MostAhead} days, not {days}.");
        for (var left = days; left > 0; left--) date = Next(date);
        return date;
    }

    private BusinessDate Find(BusinessDate from, int step)
    {
        for (var days = 0; days <= MostClosed; days++)
            if (from.AddDays(step * days) is var date && AreOpen(date)) return date;
        throw new InvalidOperationException($"No open day within {MostClosed} days of {from}.");
    }
}
