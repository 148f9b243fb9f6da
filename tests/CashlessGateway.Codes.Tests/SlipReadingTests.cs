namespace CashlessGateway.Codes.Tests;

public sealed class SlipReadingTests
{
    public static TheoryData<string> AllSlips => Slips.All;

    [Theory]
    [MemberData(nameof(AllSlips))]
    public void A_known_slip_is_read_digit_for_digit(string digits) => Assert.Equal(digits, Read.Slip(digits).Digits);

    [Fact]
    public void Each_field_stands_where_the_guideline_puts_it()
    {
        var slip = Read.Slip(Slips.WithStamp);

        Assert.Equal("912345", slip.Company);
        Assert.Equal("123450000000000000001", slip.Free);
        Assert.Equal(9, slip.Reissue);
        Assert.Equal(new DateOnly(2027, 3, 31), slip.PayBy);
        Assert.True(slip.Stamp);
        Assert.Equal(55_000, slip.Amount);
        Assert.Equal(4, slip.CheckDigit);
    }

    [Fact]
    public void The_published_slip_says_what_its_publisher_says()
    {
        var slip = Read.Slip(Slips.PublishedWithDate);

        Assert.Equal(new DateOnly(2004, 1, 31), slip.PayBy);
        Assert.Equal(29_500, slip.Amount);
        Assert.Equal("000000000000004520875", slip.Free);
        Assert.False(slip.Stamp);
    }

    [Fact]
    public void The_second_published_slip_says_what_its_publisher_says()
    {
        var slip = Read.Slip(Slips.PublishedWithLeftPadding);

        Assert.Equal(new DateOnly(2025, 1, 31), slip.PayBy);
        Assert.Equal(12_340, slip.Amount);
    }

    [Fact]
    public void The_collectors_slip_has_no_limit_and_its_amount()
    {
        var slip = Read.Slip(Slips.PublishedByCollector);

        Assert.Equal("929023", slip.Company);
        Assert.Null(slip.PayBy);
        Assert.Equal(10_605, slip.Amount);
    }

    [Fact]
    public void Six_nines_are_no_date_but_no_limit() => Assert.Null(Read.Slip(Slips.AtTheLimitWithoutDate).PayBy);

    [Fact]
    public void The_largest_public_amount_is_read() => Assert.Equal(SlipCode.PublicLimit, Read.Slip(Slips.AtTheLimitWithoutDate).Amount);

    [Fact]
    public void An_amount_over_the_public_limit_is_read_and_left_to_others_to_refuse() =>
        Assert.Equal(999_999, Read.Slip(Slips.With(37, "999999")).Amount);

    [Fact]
    public void The_year_2099_is_not_1999() => Assert.Equal(new DateOnly(2099, 12, 31), Read.Slip(Slips.With(30, "991231")).PayBy);

    [Fact]
    public void A_leap_day_is_a_date() => Assert.Equal(new DateOnly(2028, 2, 29), Read.Slip(Slips.With(30, "280229")).PayBy);
}
