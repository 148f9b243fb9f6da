using System.Globalization;
using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>
/// Writes a sheet as a PDF of one page. Latin letters and digits are in Helvetica, Japanese in HeiseiKakuGo-W5 with the standard's own
/// map from Unicode. Neither font is in the file: every reader has the one, and takes a Gothic of its machine for the other.
/// </summary>
internal static class SheetPdf
{
    private const int PointsPerInch = 72;
    private const string Latin = "L";
    private const string Japanese = "J";

    public static byte[] Write(Sheet sheet, string title)
    {
        var file = new PdfFile();
        var helvetica = file.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        var descriptor = file.Add("<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0 /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>");
        var gothic = file.Add($"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 5 >> /FontDescriptor {descriptor} 0 R /DW 1000 >>");
        var japanese = file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5-UniJIS-UTF16-H /Encoding /UniJIS-UTF16-H /DescendantFonts [{gothic} 0 R] >>");
        var content = file.AddStream(Content(sheet));
        // The page comes next, and its parent after it.
        var pages = content + 2;
        var page = file.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {Points(sheet.Width, sheet.Dpi)} {Points(sheet.Height, sheet.Dpi)}] /Resources << /Font << /{Latin} {helvetica} 0 R /{Japanese} {japanese} 0 R >> >> /Contents {content} 0 R >>"));
        file.Add($"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>");
        // Viewers otherwise offer to shrink the page to the printer's margins, and bars would no longer fall on whole dots.
        var catalog = file.Add($"<< /Type /Catalog /Pages {pages} 0 R /Lang (ja) /ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>");
        return file.End(catalog, file.Add($"<< /Title {PdfFile.Text(PlainText.Of(title))} /Producer (CashlessGateway) >>"));
    }

    /// <summary>One unit of the content is one dot; all numbers but those of turned text are whole.</summary>
    private static string Content(Sheet sheet)
    {
        var content = new StringBuilder();
        var dot = Points(1, sheet.Dpi);
        content.Append(CultureInfo.InvariantCulture, $"{dot} 0 0 {dot} 0 0 cm\n");
        foreach (var mark in sheet.Marks)
        {
            switch (mark)
            {
                case Mark.Fill fill:
                    content.Append(CultureInfo.InvariantCulture, $"{Colour(fill.Ink)} rg\n");
                    foreach (var area in fill.Areas) content.Append(CultureInfo.InvariantCulture, $"{area.X} {sheet.Height - area.Y - area.Height} {area.Width} {area.Height} re\n");
                    content.Append("f\n");
                    break;
                case Mark.Line line:
                    Write(content, line, sheet.Height);
                    break;
            }
        }

        return content.ToString();
    }

    private static void Write(StringBuilder content, Mark.Line line, int height)
    {
        var text = PlainText.Of(line.Text);
        if (text.Length == 0) return;
        var (sine, cosine) = Math.SinCos(line.Rise * Math.PI / 180);
        var shift = Shift(line.Anchor) * TextWidth.Of(text) * line.Size;
        var (x, y) = (line.X - shift * cosine, height - line.Y - shift * sine);
        content.Append(CultureInfo.InvariantCulture, $"{Colour(line.Ink)} rg BT {cosine:0.####} {sine:0.####} {-sine:0.####} {cosine:0.####} {x:0.##} {y:0.##} Tm\n");
        foreach (var run in TextWidth.Runs(text))
        {
            content.Append(run.IsLatin
                ? string.Create(CultureInfo.InvariantCulture, $"/{Latin} {line.Size} Tf ({Escaped(run.Text)}) Tj\n")
                : string.Create(CultureInfo.InvariantCulture, $"/{Japanese} {line.Size} Tf <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(run.Text))}> Tj\n"));
        }

        content.Append("ET\n");
    }

    private static double Shift(Anchor anchor) => anchor switch
    {
        Anchor.Start => 0,
        Anchor.Middle => 0.5,
        Anchor.End => 1,
    };

    private static string Escaped(string latin) => latin.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    /// <summary>Dots of 300, 400, 480 and 600 to the inch are whole hundredths of a point.</summary>
    private static string Points(int dots, int dpi) => ((decimal)dots * PointsPerInch / dpi).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Colour(Ink ink) => ink switch
    {
        Ink.Black => "0 0 0",
        Ink.Grey => "0.302 0.302 0.302",
        Ink.Red => "0.808 0 0",
        Ink.PaleRed => "1 0.851 0.851",
        Ink.White => "1 1 1",
    };
}
