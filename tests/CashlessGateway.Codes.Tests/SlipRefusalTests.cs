namespace CashlessGateway.Codes.Tests;

public sealed class SlipRefusalTests
{
    public static TheoryData<string> AllSlips => Slips.All;

    [Theory]
    [MemberData(nameof(AllSlips))]
    public void Each_error_in_one_digit_is_refused(string digits)
    {
        for (var position = 0; position < digits.Length; position++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != digits[position])
                    Assert.Equal(UnreadableReason.WrongCheckDigit, Read.Why(digits.Remove(position, 1).Insert(position, $"{digit}")));
    }

    [Theory]
    [MemberData(nameof(AllSlips))]
    public void Each_swap_of_neighbours_that_weights_of_3_and_1_can_tell_apart_is_refused(string digits)
    {
        for (var position = 0; position < digits.Length - 1; position++)
            if (Math.Abs(digits[position] - digits[position + 1]) is not (0 or 5))
                Assert.IsType<Unreadable>(CodeReader.Read(Swapped(digits, position)));
    }

    private static string Swapped(string digits, int position) => digits[..position] + digits[position + 1] + digits[position] + digits[(position + 2)..];

    [Fact]
    public void A_published_sample_with_an_anonymised_check_digit_is_a_misread() =>
        Assert.Equal(UnreadableReason.WrongCheckDigit, Read.Why("91929023252070678901234565918099999900069468"));

    [Fact]
    public void A_check_digit_that_leaves_out_the_application_identifier_is_a_misread() =>
        Assert.Equal(UnreadableReason.WrongCheckDigit, Read.Why(Slips.PublishedWithDate[..43] + "2"));

    [Fact]
    public void A_published_sample_of_46_digits_is_refused() =>
        Assert.Equal(UnreadableReason.WrongLength, Read.Why("9101234567890123456789012345678901234567890123"));

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(15)]
    [InlineData(25)]
    [InlineData(43)]
    [InlineData(45)]
    [InlineData(254)]
    public void Digits_of_another_length_are_refused(int length) =>
        Assert.Equal(UnreadableReason.WrongLength, Read.Why(new string('9', length)));

    [Fact]
    public void Two_slips_in_one_scan_are_refused() =>
        Assert.Equal(UnreadableReason.WrongLength, Read.Why(Slips.OneYen + "\r\n" + Slips.OneYen));

    [Theory]
    [InlineData("90")]
    [InlineData("01")]
    [InlineData("19")]
    public void Another_application_identifier_is_refused(string identifier) =>
        Assert.Equal(UnreadableReason.WrongPrefix, Read.Why(Slips.With(0, identifier)));

    [Theory]
    [InlineData("260229")]
    [InlineData("261301")]
    [InlineData("260001")]
    [InlineData("260100")]
    [InlineData("260431")]
    [InlineData("000000")]
    [InlineData("999998")]
    public void A_day_that_no_calendar_has_is_refused(string date) =>
        Assert.Equal(UnreadableReason.WrongDate, Read.Why(Slips.With(30, date)));

    [Theory]
    [InlineData("9191234500000000000000000000102612250000001O")]
    [InlineData("٩١٩١٢٣٤٥٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١٠٢٦١٢٢٥٠٠٠٠٠٠١٤")]
    [InlineData("納付書")]
    [InlineData("91912345000000000000000000001\u001D026122500000014")]
    public void What_is_not_digits_is_refused(string text) => Assert.Equal(UnreadableReason.NotDigits, Read.Why(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("　")]
    [InlineData("\u001D")]
    [InlineData("]C1")]
    [InlineData("----")]
    public void Nothing_is_refused_as_nothing(string? text) => Assert.Equal(UnreadableReason.Empty, Read.Why(text));

    [Fact]
    public void A_megabyte_is_refused_by_its_length() => Assert.Equal(UnreadableReason.TooLong, Read.Why(new string('9', 1_048_576)));

    [Fact]
    public void The_longest_text_allowed_is_still_looked_at() =>
        Assert.Equal(Slips.OneYen, Read.Slip(Slips.OneYen.PadLeft(CodeReader.MaxLength)).Digits);

    [Fact]
    public void One_character_more_is_too_long() =>
        Assert.Equal(UnreadableReason.TooLong, Read.Why(Slips.OneYen.PadLeft(CodeReader.MaxLength + 1)));
}
