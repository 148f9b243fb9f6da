namespace CashlessGateway.Codes.Tests;

public sealed class ElQrTests
{
    public static TheoryData<string> All => [ElQrs.WaterBill, ElQrs.Small, ElQrs.Largest];

    [Theory]
    [MemberData(nameof(All))]
    public void A_known_code_is_read_and_built_again_digit_for_digit(string digits)
    {
        var code = Read.ElQr(digits);
        Assert.Equal(digits, code.Digits);
        Assert.Equal(digits, Made.Of(ElQr.Build(code.Parts())).Digits);
    }

    [Fact]
    public void Each_field_stands_where_the_form_has_it()
    {
        var code = Read.ElQr(ElQrs.WaterBill);

        Assert.Equal(12_300, code.Amount);
        Assert.Equal("13800", code.Number.Institution);
        Assert.Equal("00000000001234567890", code.CaseKey);
        Assert.Equal("123456", code.Confirmation);
        Assert.Equal("999", code.Item);
        Assert.Equal("99999", code.Organisation);
        Assert.Equal("000", code.Office);
        Assert.Equal(2, code.FeeBearer);
        Assert.Equal((2026, 2026), (code.AssessmentYear, code.TaxYear));
        Assert.Equal("01", code.Term);
        Assert.Equal(new DateOnly(2026, 11, 30), code.DueDate);
        Assert.Equal(new DateOnly(2026, 12, 25), code.PayBy);
        Assert.Equal(new string('0', 85), code.Reserve);
    }

    [Fact]
    public void The_two_rows_are_those_of_the_paper_slip() =>
        Assert.All(Read.ElQr(ElQrs.WaterBill).OcrRows(), row => Assert.True(OcrRow.IsRight(row)));

    [Fact]
    public void A_due_day_of_one_year_and_a_last_day_of_the_next_are_both_read()
    {
        var code = Read.ElQr(ElQrs.Largest);
        Assert.Equal((new DateOnly(2027, 2, 28), new DateOnly(2027, 3, 31)), (code.DueDate, code.PayBy));
        Assert.Equal(ElQr.AmountLimit, code.Amount);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_error_in_one_digit_is_refused(string digits)
    {
        for (var position = 0; position < digits.Length; position++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != digits[position])
                    Assert.Equal(CodeKind.ElQr, Read.Refused(digits.Remove(position, 1).Insert(position, $"{digit}")).Resembles);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_swap_of_different_neighbours_is_refused(string digits)
    {
        for (var position = 0; position < digits.Length - 1; position++)
            if (digits[position] != digits[position + 1])
                Assert.IsType<Unreadable>(CodeReader.Read(digits[..position] + digits[position + 1] + digits[position] + digits[(position + 2)..]));
    }

    [Fact]
    public void A_misread_digit_in_a_value_is_told_from_a_structure_that_is_none()
    {
        Assert.Equal(UnreadableReason.WrongCrc, Read.Why(ElQrs.With(ElQrs.CaseKey + 5, "9")));
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why(ElQrs.Checked("54", ElQrs.AmountTag, "55")));
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why(new string('1', 255)));
    }

    [Fact]
    public void Row_check_digits_count_even_where_the_checksum_is_right() =>
        Assert.Equal(UnreadableReason.WrongRowCheckDigits, Read.Why(ElQrs.Rechecked(ElQrs.CaseKey, "9")));

    [Fact]
    public void Two_amounts_in_one_code_are_refused() =>
        Assert.Equal(UnreadableReason.AmountsDiffer, Read.Why(ElQrs.Rechecked(ElQrs.AmountTag + 4 + 10, "1")));

    [Theory]
    [InlineData("20261131")]
    [InlineData("20261301")]
    [InlineData("20270229")]
    [InlineData("00000000")]
    [InlineData("99999999")]
    public void A_day_that_no_calendar_has_is_refused(string day)
    {
        Assert.Equal(UnreadableReason.WrongDate, Read.Why(ElQrs.Rechecked(ElQrs.DueDate, day)));
        Assert.Equal(UnreadableReason.WrongDate, Read.Why(ElQrs.Rechecked(ElQrs.DueDate + 8, day)));
    }

    [Fact]
    public void Item_numbers_and_reserves_that_nobody_knows_yet_are_accepted()
    {
        var parts = Read.ElQr(ElQrs.WaterBill).Parts() with { Item = "417", Reserve = string.Concat(Enumerable.Repeat("12345", 17)), Row1Reserve = "54321", Row2Reserve = "7654321" };
        var code = Read.ElQr(Made.Of(ElQr.Build(parts)).Digits);
        Assert.Equal(("417", parts.Reserve), (code.Item, code.Reserve));
    }

    [Theory]
    [InlineData(254)]
    [InlineData(100)]
    [InlineData(256)]
    public void A_torn_code_says_that_it_is_not_whole(int length)
    {
        var refused = Read.Refused(ElQrs.WaterBill.PadRight(300, '0')[..length]);
        Assert.Equal((UnreadableReason.WrongLength, CodeKind.ElQr), (refused.Why, refused.Resembles));
    }

    [Fact]
    public void It_may_come_in_groups_wide_and_with_scanner_marks()
    {
        Assert.Equal(ElQrs.WaterBill, Read.ElQr("]Q1" + ElQrs.WaterBill + "\r\n").Digits);
        Assert.Equal(ElQrs.WaterBill, Read.ElQr(string.Join(' ', ElQrs.WaterBill.Chunk(5).Select(group => new string(group)))).Digits);
        Assert.Equal(ElQrs.WaterBill, Read.ElQr(string.Concat(ElQrs.WaterBill.Select(digit => (char)(digit + 0xFEE0)))).Digits);
    }

    [Theory]
    [InlineData("CaseKey")]
    [InlineData("Amount")]
    [InlineData("Reserve")]
    [InlineData("Term")]
    [InlineData("TaxYear")]
    public void A_part_that_does_not_fit_is_named(string field)
    {
        var parts = Read.ElQr(ElQrs.WaterBill).Parts();
        var wrong = field switch
        {
            "CaseKey" => parts with { CaseKey = "1" },
            "Amount" => parts with { Amount = ElQr.AmountLimit + 1 },
            "Reserve" => parts with { Reserve = new string('x', 85) },
            "Term" => parts with { Term = null! },
            _ => parts with { TaxYear = -1 },
        };
        Assert.Equal(field, Assert.IsType<Built<ElQr>.Refused>(ElQr.Build(wrong)).Field);
    }
}

/// <summary>Codes that we made up: organisation 99999 and item 999 belong to nobody.</summary>
internal static class ElQrs
{
    public const int CaseKey = 70;
    public const int AmountTag = 112;
    public const int DueDate = 141;

    public const string WaterBill = "000201010212279600051380001839200000000000000000123002138000999000006200000000001234567890123456099999000000000054110000001230062262026202601202611302026122580850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630541893";
    public const string Small = "000201010212279600051380001830300000000000000000000012138000999000001300000000000000000001000000099999000000000054110000000000162262026202600202612012026123180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630516691";
    public const string Largest = "000201010212279600051380001837700000000000999999999992138000999000008299999999999999999999999999099999999000000054119999999999962262026202512202702282027033180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630545499";

    public static string With(int position, string text) => WaterBill.Remove(position, text.Length).Insert(position, text);

    /// <summary>Another text in place, and a checksum that fits, so that only the fault under test is in the code.</summary>
    public static string Rechecked(int position, string text)
    {
        var covered = With(position, text)[..250];
        return covered + Crc(covered).ToString("D5", System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Checked(string expected, int position, string text) =>
        WaterBill.Substring(position, expected.Length) == expected ? Rechecked(position, text) : throw new InvalidOperationException($"'{expected}' does not stand at {position}.");

    /// <summary>Bit by bit, unlike the table of the library.</summary>
    public static int Crc(string text)
    {
        var crc = 0xFFFF;
        foreach (var next in System.Text.Encoding.UTF8.GetBytes(text))
            for (var bit = 7; bit >= 0; bit--)
            {
                var carry = (crc >> 15 & 1) ^ (next >> bit & 1);
                crc = crc << 1 & 0xFFFF ^ (carry == 1 ? 0x1021 : 0);
            }
        return crc;
    }
}
