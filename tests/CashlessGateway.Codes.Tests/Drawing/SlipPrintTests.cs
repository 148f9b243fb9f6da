using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

public sealed class SlipPrintTests
{
    [Theory]
    [InlineData(300, 2, 0.1693)]
    [InlineData(400, 3, 0.1905)]
    [InlineData(480, 3, 0.15875)]
    [InlineData(600, 4, 0.1693)]
    public void A_module_has_as_many_dots_as_the_paper_allows(int dpi, int dots, double millimetres)
    {
        var print = SlipPrint.For(dpi);
        Assert.Equal(dots, print.ModuleDots);
        Assert.Equal(millimetres, print.ModuleMillimetres, tolerance: 0.0001);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(480)]
    [InlineData(600)]
    public void Bars_and_quiet_zones_take_60_mm_at_most_and_one_dot_more_would_not_fit(int dpi)
    {
        var print = SlipPrint.For(dpi);
        Assert.InRange(print.WidthMillimetres, 0, 60);
        Assert.InRange(Math.Round(print.QuietDots * 25.4 / dpi, 6), 2.54, 2.7);
        Assert.Equal(((288 * print.ModuleDots) + 2 * print.QuietDots) * 25.4 / dpi, print.WidthMillimetres, 6);
        Assert.True((288 * (print.ModuleDots + 1) + 2 * print.QuietDots) * 25.4 / dpi > 60);
    }

    [Theory]
    [InlineData(300, 10)]
    [InlineData(400, 10)]
    [InlineData(480, 12.3)]
    [InlineData(600, 15)]
    public void The_bars_are_never_lower_than_asked_for(int dpi, double millimetres) =>
        Assert.InRange(SlipPrint.For(dpi, millimetres).HeightMillimetres, millimetres, millimetres + 25.4 / dpi);

    [Theory]
    [InlineData(0)]
    [InlineData(203)]
    [InlineData(360)]
    [InlineData(1200)]
    [InlineData(-600)]
    public void Another_resolution_is_refused_with_those_that_are_allowed(int dpi) =>
        Assert.Contains("300, 400, 480 or 600", Assert.Throws<ArgumentOutOfRangeException>(() => SlipPrint.For(dpi)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(9.99)]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Bars_that_no_till_reads_are_refused_with_the_height_that_is_allowed(double millimetres) =>
        Assert.Contains("10 to 100 mm", Assert.Throws<ArgumentOutOfRangeException>(() => SlipPrint.For(600, millimetres)).Message, StringComparison.Ordinal);
}
