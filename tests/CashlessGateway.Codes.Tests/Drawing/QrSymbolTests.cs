using CashlessGateway.Codes.Drawing;
using FsCheck;
using FsCheck.Fluent;

namespace CashlessGateway.Codes.Tests.Drawing;

public sealed class QrSymbolTests
{
    /// <summary>255 digits each. Between its fields an eL-QR holds long runs of zeros, and so do the blocks of its symbol.</summary>
    public static TheoryData<string> Bills =>
    [
        "000201010212279600051380001839200000000000000000123002138000999000006200000000001234567890123456099999000000000054110000001230062262026202601202611302026122580850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630541893",
        "000201010212279600051380001830300000000000000000000012138000999000001300000000000000000001000000099999000000000054110000000000162262026202600202612012026123180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630516691",
        "000201010212279600051380001837700000000000999999999992138000999000008299999999999999999999999999099999999000000054119999999999962262026202512202702282027033180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630545499",
        new string('0', 255),
        new string('0', 254) + "1",
        "1" + new string('0', 253) + "1",
        new string('9', 255),
    ];

    [Fact]
    public void The_worked_example_of_the_standard_comes_out()
    {
        var block = Assert.Single(new QrReader(QrSymbol.Of("01234567", QrLevel.M)).Blocks());
        Assert.Equal("10200C566180EC11EC11EC11EC11EC11", Convert.ToHexString(block.Data));
        Assert.Equal("A524D4C1ED36C7872C55", Convert.ToHexString(block.Check));
    }

    [Fact]
    public void Letters_and_digits_are_packed_in_pairs()
    {
        var block = Assert.Single(new QrReader(QrSymbol.Of("HELLO WORLD", QrLevel.M)).Blocks());
        Assert.Equal("205B0B78D172DC4D4340EC11EC11EC11", Convert.ToHexString(block.Data));
        Assert.Equal("C4232777EBD7E7E25D17", Convert.ToHexString(block.Check));
    }

    [Fact]
    public void Small_letters_make_bytes()
    {
        var block = Assert.Single(new QrReader(QrSymbol.Of("payé", QrLevel.Q)).Blocks());
        Assert.StartsWith("4" + "05" + "706179C3A9" + "0", Convert.ToHexString(block.Data), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bills))]
    public void A_bill_of_255_digits_is_read_back_from_a_symbol_of_version_6(string digits) =>
        Assert.Equal(digits, new QrReader(QrSymbol.OfDigits(digits, 6, QrLevel.M)).Digits());

    [Theory]
    [MemberData(nameof(Bills))]
    public void A_block_that_begins_with_zeros_has_the_correction_of_a_division_on_paper(string digits)
    {
        foreach (var level in Enum.GetValues<QrLevel>())
        {
            var blocks = new QrReader(QrSymbol.Of(digits, level)).Blocks();
            Assert.All(blocks, block => Assert.Equal(LongDivision.Remainder(block.Data, block.Check.Length), block.Check));
        }
    }

    [Fact]
    public void Any_run_of_zeros_anywhere_is_corrected_as_on_paper_and_read_back() =>
        Prop.ForAll(DigitsWithZeros.ToArbitrary(), digits =>
        {
            var reader = new QrReader(QrSymbol.OfDigits(digits, 6, QrLevel.M));
            return reader.Digits() == digits && reader.Blocks().All(block => LongDivision.Remainder(block.Data, block.Check.Length).SequenceEqual(block.Check));
        }).QuickCheckThrowOnFailure();

    private static Gen<string> DigitsWithZeros =>
        from digits in Gen.Choose('0', '9').ArrayOf(255)
        from begin in Gen.Choose(0, 254)
        from length in Gen.Choose(0, 255)
        select string.Concat(digits.Select((digit, i) => i >= begin && i < begin + length ? '0' : (char)digit));

    [Theory]
    [InlineData('7', QrLevel.L, 41, 1)]
    [InlineData('7', QrLevel.L, 42, 2)]
    [InlineData('7', QrLevel.M, 255, 6)]
    [InlineData('7', QrLevel.M, 256, 7)]
    [InlineData('7', QrLevel.Q, 255, 8)]
    [InlineData('7', QrLevel.H, 331, 11)]
    [InlineData('7', QrLevel.L, 7089, 40)]
    [InlineData('Z', QrLevel.Q, 16, 1)]
    [InlineData('Z', QrLevel.Q, 17, 2)]
    [InlineData('Z', QrLevel.L, 335, 9)]
    [InlineData('Z', QrLevel.L, 336, 10)]
    [InlineData('Z', QrLevel.L, 4296, 40)]
    [InlineData('z', QrLevel.H, 7, 1)]
    [InlineData('z', QrLevel.H, 8, 2)]
    [InlineData('z', QrLevel.M, 180, 9)]
    [InlineData('z', QrLevel.M, 213, 10)]
    [InlineData('z', QrLevel.Q, 1663, 40)]
    [InlineData('z', QrLevel.L, 2953, 40)]
    [InlineData('あ', QrLevel.Q, 554, 40)]
    public void The_smallest_version_that_holds_the_text_is_taken(char letter, QrLevel level, int count, int version)
    {
        var symbol = QrSymbol.Of(new string(letter, count), level);
        Assert.Equal((version, 17 + 4 * version), (symbol.Version, symbol.Size));
    }

    [Theory]
    [InlineData('7', QrLevel.L, 7090, "7089 digits")]
    [InlineData('Z', QrLevel.Q, 2421, "2420 letters and digits")]
    [InlineData('z', QrLevel.Q, 1664, "1663 bytes")]
    [InlineData('あ', QrLevel.Q, 555, "1663 bytes")]
    public void A_text_that_fits_no_version_is_refused_with_the_limit(char letter, QrLevel level, int count, string limit) =>
        Assert.Contains(limit, Assert.Throws<ArgumentException>(() => QrSymbol.Of(new string(letter, count), level)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_256th_digit_does_not_fit_version_6() =>
        Assert.Contains("255 digits", Assert.Throws<ArgumentException>(() => QrSymbol.OfDigits(new string('0', 256), 6, QrLevel.M)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("12a")]
    [InlineData("１２")]
    [InlineData("")]
    public void What_is_not_digits_is_refused_as_digits(string text) =>
        Assert.Throws<ArgumentException>(() => QrSymbol.OfDigits(text, 6, QrLevel.M));

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    public void There_are_versions_1_to_40(int version) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrSymbol.OfDigits("1", version, QrLevel.M));

    /// <summary>Two facts, not a theory: an attribute cannot hold such a text.</summary>
    [Fact]
    public void The_first_half_of_a_surrogate_pair_alone_is_refused() =>
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => QrSymbol.Of("\uD83D")).ParamName);

    [Fact]
    public void The_second_half_of_a_surrogate_pair_alone_is_refused() =>
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => QrSymbol.Of("https://example.jp/\uDE00x")).ParamName);

    [Fact]
    public void An_empty_text_is_refused() => Assert.Throws<ArgumentException>(() => QrSymbol.Of(""));

    [Theory]
    [InlineData("1", QrLevel.M)]
    [InlineData("https://example.jp/pay/4", QrLevel.Q)]
    [InlineData("https://example.jp/pay/4711?from=counter&till=3&sum=1200", QrLevel.Q)]
    [InlineData("HTTPS://EXAMPLE.JP/PAY/4711/AND/SOME/MORE/LETTERS/HERE", QrLevel.H)]
    public void The_mask_is_the_one_that_costs_least_and_both_formats_say_so(string text, QrLevel level)
    {
        var symbol = QrSymbol.Of(text, level);
        var reader = new QrReader(symbol);
        var costs = Enumerable.Range(0, 8).Select(mask => MaskPenalty.With(symbol, mask)).ToArray();
        Assert.Equal(Array.IndexOf(costs, costs.Min()), symbol.Mask);
        Assert.Equal(MaskPenalty.FormatOf(level, symbol.Mask), reader.Format);
        Assert.Equal(reader.Format, reader.SecondFormat);
    }

    [Theory]
    [InlineData(7, QrLevel.H, 0x07C94)]
    [InlineData(8, QrLevel.Q, 0x085BC)]
    [InlineData(10, QrLevel.H, 0x0A4D3)]
    public void From_version_7_on_the_symbol_says_its_version(int version, QrLevel level, int bits) =>
        Assert.Equal(bits, new QrReader(QrSymbol.OfDigits("1", version, level)).Version);

    [Fact]
    public void The_same_text_always_gives_the_same_symbol()
    {
        var (one, other) = (QrSymbol.Of("https://example.jp/pay/4711"), QrSymbol.Of("https://example.jp/pay/4711"));
        Assert.Equal(one.Svg(0.5), other.Svg(0.5));
        Assert.Equal(one.Png(4, 600), other.Png(4, 600));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 21)]
    public void There_are_no_modules_outside(int column, int row) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrSymbol.Of("1").IsDark(column, row));
}
