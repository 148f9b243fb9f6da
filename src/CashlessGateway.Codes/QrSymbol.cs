using QRCoder;

namespace CashlessGateway.Codes;

/// <summary>Draws an address or another short text as a QR symbol.</summary>
public static class QrSymbol
{
    /// <summary>As a picture of its own that scales without blurring, with the quiet zone of four modules that readers need.</summary>
    /// <param name="text">What the reader is to read.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(string text)
    {
        using var generator = new QRCodeGenerator();
        // A quarter of the symbol may be dirty: it is read from a till's display, with fingerprints.
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        using var drawing = new SvgQRCode(data);
        return drawing.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
