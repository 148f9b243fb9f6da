using CashlessGateway.Money;

namespace CashlessGateway.Tests.Money;

public sealed class WorkingDaysTests
{
    /// <summary>内閣府「国民の祝日について」 and its file syukujitsu.csv, days made up for included; 2027 and 2028 by the law and the published equinoxes.</summary>
    [Theory]
    [InlineData(2025, "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24")]
    [InlineData(2026, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23")]
    [InlineData(2027, "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23")]
    [InlineData(2028, "01-01 01-10 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-22 10-09 11-03 11-23")]
    public void The_holidays_of_a_year_are_those_of_the_law(int year, string days)
    {
        var found = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(day => BusinessDate.Of(year, 1, 1).AddDays(day)).Where(Holidays.Contain);
        Assert.Equal(days, string.Join(' ', found.Select(static day => day.ToString()[5..])));
    }

    [Theory]
    [InlineData("2026-11-21", "2026-11-24")]
    [InlineData("2026-09-18", "2026-09-24")]
    [InlineData("2026-12-30", "2027-01-04")]
    [InlineData("2025-05-02", "2025-05-07")]
    public void The_next_bank_day_leaps_over_weekends_holidays_and_New_Year(string day, string next) =>
        Assert.Equal(next, WorkingDays.Banks.Next(BusinessDate.Parse(day)).ToString());

    [Fact]
    public void Banks_are_open_on_the_last_days_of_the_year_and_the_city_is_not()
    {
        Assert.True(WorkingDays.Banks.AreOpen(BusinessDate.Of(2026, 12, 30)));
        Assert.False(WorkingDays.Banks.AreOpen(BusinessDate.Of(2026, 12, 31)));
        Assert.True(WorkingDays.City.AreOpen(BusinessDate.Of(2026, 12, 28)));
        Assert.False(WorkingDays.City.AreOpen(BusinessDate.Of(2026, 12, 29)));
        Assert.Equal("2027-01-04", WorkingDays.City.Next(BusinessDate.Of(2026, 12, 28)).ToString());
    }

    [Fact]
    public void A_payout_at_the_end_of_a_month_that_is_a_Saturday_comes_on_the_bank_day_before() =>
        Assert.Equal("2026-01-30", WorkingDays.Banks.OnOrBefore(BusinessDate.Of(2026, 1, 31)).ToString());

    [Fact]
    public void Nine_bank_days_after_the_twentieth() =>
        Assert.Equal("2026-12-04", WorkingDays.Banks.After(BusinessDate.Of(2026, 11, 20), 9).ToString());

    [Fact]
    public void Every_open_day_is_found_again_from_the_one_before_it()
    {
        for (var day = BusinessDate.Of(2025, 1, 6); day < BusinessDate.Of(2029, 1, 1); day = WorkingDays.Banks.Next(day))
            Assert.Equal(day, WorkingDays.Banks.Previous(WorkingDays.Banks.Next(day)));
    }
}
