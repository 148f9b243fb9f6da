using CashlessGateway.Codes.Tests.Decoding;

[assembly: AssemblyFixture(typeof(Decoder))]

namespace CashlessGateway.Codes.Tests.Decoding;

/// <summary>
/// Reads drawn symbols with a library that shares no code with ours (tests/decoder). One process serves all tests; it starts with the
/// first picture, so that tests without pictures need no node.
/// </summary>
public sealed class Decoder : IAsyncDisposable
{
    private readonly Lazy<DecoderStart> _start = new(DecoderProcess.Start);

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>The one symbol of a PNG.</summary>
    public async Task<DecodedSymbol> Png(byte[] png) => Assert.Single(await AllOfPng(png));

    /// <summary>The one symbol of an SVG: as a printer of that resolution prints it, or without one as a large picture.</summary>
    public async Task<DecodedSymbol> Svg(string svg, int? dpi = null) => Assert.Single(await AllOfSvg(svg, dpi));

    public Task<IReadOnlyList<DecodedSymbol>> AllOfPng(byte[] png) => Running().Ask(new DecoderRequest { Png = png });

    public Task<IReadOnlyList<DecodedSymbol>> AllOfSvg(string svg, int? dpi = null) => Running().Ask(new DecoderRequest { Svg = System.Text.Encoding.UTF8.GetBytes(svg), Dpi = dpi });

    /// <summary>A machine without node can still run the other tests; continuous integration must not forget these without a word.</summary>
    private DecoderProcess Running()
    {
        if (_start.Value is DecoderStart.Missing { What: var what })
        {
            Assert.SkipUnless(InCi, what);
            Assert.Fail(what);
        }

        return ((DecoderStart.Started)_start.Value).Process;
    }

    public async ValueTask DisposeAsync()
    {
        if (_start is { IsValueCreated: true, Value: DecoderStart.Started started }) await started.Process.DisposeAsync();
    }
}
