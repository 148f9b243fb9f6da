using CashlessGateway.Money;

namespace CashlessGateway.Tests.Money;

public sealed class FiscalYearTests
{
    [Theory]
    // A determined year is kept until 31 May of the next one, then it is arrears of the year of the receipt.
    [InlineData(2025, "2026-03-31", 2025, false)]
    [InlineData(2025, "2026-04-01", 2025, false)]
    [InlineData(2025, "2026-05-31", 2025, false)]
    [InlineData(2025, "2026-06-01", 2026, true)]
    // No year on the line and none by its rule: the day of the receipt.
    [InlineData(null, "2026-03-31", 2025, false)]
    [InlineData(null, "2026-04-01", 2026, false)]
    public void The_booked_year_follows_the_line_and_the_receipt(int? determined, string receipt, int year, bool carriedOver)
    {
        var line = new YearQuestion(determined is { } value ? new FiscalYear(value) : null, false, YearRule.Receipt, null, Enterprise: false);
        Assert.Equal(new BookedYear(new FiscalYear(year), carriedOver), BookedYearRule.AtCapture(line, BusinessDate.Parse(receipt)));
    }

    [Theory]
    [InlineData(YearRule.FixedDue, "2026-02-28", "2026-05-31", 2025, false)]
    [InlineData(YearRule.FixedDue, "2026-02-28", "2026-06-01", 2026, true)]
    [InlineData(YearRule.Notice, "2026-03-31", "2026-04-30", 2025, false)]
    [InlineData(YearRule.Receipt, "2026-03-31", "2026-04-01", 2026, false)]
    public void Without_a_year_on_the_line_the_accounts_rule_finds_it(YearRule rule, string due, string receipt, int year, bool carriedOver)
    {
        var line = new YearQuestion(null, false, rule, BusinessDate.Parse(due), Enterprise: false);
        Assert.Equal(new BookedYear(new FiscalYear(year), carriedOver), BookedYearRule.AtCapture(line, BusinessDate.Parse(receipt)));
    }

    [Fact]
    public void An_enterprise_account_has_no_period_after_the_year() =>
        Assert.Equal(2026, BookedYearRule.AtCapture(new YearQuestion(new FiscalYear(2025), false, YearRule.FixedDue, null, Enterprise: true), BusinessDate.Of(2026, 4, 1)).Year.Value);

    [Theory]
    [InlineData("2026-05-31", true, 2025)]
    [InlineData("2026-06-01", false, 2026)]
    public void A_refund_leaves_revenue_while_the_books_are_open_and_is_expenditure_afterwards(string paidOut, bool fromRevenue, int year)
    {
        var booking = BookedYearRule.AtRefund(new FiscalYear(2025), enterprise: false, BusinessDate.Parse(paidOut));
        Assert.Equal(fromRevenue, booking is RefundBooking.FromRevenue);
        Assert.Equal(year, booking.Year.Value);
    }

    [Fact]
    public void A_sum_that_overflows_throws() => Assert.Throws<OverflowException>(() => new Yen(long.MaxValue) + new Yen(1));

    [Fact]
    public void Yen_are_written_the_same_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal("12,340円", new Yen(12_340).ToString());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_day_begins_at_midnight_in_Tokyo()
    {
        Assert.Equal(BusinessDate.Of(2026, 4, 1), BusinessDate.Of(Instant.From(new DateTimeOffset(2026, 3, 31, 15, 0, 0, TimeSpan.Zero))));
        Assert.Equal(BusinessDate.Of(2026, 3, 31), BusinessDate.Of(Instant.From(new DateTimeOffset(2026, 3, 31, 14, 59, 59, TimeSpan.Zero))));
    }

    [Fact]
    public void The_clock_never_goes_back()
    {
        var time = new FakeTime();
        var clock = new Clock(time);
        var before = clock.Now();
        time.Advance(TimeSpan.FromHours(-1));
        Assert.Equal(before, clock.Now());
        Assert.Equal(TimeSpan.FromHours(1), clock.SteppedBack());
    }

    [Fact]
    public void Ids_rise_and_are_never_the_same()
    {
        var ids = new Ids(new Clock(new FakeTime()));
        var made = Enumerable.Range(0, 100_000).Select(_ => ids.Next()).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made.Take(10), id => Assert.True(Ids.IsId(id)));
    }
}
