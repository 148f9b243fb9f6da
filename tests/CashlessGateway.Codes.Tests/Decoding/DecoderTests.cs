namespace CashlessGateway.Codes.Tests.Decoding;

/// <summary>The decoder itself, with pictures that bwip-js drew: what it says of ours is worth as much as what it says of these.</summary>
public sealed class DecoderTests(Decoder decoder)
{
    [Fact]
    public async Task A_QR_symbol_is_read_with_its_version_and_level()
    {
        var read = await decoder.Png(Picture("hello-qr.png"));

        Assert.Equal(("hello", "QRCode", "]Q1", "1", "M"), (read.Text, read.Format, read.SymbologyIdentifier, read.Version, read.EcLevel));
        Assert.Equal("hello"u8, read.Bytes);
        Assert.Equal(1, read.UnusedErrorCorrection);
        Assert.False(read.Mirrored);
    }

    [Fact]
    public async Task A_QR_symbol_with_spoilt_modules_is_read_and_says_that_it_was_corrected()
    {
        var read = await decoder.Png(Picture("hello-qr-spoilt.png"));

        Assert.Equal("hello", read.Text);
        Assert.InRange(read.UnusedErrorCorrection!.Value, 0, 0.99);
    }

    [Fact]
    public async Task A_Code_128_that_begins_with_FNC1_is_GS1_128()
    {
        var read = await decoder.Png(Picture("slip-fnc1.png"));

        Assert.Equal((Slips.PublishedWithDate, "Code128", "]C1", "GS1"), (read.Text, read.Format, read.SymbologyIdentifier, read.ContentType));
    }

    [Fact]
    public async Task A_Code_128_of_the_same_digits_without_FNC1_is_not_GS1_128()
    {
        var read = await decoder.Png(Picture("slip-without-fnc1.png"));

        Assert.Equal((Slips.PublishedWithDate, "Code128", "]C0", "Text"), (read.Text, read.Format, read.SymbologyIdentifier, read.ContentType));
    }

    [Fact]
    public async Task An_SVG_is_read_as_it_scales_and_as_a_printer_prints_it()
    {
        var svg = await File.ReadAllTextAsync(PathOf("hello-qr.svg"));

        Assert.Equal("hello", (await decoder.Svg(svg)).Text);
        Assert.Equal("hello", (await decoder.Svg(svg, dpi: 300)).Text);
    }

    [Fact]
    public async Task A_blank_picture_has_no_symbol()
    {
        Assert.Empty(await decoder.AllOfPng(Picture("blank.png")));
        Assert.Empty(await decoder.AllOfSvg("""<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm"/>"""));
    }

    [Fact]
    public async Task What_is_no_picture_is_an_error_and_the_next_picture_is_read()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => decoder.AllOfPng([1, 2, 3, 4]));

        Assert.Contains("not a PNG", error.Message, StringComparison.Ordinal);
        Assert.Equal("hello", (await decoder.Png(Picture("hello-qr.png"))).Text);
    }

    [Fact]
    public async Task Pictures_that_are_asked_for_at_the_same_time_get_their_own_answers()
    {
        var read = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => decoder.Png(Picture(i % 2 == 0 ? "hello-qr.png" : "slip-fnc1.png"))));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "QRCode" : "Code128"), read.Select(each => each.Format));
    }

    private static byte[] Picture(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Decoding", "Pictures", name);
}
