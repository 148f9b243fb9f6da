using System.Globalization;

namespace CashlessGateway.Codes.Drawing;

/// <summary>Where everything stands on a sample slip, in millimetres. What must be read by machines is put on whole dots by the sheet.</summary>
internal static class SampleSlipSheet
{
    private const double PageWidth = 210;
    private const double PageHeight = 297;
    private const double SlipHeight = 99;
    private const double Left = 8;
    private const double ValueLeft = Left + 24;
    private const double BillRight = 94;
    private const double NumbersLeft = 100;
    private const double QrLeft = 172;
    private const double QrTop = 17;
    private const double BarsTop = 64;

    /// <summary>A module of about half a millimetre, as on the slips of 地方税共同機構's examples: read by phones at arm's length.</summary>
    private const double QrModule = 0.508;

    private const int QrVersion = 6;

    public static Sheet Slip(SampleSlip slip, SlipPrint print)
    {
        var sheet = new Sheet(print.Dpi, PageWidth, SlipHeight);
        Draw(sheet, slip, print);
        return sheet;
    }

    public static Sheet Page(SampleSlip slip, SlipPrint print)
    {
        var sheet = new Sheet(print.Dpi, PageWidth, PageHeight);
        Draw(sheet, slip, print);
        DrawScale(sheet);
        return sheet;
    }

    private static void Draw(Sheet sheet, SampleSlip slip, SlipPrint print)
    {
        DrawNotice(sheet);
        DrawBill(sheet, slip);
        DrawNumbers(sheet, slip.ElQr);
        DrawQr(sheet, slip.ElQr);
        if (slip.Slip is { } code) DrawBars(sheet, code, print);
        else DrawNoBars(sheet);
        DrawRows(sheet, slip.ElQr);
    }

    /// <summary>First of all, so that what scanners read is never covered; falling to the right, where it meets neither of the codes and stays whole.</summary>
    private static void DrawNotice(Sheet sheet)
    {
        sheet.Write(SampleSlip.Notice, PageWidth / 2 - 2, 63, 15, Anchor.Middle, Ink.PaleRed, rise: -19);
        sheet.Rule(0, 0, PageWidth, 9, Ink.Red);
        sheet.Write($"{SampleSlip.Notice}　SAMPLE: CANNOT BE PAID", PageWidth / 2, 6.4, 5, Anchor.Middle, Ink.White);
    }

    private static void DrawBill(Sheet sheet, SampleSlip slip)
    {
        sheet.Write("納付書", Left, 18, 6);
        sheet.Write(slip.Title, ValueLeft, 18, Fitting(slip.Title, 4));
        sheet.Rule(Left, 21, BillRight - Left, 0.2, Ink.Grey);
        Entry(sheet, 28, "納付金額", string.Create(CultureInfo.InvariantCulture, $"{slip.Amount:N0}円"), 6.5);
        Entry(sheet, 36, "支払期限", slip.PayBy is { } day ? Day(day) : "期限なし", 4);
        Entry(sheet, 43, "納付先", slip.Payee, 4);
        sheet.Rule(Left, 46.5, BillRight - Left, 0.2, Ink.Grey);
    }

    private static void Entry(Sheet sheet, double y, string name, string value, double size)
    {
        sheet.Write(name, Left, y, 3, ink: Ink.Grey);
        sheet.Write(value, ValueLeft, y, Fitting(value, size));
    }

    private static void DrawNumbers(Sheet sheet, ElQr code)
    {
        var number = code.Number;
        sheet.Write("eL番号", NumbersLeft, 18, 4);
        (string Name, string Digits)[] lines =
        [
            ("収納機関番号", number.Institution), ("納付番号", InFours(number.CaseKey)), ("確認番号", number.Confirmation), ("納付区分", number.Item),
        ];
        var y = 25.0;
        foreach (var (name, digits) in lines)
        {
            sheet.Write(name, NumbersLeft, y, 3, ink: Ink.Grey);
            sheet.Write(digits, NumbersLeft + 22, y, 3.8);
            y += 7;
        }
    }

    private static void DrawQr(Sheet sheet, ElQr code)
    {
        var symbol = QrSymbol.OfDigits(code.Digits, QrVersion, QrLevel.M);
        var module = Math.Max(sheet.Dots(QrModule), 1);
        var (left, top) = (sheet.Dots(QrLeft), sheet.Dots(QrTop));
        var side = (symbol.Size + 2 * QrSymbol.QuietZone) * module;
        sheet.Fill(Ink.White, new DotArea(left, top, side, side));
        var areas = new List<DotArea>();
        for (var row = 0; row < symbol.Size; row++)
            for (var column = 0; column < symbol.Size; column++)
            {
                var begin = column;
                while (column < symbol.Size && symbol.IsDark(column, row)) column++;
                if (column > begin) areas.Add(new DotArea(left + (QrSymbol.QuietZone + begin) * module, top + (QrSymbol.QuietZone + row) * module, (column - begin) * module, module));
            }
        sheet.Fill(Ink.Black, areas);
        sheet.Write("eL-QR", QrLeft + sheet.Millimetres(side) / 2, QrTop - 1.5, 3.5, Anchor.Middle);
    }

    private static void DrawBars(Sheet sheet, SlipCode code, SlipPrint print)
    {
        if (SlipSymbol.Of(code) is not Built<SlipSymbol>.Made { Value: var symbol })
        {
            DrawNoBars(sheet);
            return;
        }

        sheet.Write("コンビニ・スマートフォン決済用バーコード", Left, BarsTop - 2, 3, ink: Ink.Grey);
        var (left, top) = (sheet.Dots(Left), sheet.Dots(BarsTop));
        sheet.Fill(Ink.White, new DotArea(left, top, SlipSymbol.ModuleCount * print.ModuleDots + 2 * print.QuietDots, print.HeightDots));
        var areas = new List<DotArea>();
        for (var module = 0; module < SlipSymbol.ModuleCount; module++)
        {
            var begin = module;
            while (module < SlipSymbol.ModuleCount && symbol.IsBar(module)) module++;
            if (module > begin) areas.Add(new DotArea(left + print.QuietDots + begin * print.ModuleDots, top, (module - begin) * print.ModuleDots, print.HeightDots));
        }
        sheet.Fill(Ink.Black, areas);

        var y = BarsTop + print.HeightMillimetres + 3.5;
        foreach (var row in code.HumanReadable())
        {
            sheet.Write(row, Left + print.WidthMillimetres / 2, y, 2.6, Anchor.Middle);
            y += 3.5;
        }
    }

    private static void DrawNoBars(Sheet sheet)
    {
        sheet.Write("コンビニ・スマートフォン決済用バーコード", Left, BarsTop - 2, 3, ink: Ink.Grey);
        sheet.Write("30万円を超えるためバーコードはありません", Left, BarsTop + 7, 4);
    }

    /// <summary>The two rows that banks read by OCR.</summary>
    private static void DrawRows(Sheet sheet, ElQr code)
    {
        sheet.Write("OCR", NumbersLeft, BarsTop + 8, 3, ink: Ink.Grey);
        var y = BarsTop + 14;
        foreach (var row in code.OcrRows())
        {
            sheet.Write(row, NumbersLeft, y, 4);
            y += 6;
        }
        sheet.Write(string.Create(CultureInfo.InvariantCulture, $"{sheet.Dpi} dpi のプリンター用。拡大・縮小せず、実際のサイズ（100%）で印刷してください。"), Left, SlipHeight - 4, 2.8, ink: Ink.Grey);
    }

    private static void DrawScale(Sheet sheet)
    {
        const double top = SlipHeight + 20;
        for (var x = 0.0; x < PageWidth; x += 4) sheet.Rule(x, SlipHeight, 2, 0.2, Ink.Grey);
        sheet.Write("キリトリ", PageWidth / 2, SlipHeight + 5, 3, Anchor.Middle, Ink.Grey);
        sheet.Rule(Left, top, 100, 0.3, Ink.Black);
        sheet.Rule(Left, top - 2, 0.3, 4, Ink.Black);
        sheet.Rule(Left + 100, top - 2, 0.3, 4, Ink.Black);
        sheet.Write("この線が100 mmなら、正しい大きさで印刷されています。", Left, top + 8, 4);
    }

    /// <summary>The size, or a smaller one with which the text stays on its side of the slip.</summary>
    private static double Fitting(string text, double size) => Math.Min(size, (BillRight - ValueLeft) / Math.Max(TextWidth.Of(text), 1));

    private static string InFours(string digits) => string.Join(' ', digits.Chunk(4).Select(static four => new string(four)));

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
