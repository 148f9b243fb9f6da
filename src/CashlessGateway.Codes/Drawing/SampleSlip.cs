namespace CashlessGateway.Codes.Drawing;

/// <summary>
/// A payment slip (納付書) for trying scanners: the bar code, the eL-QR, and what is printed for people. It says in red that it is a
/// sample, in a line and across the whole slip; there is no way to draw it without.
/// </summary>
/// <remarks>
/// The fonts are not in the PDF: digits are Helvetica, which every reader has, and Japanese is HeiseiKakuGo-W5 by the map
/// UniJIS-UTF16-H, for which a reader takes a Gothic font of its own machine. A machine without any shows gaps in the text; the codes
/// are areas and do not depend on fonts.
/// </remarks>
public sealed record SampleSlip
{
    /// <summary>What every sample says.</summary>
    public const string Notice = "見本・納付には使えません";

    /// <summary>The bar code; null over <see cref="SlipCode.PublicLimit"/>, where the slip says so in its place.</summary>
    public required SlipCode? Slip { get; init; }

    /// <summary>The eL-QR of the same bill. Its eL番号 and its two OCR rows are printed too.</summary>
    public required ElQr ElQr { get; init; }

    /// <summary>What is paid for; a long text is written smaller.</summary>
    public required string Title { get; init; }

    /// <summary>Who receives the money; a long text is written smaller.</summary>
    public required string Payee { get; init; }

    /// <summary>In yen.</summary>
    public required long Amount { get; init; }

    /// <summary>The last day to pay; null for no limit.</summary>
    public required DateOnly? PayBy { get; init; }

    /// <summary>A third of an A4 sheet, as an SVG document whose unit is one dot of the printer.</summary>
    /// <param name="print">The printer.</param>
    public string Svg(SlipPrint print)
    {
        ArgumentNullException.ThrowIfNull(print);
        return SheetSvg.Write(SampleSlipSheet.Slip(this, print), Heading);
    }

    /// <summary>An A4 page with the slip on its upper third and a line to check the printed size with.</summary>
    /// <param name="print">The printer.</param>
    public byte[] Pdf(SlipPrint print)
    {
        ArgumentNullException.ThrowIfNull(print);
        return SheetPdf.Write(SampleSlipSheet.Page(this, print), Heading);
    }

    private string Heading => $"納付書（{Notice}）";
}
