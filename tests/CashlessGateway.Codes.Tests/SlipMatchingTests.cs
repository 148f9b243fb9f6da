namespace CashlessGateway.Codes.Tests;

public sealed class SlipMatchingTests
{
    private static readonly SlipLayout Usual = new("912345");

    private static SlipCode Slip(string free, int reissue = 0, long amount = 1_000, DateOnly? payBy = null) =>
        Made.Of(SlipCode.Build("912345", free, reissue, payBy, amount));

    [Fact]
    public void All_free_digits_name_the_bill_unless_the_issuer_says_otherwise() =>
        Assert.Equal("912345123456789012345678901", Slip("123456789012345678901").MatchingKey(Usual));

    [Fact]
    public void A_reissued_slip_with_another_date_and_amount_is_still_the_same_bill()
    {
        var first = Slip("123456789012345678901", reissue: 0, amount: 1_000, payBy: new DateOnly(2026, 12, 25));
        var second = Slip("123456789012345678901", reissue: 1, amount: 1_100);

        Assert.Equal(first.MatchingKey(Usual), second.MatchingKey(Usual));
    }

    [Fact]
    public void Only_the_digits_of_the_layout_are_taken() =>
        Assert.Equal("9123456789012345678901", Slip("123456789012345678901").MatchingKey(new SlipLayout("912345", 5, 16)));

    [Fact]
    public void A_number_that_runs_on_into_the_reissue_digit_keeps_it() =>
        Assert.Equal("91234567890123456789017", Slip("123456789012345678901", reissue: 7).MatchingKey(new SlipLayout("912345", 5, 16, ReissueBelongsToKey: true)));

    [Fact]
    public void The_layout_of_another_issuer_is_refused() =>
        Assert.Throws<ArgumentException>(() => Slip("123456789012345678901").MatchingKey(new SlipLayout("929023")));

    [Theory]
    [InlineData("91234", 0, 21)]
    [InlineData("91234a", 0, 21)]
    [InlineData("912345", -1, 21)]
    [InlineData("912345", 21, 1)]
    [InlineData("912345", 0, 0)]
    [InlineData("912345", 0, 22)]
    [InlineData("912345", 6, 16)]
    [InlineData("912345", 1, int.MaxValue)]
    public void A_layout_outside_the_free_digits_is_refused(string company, int offset, int length) =>
        Assert.Throws<ArgumentException>(() => new SlipLayout(company, offset, length));

    [Fact]
    public void The_issuers_names_for_its_digits_are_shown_in_their_order()
    {
        var layout = new SlipLayout("912345", 5, 16) { Fields = [new SlipField("納付番号", 5, 17), new SlipField("利用企業コード", 0, 5)] };
        Assert.Equal([new SlipPart("利用企業コード", "12345"), new SlipPart("納付番号", "67890123456789017")], Slip("123456789012345678901", reissue: 7).Parts(layout));
    }

    [Theory]
    [InlineData(0, 6, 5, 4)]
    [InlineData(5, 4, 0, 6)]
    [InlineData(3, 2, 3, 2)]
    public void Two_names_for_one_digit_are_refused(int first, int firstLength, int second, int secondLength) =>
        Assert.Throws<ArgumentException>(() => new SlipLayout("912345") { Fields = [new SlipField("a", first, firstLength), new SlipField("b", second, secondLength)] });

    [Fact]
    public void One_name_for_two_parts_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SlipLayout("912345") { Fields = [new SlipField("a", 0, 1), new SlipField("a", 1, 1)] });

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("a", -1, 1)]
    [InlineData("a", 22, 1)]
    [InlineData("a", 21, 2)]
    [InlineData("a", 0, 0)]
    [InlineData("a", 1, int.MaxValue)]
    public void A_named_part_outside_the_free_digits_is_refused(string name, int offset, int length) =>
        Assert.Throws<ArgumentException>(() => new SlipField(name, offset, length));
}
