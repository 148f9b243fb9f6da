using CashlessGateway.Printing;

namespace CashlessGateway.Receipts;

/// <summary>A receipt as commands for a receipt printer.</summary>
public static class ReceiptEscPos
{
    public static byte[] Render(Receipt receipt)
    {
        var writer = new EscPosWriter();
        foreach (var row in ReceiptRows.Of(receipt)) Write(writer, row);
        writer.Cut();
        return writer.ToBytes();
    }

    private static void Write(EscPosWriter writer, ReceiptRow row)
    {
        switch (row)
        {
            case ReceiptRow.Title title:
                writer.Line(title.Text, TextAlign.Centre, big: true);
                break;
            case ReceiptRow.Mark mark:
                writer.Line($"【{mark.Text}】", TextAlign.Centre, big: true);
                break;
            case ReceiptRow.Words words:
                writer.Line(words.Text, words.Centred ? TextAlign.Centre : TextAlign.Left);
                break;
            case ReceiptRow.Item item:
                writer.Line(item.Name);
                writer.Pair("  " + item.Count, item.Amount);
                break;
            case ReceiptRow.Pair pair:
                writer.Pair(pair.Name, pair.Value);
                break;
            case ReceiptRow.Total total:
                writer.Pair(total.Name, total.Value, big: true);
                break;
            case ReceiptRow.Rule:
                writer.Rule();
                break;
            case ReceiptRow.Stamp stamp:
                WriteStamp(writer, stamp.Lines);
                break;
            case ReceiptRow.Symbol symbol:
                writer.Qr(symbol.Address);
                writer.Feed();
                break;
        }
    }

    /// <summary>A frame of the printer's own letters, on the right.</summary>
    private static void WriteStamp(EscPosWriter writer, IReadOnlyList<string> lines)
    {
        const int border = 2;
        // Frame letters are full-width: two columns each.
        var inside = Math.Min(EscPosWriter.LineColumns - 2 * border, (lines.Max(PrinterText.Columns) + 1) / 2 * 2);
        writer.Line($"┌{new string('─', inside / 2)}┐", TextAlign.Right);
        foreach (var line in lines)
        {
            var room = Math.Max(0, inside - PrinterText.Columns(line));
            writer.Line($"│{new string(' ', room / 2)}{line}{new string(' ', room - room / 2)}│", TextAlign.Right);
        }

        writer.Line($"└{new string('─', inside / 2)}┘", TextAlign.Right);
    }
}
