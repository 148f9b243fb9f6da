namespace CashlessGateway.Codes.Tests;

public sealed class SlipBuildingTests
{
    private const string Company = "912345";
    private const string Free = "000000000000000000001";

    [Fact]
    public void A_built_slip_has_the_known_digits() =>
        Assert.Equal(Slips.OneYen, Made.Of(SlipCode.Build(Company, Free, 0, new DateOnly(2026, 12, 25), 1)).Digits);

    [Fact]
    public void A_slip_without_a_limit_prints_six_nines() =>
        Assert.Equal(Slips.AtTheLimitWithoutDate, Made.Of(SlipCode.Build(Company, Free, 0, null, 300_000)).Digits);

    [Fact]
    public void A_stamp_and_a_reissue_are_printed() =>
        Assert.Equal(Slips.WithStamp, Made.Of(SlipCode.Build(Company, "123450000000000000001", 9, new DateOnly(2027, 3, 31), 55_000, stamp: true)).Digits);

    [Theory]
    [InlineData("91234")]
    [InlineData("9123456")]
    [InlineData("91234X")]
    [InlineData("９12345")]
    [InlineData("")]
    public void A_company_that_is_not_six_digits_is_refused(string company) =>
        Assert.Equal("company", Field(SlipCode.Build(company, Free, 0, null, 1)));

    [Theory]
    [InlineData("00000000000000000001")]
    [InlineData("0000000000000000000001")]
    [InlineData("00000000000000000000-")]
    public void A_free_field_that_is_not_21_digits_is_refused(string free) =>
        Assert.Equal("free", Field(SlipCode.Build(Company, free, 0, null, 1)));

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void A_reissue_number_of_more_than_one_digit_is_refused(int reissue) =>
        Assert.Equal("reissue", Field(SlipCode.Build(Company, Free, reissue, null, 1)));

    [Theory]
    [InlineData(300_001)]
    [InlineData(999_999)]
    [InlineData(1_234_567)]
    [InlineData(long.MaxValue)]
    public void Over_the_limit_there_is_no_bar_code_and_no_amount_is_ever_cut(long amount)
    {
        var refused = Assert.IsType<Built<SlipCode>.Refused>(SlipCode.Build(Company, Free, 0, null, amount));
        Assert.Equal(("amount", BuildProblem.OverLimit), (refused.Field, refused.Problem));
    }

    [Fact]
    public void An_amount_below_nothing_is_malformed()
    {
        var refused = Assert.IsType<Built<SlipCode>.Refused>(SlipCode.Build(Company, Free, 0, null, -1));
        Assert.Equal(("amount", BuildProblem.Malformed), (refused.Field, refused.Problem));
    }

    [Theory]
    [InlineData(1999)]
    [InlineData(2100)]
    public void A_year_that_two_digits_cannot_say_is_refused(int year) =>
        Assert.Equal("payBy", Field(SlipCode.Build(Company, Free, 0, new DateOnly(year, 6, 30), 1)));

    [Theory]
    [InlineData(0)]
    [InlineData(SlipCode.PublicLimit)]
    public void The_ends_of_what_is_printed_fit(long amount) =>
        Assert.Equal(amount, Made.Of(SlipCode.Build(Company, Free, 0, null, amount)).Amount);

    [Fact]
    public void The_worked_example_of_the_check_digit_comes_out() =>
        Assert.Equal(4, SlipCode.CheckDigitOf("9191234500000000000000452087500401310029500"));

    [Theory]
    [InlineData("")]
    [InlineData("91912345000000000000004520875004013100295004")]
    [InlineData("919123450000000000000045208750040131002950X")]
    public void A_check_digit_over_anything_but_43_digits_is_refused(string digits) =>
        Assert.Equal("first43", Assert.ThrowsAny<ArgumentException>(() => SlipCode.CheckDigitOf(digits)).ParamName);

    [Fact]
    public void The_two_printed_rows_are_divided_as_the_guideline_says() =>
        Assert.Equal(["(91)912345-0000000000000045208750", "040131-0-029500-4"], Read.Slip(Slips.PublishedWithDate).HumanReadable());

    private static string Field(Built<SlipCode> built) => Assert.IsType<Built<SlipCode>.Refused>(built).Field;
}
