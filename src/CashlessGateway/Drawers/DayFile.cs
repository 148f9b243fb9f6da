using System.Globalization;
using CashlessGateway.Web;
using Microsoft.Net.Http.Headers;

namespace CashlessGateway.Drawers;

/// <summary>収納金日計表 as a file for a spreadsheet: the very lines and sums of the sheet.</summary>
public static class DayFile
{
    private static readonly IReadOnlyList<Words> Head =
    [
        new("区分", "part"), new("納付日", "day of receipt"), new("課", "section"), new("歳入科目", "revenue account"), new("口座", "account"), new("年度", "fiscal year"), new("滞納繰越", "arrears"),
        new("方法", "method"), new("ブランド", "brand"), new("件数", "lines"), new("通数", "quantity"), new("収納額", "taken"), new("返金額", "given back"), new("差引", "net"),
    ];

    public static bool IsWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types) && types.Any(static type => type.MediaType.Equals(CsvWriter.MediaType, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    public static CsvCharset Charset(QueryReader query)
    {
        var text = query.Text("charset");
        if (CsvCharsets.TryParse(text, out var charset)) return charset;
        query.Refuse("charset", "not-allowed", new Words("utf-8 か shift_jis にしてください。", "It must be utf-8 or shift_jis."));
        return CsvCharset.Utf8;
    }

    public static Reply Reply(DayView day, CsvCharset charset, Language language) =>
        new Reply.File(CsvCharsets.MediaType(charset), $"{day.Place}-{day.Date}.csv", async (stream, cancellation) =>
        {
            var csv = new CsvWriter(stream, charset);
            foreach (var row in Rows(day)) await csv.Row([.. row.Select(cell => cell.In(language))], cancellation);
        });

    private static IEnumerable<IReadOnlyList<Words>> Rows(DayView day)
    {
        yield return Head;
        foreach (var line in day.Lines) yield return Line(new Words("当日分", "this day"), line);
        foreach (var line in day.EarlierLines) yield return Line(new Words("前日以前分", "earlier days"), line);
        foreach (var method in day.ByMethod)
            yield return Sum(new Words("方法別計", "by method"), method.Method, method.Brand, method.Count, method.Amount.Value, method.RefundedAmount.Value, (method.Amount - method.RefundedAmount).Value);
        foreach (var books in day.Cash.Books)
            yield return [new("現金", "cash"), Blank, Same(books.Owner), Same(books.Kaikei), Blank, Number(books.FiscalYear), Blank, Same("cash"), Blank, Blank, Blank, Number(books.Amount.Value), Number(books.RefundedAmount.Value), Number((books.Amount - books.RefundedAmount).Value)];
        yield return Sum(new Words("現金過不足", "cash difference"), "cash", null, null, null, null, day.Cash.DifferenceAmount.Value);
        yield return Sum(new Words("現金 引継額", "cash handed over"), "cash", null, null, null, null, day.Cash.HandOverAmount.Value);
        yield return Sum(new Words("キャッシュレス 後日払込", "cashless, paid in later"), null, null, day.Cashless.Count, day.Cashless.Amount.Value, day.Cashless.RefundedAmount.Value, day.Cashless.NetAmount.Value);
        yield return Sum(new Words("無料", "free"), null, null, day.Totals.FreeCount, null, null, null);
        yield return Sum(new Words("減免", "waived"), null, null, day.Totals.WaivedCount, null, null, null);
        yield return Sum(new Words("合計", "total"), null, null, day.Receipts.Count, day.Totals.CapturedAmount.Value, day.Totals.RefundedAmount.Value, day.Totals.NetAmount.Value);
    }

    private static readonly Words Blank = new("", "");

    private static Words Same(string? text) => new(text ?? "", text ?? "");

    private static Words Number(long? number) => Same(number?.ToString(CultureInfo.InvariantCulture));

    private static IReadOnlyList<Words> Line(Words part, SheetRow line) =>
    [
        part, Same(line.ReceiptDate.ToString()), Same(line.Section), Same(line.RevenueAccount), Same(line.Account), Number(line.FiscalYear), line.CarriedOver ? new("滞納繰越", "arrears") : Blank,
        Same(line.Method), Same(line.Brand), Number(line.Count), Number(line.Quantity), Number(line.Amount.Value), Number(line.RefundedAmount.Value), Number(line.NetAmount.Value),
    ];

    private static IReadOnlyList<Words> Sum(Words part, string? method, string? brand, long? count, long? amount, long? refunded, long? net) =>
        [part, Blank, Blank, Blank, Blank, Blank, Blank, Same(method), Same(brand), Number(count), Blank, Number(amount), Number(refunded), Number(net)];
}
