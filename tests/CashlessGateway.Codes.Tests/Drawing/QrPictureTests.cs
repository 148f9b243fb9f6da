using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

public sealed class QrPictureTests
{
    private const int Quiet = 4;

    private static readonly QrSymbol Symbol = QrSymbol.Of("https://example.jp/pay/4711");

    [Fact]
    public void The_svg_shows_every_module_within_a_quiet_zone_of_four()
    {
        var svg = new SvgReader(Symbol.Svg());
        Assert.Equal((Symbol.Size + 2 * Quiet, Symbol.Size + 2 * Quiet), (svg.Width, svg.Height));
        for (var y = 0; y < svg.Height; y++)
            for (var x = 0; x < svg.Width; x++)
                Assert.Equal(IsDark(x - Quiet, y - Quiet), svg.IsBlack(x, y));
    }

    [Fact]
    public void Without_millimetres_the_svg_fills_its_place() =>
        Assert.Equal((null, null), (new SvgReader(Symbol.Svg()).Root.Attribute("width"), new SvgReader(Symbol.Svg()).Root.Attribute("height")));

    [Fact]
    public void With_millimetres_the_svg_has_that_size_on_paper()
    {
        var svg = new SvgReader(QrSymbol.OfDigits(new string('0', 255), 6, QrLevel.M).Svg(0.339));
        Assert.Equal((16.611, 16.611), (svg.Millimetres("width"), svg.Millimetres("height")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_module_without_a_side_is_refused(double millimetres) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Symbol.Svg(millimetres));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_png_shows_every_module_within_a_quiet_zone_of_four(int dots)
    {
        var png = new PngReader(Symbol.Png(dots));
        Assert.Equal(((Symbol.Size + 2 * Quiet) * dots, (Symbol.Size + 2 * Quiet) * dots), (png.Width, png.Height));
        for (var y = 0; y < png.Height; y++)
            for (var x = 0; x < png.Width; x++)
                Assert.Equal(IsDark(x / dots - Quiet, y / dots - Quiet), png.IsBlack(x, y));
    }

    [Fact]
    public void The_png_says_its_resolution_only_when_it_has_one()
    {
        Assert.Equal(["IHDR", "IDAT", "IEND"], new PngReader(Symbol.Png(4)).Names);
        Assert.Equal(23_622, new PngReader(Symbol.Png(4, 600)).DotsPerMetre);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(QrSymbol.MaxDots + 1, null)]
    [InlineData(4, 0)]
    [InlineData(4, 10_000)]
    public void Dots_that_nobody_can_print_are_refused(int dots, int? dpi) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Symbol.Png(dots, dpi));

    private static bool IsDark(int column, int row) =>
        column >= 0 && row >= 0 && column < Symbol.Size && row < Symbol.Size && Symbol.IsDark(column, row);
}
