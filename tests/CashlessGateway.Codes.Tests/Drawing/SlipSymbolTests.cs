using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

public sealed class SlipSymbolTests
{
    private const int ModulesOfACharacter = 11;

    /// <summary>The widths of bars and spaces as another encoder gives them.</summary>
    [Theory]
    [InlineData(Slips.OneYen, "2112324111314121214121213121311131232122222122222122222122222122222122222122222122222122222122222213123212211122323211222122222122222122221222312211322331112")]
    [InlineData(Slips.AtTheLimitWithoutDate, "2112324111314121214121213121311131232122222122222122222122222122222122222122222122222122222122222213121131411131411131411212232122222122221213221131232331112")]
    [InlineData(Slips.PublishedWithDate, "2112324111314121214121213121311131232122222122222122222122222122222122222122221131232212314211122311311213222221222123212122223222112311311213222113132331112")]
    public void The_bars_are_those_of_another_encoder(string digits, string widths) =>
        Assert.Equal(widths, Widths(Bars(Drawn(digits))));

    [Theory]
    [MemberData(nameof(Slips.All), MemberType = typeof(Slips))]
    public void A_slip_begins_in_code_set_C_with_FNC1_and_ends_with_STOP(string digits)
    {
        var bars = Bars(Drawn(digits));
        Assert.Equal("11010011100", bars[..ModulesOfACharacter]);
        Assert.Equal("11110101110", bars[ModulesOfACharacter..(2 * ModulesOfACharacter)]);
        Assert.Equal("1100011101011", bars[^13..]);
    }

    /// <summary>277 would be a symbol without FNC1, which tills do not take for a slip.</summary>
    [Fact]
    public void A_slip_has_288_modules() =>
        Assert.Equal((288, 288), (SlipSymbol.ModuleCount, Widths(Bars(Drawn(Slips.OneYen))).Sum(width => width - '0')));

    [Fact]
    public void A_bill_over_the_limit_of_the_stores_has_no_bars()
    {
        var refused = Assert.IsType<Built<SlipSymbol>.Refused>(SlipSymbol.Of(Read.Slip(Slips.With(37, "300001"))));
        Assert.Equal(("amount", BuildProblem.OverLimit), (refused.Field, refused.Problem));
    }

    [Fact]
    public void A_bill_at_the_limit_has_bars() => Assert.Equal(SlipCode.PublicLimit, Drawn(Slips.AtTheLimitWithoutDate).Code.Amount);

    [Theory]
    [InlineData(-1)]
    [InlineData(SlipSymbol.ModuleCount)]
    public void There_are_no_modules_outside(int module) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Drawn(Slips.OneYen).IsBar(module));

    [Theory]
    [InlineData(300, 2, 53.848, 11_811)]
    [InlineData(400, 3, 59.944, 15_748)]
    [InlineData(480, 3, 50.8, 18_898)]
    [InlineData(600, 4, 53.848, 23_622)]
    public void The_png_has_a_dot_for_each_dot_of_the_printer(int dpi, int moduleDots, double millimetres, int dotsPerMetre)
    {
        var (symbol, print) = (Drawn(Slips.OneYen), SlipPrint.For(dpi) with { WithText = false });
        var png = new PngReader(symbol.Png(print));
        Assert.Equal(millimetres, print.WidthMillimetres, 3);
        Assert.Equal((288 * moduleDots + 2 * print.QuietDots, print.HeightDots, (int?)dotsPerMetre), (png.Width, png.Height, png.DotsPerMetre));
        for (var x = 0; x < png.Width; x++)
        {
            var expected = IsBar(symbol, print, x);
            Assert.Equal((expected, expected, expected), (png.IsBlack(x, 0), png.IsBlack(x, png.Height / 2), png.IsBlack(x, png.Height - 1)));
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(480)]
    [InlineData(600)]
    public void The_svg_has_every_edge_on_a_dot_and_its_size_in_millimetres(int dpi)
    {
        var (symbol, print) = (Drawn(Slips.OneYen), SlipPrint.For(dpi, 12.7));
        var svg = new SvgReader(symbol.Svg(print));
        for (var x = 0; x < svg.Width; x++)
        {
            Assert.Equal(IsBar(symbol, print, x), svg.IsBlack(x, 0));
            Assert.Equal(IsBar(symbol, print, x), svg.IsBlack(x, print.HeightDots - 1));
            Assert.False(svg.IsBlack(x, print.HeightDots));
        }
        Assert.Equal(print.WidthMillimetres, svg.Millimetres("width")!.Value, 4);
        Assert.Equal(svg.Height * 25.4 / dpi, svg.Millimetres("height")!.Value, 4);
    }

    [Theory]
    [MemberData(nameof(Slips.All), MemberType = typeof(Slips))]
    public void The_svg_shows_the_two_rows_unless_it_is_told_not_to(string digits)
    {
        var symbol = Drawn(digits);
        Assert.Equal(symbol.Code.HumanReadable(), new SvgReader(symbol.Svg(SlipPrint.For(600))).Texts);
        Assert.Empty(new SvgReader(symbol.Svg(SlipPrint.For(600) with { WithText = false })).Texts);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(480)]
    [InlineData(600)]
    public void The_png_shows_two_rows_of_letters_of_at_least_two_millimetres(int dpi)
    {
        var print = SlipPrint.For(dpi);
        var png = new PngReader(Drawn(Slips.OneYen).Png(print));
        var inked = Enumerable.Range(print.HeightDots, png.Height - print.HeightDots)
            .Select(y => Enumerable.Range(0, png.Width).Any(x => png.IsBlack(x, y)) ? '#' : '.');
        var rows = string.Concat(inked).Split('.', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.Length * 25.4 / dpi, 2, 3));
    }

    [Fact]
    public void The_letters_in_the_png_are_the_digits_of_the_slip()
    {
        var print = SlipPrint.For(300);
        var (one, other) = (new PngReader(Drawn(Slips.OneYen).Png(print)), new PngReader(Drawn(Slips.With(9, "1")).Png(print)));
        var differing = Enumerable.Range(0, one.Width).Where(x => Enumerable.Range(print.HeightDots, 30).Any(y => one.IsBlack(x, y) != other.IsBlack(x, y))).ToArray();
        // The tenth digit stands twelfth of 33 in the first row, behind two parentheses and a hyphen.
        Assert.NotEmpty(differing);
        Assert.InRange(differing[0], one.Width * 11 / 33, one.Width * 14 / 33);
        Assert.InRange(differing[^1], one.Width * 11 / 33, one.Width * 14 / 33);
    }

    [Fact]
    public void The_same_slip_always_gives_the_same_pictures()
    {
        Assert.Equal(Drawn(Slips.OneYen).Png(SlipPrint.For(600)), Drawn(Slips.OneYen).Png(SlipPrint.For(600)));
        Assert.Equal(Drawn(Slips.OneYen).Svg(SlipPrint.For(600)), Drawn(Slips.OneYen).Svg(SlipPrint.For(600)));
    }

    private static SlipSymbol Drawn(string digits) => Assert.IsType<Built<SlipSymbol>.Made>(SlipSymbol.Of(Read.Slip(digits))).Value;

    private static string Bars(SlipSymbol symbol) => string.Concat(Enumerable.Range(0, SlipSymbol.ModuleCount).Select(module => symbol.IsBar(module) ? '1' : '0'));

    /// <summary>"1100111" becomes "223".</summary>
    private static string Widths(string bars)
    {
        var widths = "";
        for (int begin = 0, end; begin < bars.Length; begin = end)
        {
            end = bars.IndexOf(bars[begin] == '1' ? '0' : '1', begin);
            if (end < 0) end = bars.Length;
            widths += (char)('0' + end - begin);
        }
        return widths;
    }

    private static bool IsBar(SlipSymbol symbol, SlipPrint print, int dot)
    {
        var module = (dot - print.QuietDots) / print.ModuleDots;
        return dot >= print.QuietDots && module < SlipSymbol.ModuleCount && symbol.IsBar(module);
    }
}
