using System.Globalization;
using CashlessGateway.Codes.Drawing;
using CashlessGateway.Codes.Tests.Decoding;

namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>
/// Every symbol that is drawn is read back by somebody else's decoder, and without a single module to correct: a symbol with wrong
/// error correction words is read as well, until it is dirty.
/// </summary>
public sealed class DecodedBackTests(Decoder decoder)
{
    private const int Seed = 20261121;
    private const int ElQrVersion = 6;
    private const int ElQrLength = 255;

    /// <summary>Of the EMV specification; the name of the shop is in Chinese too.</summary>
    private const string StoreCode =
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

    private readonly Random _random = new(Seed);

    private static int Times => Environment.GetEnvironmentVariable("CASHLESS_TEST_LONG") == "1" ? 20 : 1;

    public static MatrixTheoryData<int, bool> Printers => new([300, 400, 480, 600], [true, false]);

    public static TheoryData<string> ElQrs =>
    [
        "000201010212279600051380001839200000000000000000123002138000999000006200000000001234567890123456099999000000000054110000001230062262026202601202611302026122580850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630541893",
        "000201010212279600051380001830300000000000000000000012138000999000001300000000000000000001000000099999000000000054110000000000162262026202600202612012026123180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630516691",
        "000201010212279600051380001837700000000000999999999992138000999000008299999999999999999999999999099999000000000054119999999999962262026202512202702282027033180850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630545499",
    ];

    [Theory]
    [MemberData(nameof(Printers))]
    public async Task A_slip_is_read_back_from_what_each_printer_prints(int dpi, bool withText)
    {
        var print = SlipPrint.For(dpi) with { WithText = withText };
        foreach (var digits in new[] { Slips.PublishedWithDate, Slips.PublishedByCollector, Slips.OneYen })
        {
            var symbol = Draw(digits);
            IsSlip(digits, await decoder.Png(symbol.Png(print)));
            IsSlip(digits, await decoder.Svg(symbol.Svg(print), dpi));
        }
    }

    [Fact]
    public async Task Slips_of_any_digits_are_read_back()
    {
        for (var i = 0; i < 300 * Times; i++)
        {
            var (digits, print) = (AnySlip(), SlipPrint.For(OneOf(300, 400, 480, 600)));
            var symbol = Draw(digits);
            IsSlip(digits, await decoder.Png(symbol.Png(print)));
            if (i % 10 == 0) IsSlip(digits, await decoder.Svg(symbol.Svg(print), print.Dpi));
        }
    }

    [Theory]
    [MemberData(nameof(ElQrs))]
    public async Task An_eL_QR_is_read_back(string digits)
    {
        var symbol = QrSymbol.OfDigits(digits, ElQrVersion, QrLevel.M);

        IsQr(digits, symbol, await decoder.Png(symbol.Png(3)));
        IsQr(digits, symbol, await decoder.Svg(symbol.Svg()));
    }

    /// <summary>Long runs of zeros led another library to symbols that are read as another text: a block of data may begin with zeros.</summary>
    [Fact]
    public async Task Digits_as_many_as_an_eL_QR_has_are_read_back_whatever_zeros_are_in_them()
    {
        for (var i = 0; i < 300 * Times; i++)
        {
            var digits = WithZeros(Digits(ElQrLength));
            var symbol = QrSymbol.OfDigits(digits, ElQrVersion, QrLevel.M);
            IsQr(digits, symbol, await decoder.Png(symbol.Png(OneOf(2, 3, 4, 8))));
            if (i % 20 == 0) IsQr(digits, symbol, await decoder.Svg(symbol.Svg()));
        }
    }

    [Fact]
    public async Task A_code_of_a_store_with_Chinese_letters_is_read_back_as_UTF_8()
    {
        var symbol = QrSymbol.Of(StoreCode);

        foreach (var read in new[] { await decoder.Png(symbol.Png(4)), await decoder.Svg(symbol.Svg(moduleMillimetres: 0.5), dpi: 300) })
        {
            IsQr(StoreCode, symbol, read);
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(StoreCode), read.Bytes);
        }
    }

    [Theory]
    [InlineData(QrLevel.L)]
    [InlineData(QrLevel.M)]
    [InlineData(QrLevel.Q)]
    [InlineData(QrLevel.H)]
    public async Task Every_version_is_read_back(QrLevel level)
    {
        for (var version = 1; version <= 40; version++)
        {
            // As many digits as level H of version 1 holds for each version: none holds less.
            var digits = WithZeros(Digits(17 * version));
            var symbol = QrSymbol.OfDigits(digits, version, level);
            var read = await decoder.Png(symbol.Png(3));
            IsQr(digits, symbol, read);
            Assert.Equal(version.ToString(CultureInfo.InvariantCulture), read.Version);
        }
    }

    [Theory]
    [InlineData("0123456789")]
    [InlineData("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789/?&=-_.")]
    [InlineData("市民税固定資産きょうとカード領収証🏯")]
    public async Task Texts_of_any_letters_are_read_back_at_every_level(string letters)
    {
        var runes = letters.EnumerateRunes().ToArray();
        for (var i = 0; i < 20 * Times; i++)
        {
            var text = string.Concat(Enumerable.Range(0, _random.Next(1, 200)).Select(_ => runes[_random.Next(runes.Length)]));
            var symbol = QrSymbol.Of(text, OneOf(QrLevel.L, QrLevel.M, QrLevel.Q, QrLevel.H));
            var read = await decoder.Png(symbol.Png(OneOf(2, 3, 4)));
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(text), read.Bytes);
            IsClean(symbol, read);
        }
    }

    private static void IsSlip(string digits, DecodedSymbol read) =>
        Assert.Equal((digits, "Code128", "]C1", "GS1"), (read.Text, read.Format, read.SymbologyIdentifier, read.ContentType));

    private static void IsQr(string text, QrSymbol drawn, DecodedSymbol read)
    {
        Assert.Equal(text, read.Text);
        IsClean(drawn, read);
    }

    private static void IsClean(QrSymbol drawn, DecodedSymbol read)
    {
        Assert.Equal(("QRCode", "]Q1", drawn.Version.ToString(CultureInfo.InvariantCulture), drawn.Level.ToString()), (read.Format, read.SymbologyIdentifier, read.Version, read.EcLevel));
        Assert.Equal(1, read.UnusedErrorCorrection);
        Assert.False(read.Mirrored);
    }

    private static SlipSymbol Draw(string digits) => Assert.IsType<Built<SlipSymbol>.Made>(SlipSymbol.Of(Read.Slip(digits))).Value;

    /// <summary>Any company, free digits and day; amounts up to the limit, above which nothing is drawn.</summary>
    private string AnySlip()
    {
        var payBy = _random.Next(10) == 0 ? "999999" : new DateOnly(2026, 1, 1).AddDays(_random.Next(3650)).ToString("yyMMdd", CultureInfo.InvariantCulture);
        return Slips.Checked(string.Create(CultureInfo.InvariantCulture, $"91{WithZeros(Digits(28))}{payBy}{_random.Next(2)}{_random.Next(300_001):D6}"));
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + _random.Next(10))));

    /// <summary>With a run of zeros of any length anywhere, as often as not.</summary>
    private string WithZeros(string digits)
    {
        if (_random.Next(2) == 0) return digits;
        var begin = _random.Next(digits.Length);
        var length = _random.Next(1, digits.Length - begin + 1);
        return digits.Remove(begin, length).Insert(begin, new string('0', length));
    }

    private T OneOf<T>(params ReadOnlySpan<T> some) => some[_random.Next(some.Length)];
}
