namespace CashlessGateway.Codes.Drawing;

/// <summary>Draws an eL-QR: its 255 digits fill a QR code of version 6 at level M to the last one.</summary>
public static class ElQrSymbol
{
    private const int Version = 6;

    /// <summary>The symbol, to be drawn as SVG or PNG.</summary>
    public static QrSymbol Of(ElQr code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return QrSymbol.OfDigits(code.Digits, Version, QrLevel.M);
    }
}
