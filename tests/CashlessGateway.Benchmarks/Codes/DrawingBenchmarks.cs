using BenchmarkDotNet.Attributes;
using CashlessGateway.Codes;
using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Benchmarks.Codes;

/// <summary>
/// From the text to the picture, as for each bill of a print run. draw.mjs draws the same with the same dots; the slip is without
/// its rows for people because the other library lays those out otherwise. Public and open because BenchmarkDotNet derives from it.
/// </summary>
public class DrawingBenchmarks
{
    private const int ElQrVersion = 6;
    private const int DotsPerModule = 4;

    private static readonly SlipPrint Bars = SlipPrint.For(400) with { WithText = false };
    private static readonly SlipPrint BarsAndRows = SlipPrint.For(400);

    private readonly SlipCode _slip = Samples.ReadSlip();

    [Benchmark(Description = "slip SVG")]
    public string SlipSvg() => Draw(_slip).Svg(Bars);

    [Benchmark(Description = "slip PNG")]
    public byte[] SlipPng() => Draw(_slip).Png(Bars);

    [Benchmark(Description = "slip SVG with its rows")]
    public string SlipSvgWithRows() => Draw(_slip).Svg(BarsAndRows);

    [Benchmark(Description = "slip PNG with its rows")]
    public byte[] SlipPngWithRows() => Draw(_slip).Png(BarsAndRows);

    [Benchmark(Description = "eL-QR SVG")]
    public string ElQrSvg() => QrSymbol.OfDigits(Samples.ElQr, ElQrVersion, QrLevel.M).Svg();

    [Benchmark(Description = "eL-QR PNG")]
    public byte[] ElQrPng() => QrSymbol.OfDigits(Samples.ElQr, ElQrVersion, QrLevel.M).Png(DotsPerModule);

    [Benchmark(Description = "EMV QR SVG")]
    public string EmvSvg() => QrSymbol.Of(Samples.StoreCode).Svg();

    [Benchmark(Description = "EMV QR PNG")]
    public byte[] EmvPng() => QrSymbol.Of(Samples.StoreCode).Png(DotsPerModule);

    private static SlipSymbol Draw(SlipCode slip) => SlipSymbol.Of(slip) switch
    {
        Built<SlipSymbol>.Made made => made.Value,
        Built<SlipSymbol>.Refused refused => throw new BenchmarkException($"The sample slip is not drawn: {refused.Why}"),
        _ => throw new InvalidOperationException("Built is a closed set."),
    };
}
