namespace CashlessGateway.Codes.Tests;

public sealed class NumberTests
{
    private const string ElNumberDigits = "1380000000000001234567890123456999";

    [Theory]
    [InlineData("1380000000000001234567890123456999")]
    [InlineData("13800-00000000001234567890-123456-999")]
    [InlineData("13800 00000000001234567890 123456 999\r\n")]
    [InlineData("13800 0000 0000 0012 3456 7890 123456 999")]
    [InlineData("１３８００－００００００００００１２３４５６７８９０－１２３４５６－９９９")]
    public void An_el_number_is_read_however_it_is_typed(string typed) =>
        Assert.Equal(ElNumberDigits, Assert.IsType<ElNumber>(CodeReader.Read(typed)).Digits);

    [Fact]
    public void An_el_number_falls_into_its_four_numbers()
    {
        var number = Assert.IsType<ElNumber>(CodeReader.Read(ElNumberDigits));
        Assert.Equal(("13800", "00000000001234567890", "123456", "999"), (number.Institution, number.CaseKey, number.Confirmation, number.Item));
        Assert.Equal("13800-00000000001234567890-123456-999", number.HumanReadable());
    }

    [Fact]
    public void The_number_beside_an_el_qr_is_the_number_inside_it() =>
        Assert.Equal(Assert.IsType<ElNumber>(CodeReader.Read(ElNumberDigits)), Read.ElQr(ElQrs.WaterBill).Number);

    [Theory]
    [InlineData("13800-0000000001234567890-123456-999")]
    [InlineData("13800-00000000001234567890-12345-999")]
    [InlineData("13800-00000000001234567890-123456")]
    public void An_el_number_with_a_digit_left_out_is_told_so_and_is_no_pay_easy_number(string typed)
    {
        var refused = Read.Refused(typed);
        Assert.Equal((UnreadableReason.WrongLength, CodeKind.ElNumber), (refused.Why, refused.Resembles));
    }

    [Theory]
    [InlineData("13800", "00000000001234567890", "123456", "999", null)]
    [InlineData("13800", "0000 0000 0012 3456 7890", "12-34-56", "９９９", null)]
    [InlineData("13801", "00000000001234567890", "123456", "999", "institution")]
    [InlineData("13800", "0000000001234567890", "123456", "999", "caseKey")]
    [InlineData("13800", "00000000001234567890", "1234560", "999", "confirmation")]
    [InlineData("13800", "00000000001234567890", "123456", "99x", "item")]
    public void Typed_number_by_number_the_wrong_one_is_named(string institution, string key, string confirmation, string item, string? wrong) =>
        Assert.Equal(wrong, (ElNumber.Build(institution, key, confirmation, item) as Built<ElNumber>.Refused)?.Field);

    [Theory]
    [InlineData("26000-100250881102000000-0000-334", "26000", "100250881102000000", "0000", "334")]
    [InlineData("26000 100250881102000000 0000 334", "26000", "100250881102000000", "0000", "334")]
    [InlineData("00200　01234567　009876　7124096256", "00200", "01234567", "009876", "7124096256")]
    [InlineData("５８０２１ー００１２ー０００１\r\n", "58021", "0012", "0001", null)]
    public void Pay_easy_numbers_keep_their_zeros_and_their_lengths(string typed, string institution, string number, string confirmation, string? division)
    {
        var read = Assert.IsType<PayEasy>(CodeReader.Read(typed));
        Assert.Equal((institution, number, confirmation, division), (read.Institution, read.Number, read.Confirmation, read.Division));
        Assert.Equal(read, Made.Of(PayEasy.Build(institution, number, confirmation, division)));
        Assert.Equal(read, CodeReader.Read(read.Key));
    }

    [Theory]
    [InlineData("2600-100250881102000000-0000-334")]
    [InlineData("26000-100250881102000000123-0000-334")]
    [InlineData("26000-1002508811020000-0000123-334")]
    [InlineData("26000-10025088110200-0000-334-1")]
    [InlineData("26000-10025088110")]
    public void Groups_that_no_bill_has_are_no_pay_easy_number(string typed) => Assert.IsNotType<PayEasy>(CodeReader.Read(typed));

    [Theory]
    [InlineData("2600", "1", "1", "1", "institution")]
    [InlineData("26000", "", "1", "1", "number")]
    [InlineData("26000", "1", "1234567", "1", "confirmation")]
    [InlineData("26000", "1", "1", "12345678901234567", "division")]
    [InlineData("26000", "1", "1", "", "division")]
    public void A_pay_easy_number_that_does_not_fit_is_named(string institution, string number, string confirmation, string division, string wrong) =>
        Assert.Equal(wrong, Assert.IsType<Built<PayEasy>.Refused>(PayEasy.Build(institution, number, confirmation, division)).Field);
}

public sealed class OcrRowTests
{
    [Theory]
    [InlineData("38", "0000000000000000039500213800012700000")]
    [InlineData("82", "000002024010101043487782840440000400000000")]
    [InlineData("61", "0000000000000000003600226000033421101")]
    [InlineData("22", "100250881102000000061050501000000000000000")]
    public void The_check_digits_of_published_rows_come_out(string expected, string body)
    {
        Assert.Equal(expected, OcrRow.CheckDigitsOf(body));
        Assert.True(OcrRow.IsRight(expected + body));
    }

    [Fact]
    public void Each_error_in_one_digit_of_a_row_is_found()
    {
        const string row = "82000002024010101043487782840440000400000000";
        for (var position = 0; position < row.Length; position++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != row[position])
                    Assert.False(OcrRow.IsRight(row.Remove(position, 1).Insert(position, $"{digit}")), $"{position} {digit}");
    }

    [Fact]
    public void Letters_on_paper_have_their_values()
    {
        // A is 10 at position 3: 90 mod 10 = 0, then 10 + 2 x 0 = 10 mod 11, which is written as 0. # is 39: 351 mod 10 = 1, 39 + 2 = 41 mod 11 = 8.
        Assert.Equal("00", OcrRow.CheckDigitsOf("A"));
        Assert.Equal("81", OcrRow.CheckDigitsOf("#"));
    }

    [Theory]
    [InlineData("12a")]
    [InlineData("B")]
    [InlineData("1 2")]
    [InlineData("１")]
    public void A_character_that_no_row_has_gives_no_digits(string body)
    {
        Assert.Null(OcrRow.CheckDigitsOf(body));
        Assert.False(OcrRow.IsRight("00" + body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("00")]
    public void A_row_without_a_body_is_not_right(string row) => Assert.False(OcrRow.IsRight(row));
}
