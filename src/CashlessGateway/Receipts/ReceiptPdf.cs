using CashlessGateway.Codes.Drawing;
using CashlessGateway.Printing;

namespace CashlessGateway.Receipts;

/// <summary>A receipt as a PDF as wide as the paper of a receipt printer and as long as it needs to be.</summary>
public static class ReceiptPdf
{
    private const double Width = 80, Margin = 5, Right = Width - Margin, Inside = Width - 2 * Margin;
    private const double Normal = 9, Small = 7, Big = 13;

    /// <summary>Side of the symbol, its light border included.</summary>
    private const double SymbolSide = 28;

    public static byte[] Render(Receipt receipt)
    {
        var rows = ReceiptRows.Of(receipt);
        // Drawn once to learn how long it is, and once on paper of that length.
        var length = Draw(new PdfDocument("").AddPage(Width, 1), rows);
        var document = new PdfDocument($"{receipt.Title} {receipt.Number}");
        Draw(document.AddPage(Width, length), rows);
        return document.ToBytes();
    }

    /// <summary>Where the last row ends, and the margin after it.</summary>
    private static double Draw(PdfPage page, IReadOnlyList<ReceiptRow> rows)
    {
        var y = Margin;
        foreach (var row in rows) y = Draw(page, row, y);
        return y + Margin;
    }

    private static double Draw(PdfPage page, ReceiptRow row, double y) => row switch
    {
        ReceiptRow.Title title => Text(page, y, title.Text, Big, TextAlign.Centre, bold: true) + 1,
        ReceiptRow.Mark mark => Framed(page, y, mark.Text),
        ReceiptRow.Words words => Text(page, y, words.Text, words.Small ? Small : Normal, words.Centred ? TextAlign.Centre : TextAlign.Left),
        ReceiptRow.Item item => Pair(page, Text(page, y, item.Name, Normal, TextAlign.Left), item.Count, item.Amount, Normal),
        ReceiptRow.Pair pair => Pair(page, y, pair.Name, pair.Value, Normal),
        ReceiptRow.Total total => Total(page, y, total),
        ReceiptRow.Rule => Rule(page, y),
        ReceiptRow.Stamp stamp => Stamp(page, y, stamp.Lines),
        ReceiptRow.Symbol symbol => Symbol(page, y, symbol.Address),
        _ => throw new InvalidOperationException("ReceiptRow is a closed set."),
    };

    private static double Text(PdfPage page, double y, string text, double size, TextAlign align, bool bold = false, double width = Inside)
    {
        var x = align switch { TextAlign.Left => Margin, TextAlign.Centre => Width / 2, TextAlign.Right => Right };
        foreach (var line in PrintFont.Gothic.Wrap(text, size, width))
        {
            y += Line(size);
            page.Text(x, y - Line(size) * 0.25, size, line, align, bold);
        }

        return y;
    }

    private static double Pair(PdfPage page, double y, string name, string value, double size, bool bold = false)
    {
        var font = PrintFont.Gothic;
        if (font.Width(name, size) + font.Width(value, size) + 2 > Inside)
            return Text(page, Text(page, y, name, size, TextAlign.Left, bold), value, size, TextAlign.Right, bold);
        Text(page, y, name, size, TextAlign.Left, bold);
        return Text(page, y, value, size, TextAlign.Right, bold);
    }

    private static double Total(PdfPage page, double y, ReceiptRow.Total total)
    {
        page.Line(Margin, y + 1, Right, y + 1, 1);
        return Pair(page, y + 1, total.Name, total.Value, Big, bold: true) + 1;
    }

    private static double Rule(PdfPage page, double y)
    {
        page.Line(Margin, y + 1, Right, y + 1);
        return y + 2;
    }

    private static double Framed(PdfPage page, double y, string text)
    {
        var end = Text(page, y + 1, text, Normal + 1, TextAlign.Centre, bold: true, Inside - 4);
        page.Frame(Margin, y + 0.5, Inside, end - y + 0.5, 1.2);
        return end + 2;
    }

    private static double Stamp(PdfPage page, double y, IReadOnlyList<string> lines)
    {
        var width = Math.Min(Inside, lines.Max(static line => PrintFont.Gothic.Width(line, Normal)) + 6);
        var (top, middle) = (y + 1, Right - width / 2);
        var end = top + 1;
        foreach (var line in lines.SelectMany(line => PrintFont.Gothic.Wrap(line, Normal, width - 4)))
        {
            end += Line(Normal);
            page.Text(middle, end - Line(Normal) * 0.25, Normal, line, TextAlign.Centre);
        }

        page.Frame(Right - width, top, width, end - top + 1);
        return end + 3;
    }

    private static double Symbol(PdfPage page, double y, string address)
    {
        var symbol = QrSymbol.Of(address, QrLevel.M);
        var module = SymbolSide / (symbol.Size + 2 * QrSymbol.QuietZone);
        var (left, top) = ((Width - SymbolSide) / 2 + QrSymbol.QuietZone * module, y + QrSymbol.QuietZone * module);
        for (var row = 0; row < symbol.Size; row++)
            for (var column = 0; column < symbol.Size; column++)
            {
                var end = column;
                while (end < symbol.Size && symbol.IsDark(end, row)) end++;
                if (end > column) page.Fill(left + column * module, top + row * module, (end - column) * module, module);
                column = end;
            }
        return y + SymbolSide;
    }

    /// <summary>Millimetres from line to line.</summary>
    private static double Line(double size) => size * 1.4 / 72 * 25.4;
}
