using System.Globalization;
using System.Net;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Payments;

/// <summary>What a receipt says, whatever it is printed on.</summary>
public sealed record Receipt
{
    public required string City { get; init; }
    public required string Place { get; init; }
    public required string Section { get; init; }
    public required string Number { get; init; }
    public required BusinessDate Date { get; init; }
    public required IReadOnlyList<ReceiptLine> Lines { get; init; }
    public required Yen Total { get; init; }
    public required Yen TaxIncluded { get; init; }
    public required IReadOnlyList<ReceiptTax> Taxes { get; init; }
    public string? Method { get; init; }
    public Yen? Tendered { get; init; }
    public Yen? Change { get; init; }
    public string? ApprovalNumber { get; init; }
    public string? Clerk { get; init; }
    public required string Transaction { get; init; }

    /// <summary>取消 or 返金: what was given back, and when.</summary>
    public required IReadOnlyList<ReceiptMark> Marks { get; init; }
}

public sealed record ReceiptLine(string Description, long Quantity, Yen UnitAmount, Yen Amount, bool Reduced);

public sealed record ReceiptTax(string Rate, Yen Amount, Yen Tax);

public sealed record ReceiptMark(string Word, Yen Amount, BusinessDate? Date);

/// <summary>A receipt as a page for an 80 mm printer. Everything in it that a person wrote is encoded.</summary>
public static class ReceiptPage
{
    /// <summary>The page needs nothing else.</summary>
    public const string Style = """
        @page{size:80mm auto;margin:4mm}
        body{font-family:"Noto Sans JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,sans-serif;max-width:72mm;margin:0 auto;color:#000;background:#fff}
        h1{font-size:1.2rem;text-align:center;margin:.3rem 0}
        table{width:100%;border-collapse:collapse}
        th{text-align:left;font-weight:normal}
        td{text-align:right;white-space:nowrap}
        .total{border-top:2px solid #000;font-size:1.3rem;font-weight:bold}
        .mark{border:2px solid #000;text-align:center;font-weight:bold;padding:.2rem}
        small{word-break:break-all}
        """;

    private static readonly CultureInfo Japanese = JapaneseEra();

    public static string Render(Receipt receipt)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="ja">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>領収書 {Text(receipt.Number)}</title><style>{Style}</style></head>
            <body>
            <h1>領収書</h1>

            """);
        foreach (var mark in receipt.Marks)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"mark\">{Text(mark.Word)} {mark.Amount}{(mark.Date is { } day ? $" {day}" : "")}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(receipt.City)}<br>{Text(Where(receipt))}</p>\n<p>{Text(Era(receipt.Date))}（{receipt.Date}）<br>No. {Text(receipt.Number)}</p>\n<table>\n");
        foreach (var line in receipt.Lines)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(line.Description)}{(line.Reduced ? "（減免）" : "")}<br>{line.UnitAmount} × {line.Quantity}</th><td>{line.Amount}</td></tr>\n");
        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"total\"><th scope=\"row\">合計</th><td>{receipt.Total}</td></tr>\n");
        foreach (var tax in receipt.Taxes)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">（{tax.Rate}対象 {tax.Amount}）内消費税</th><td>{tax.Tax}</td></tr>\n");
        if (receipt.Method is { } method) Row(page, "お支払い", method);
        if (receipt.Tendered is { } tendered) Row(page, "お預かり", tendered.ToString());
        if (receipt.Change is { } change) Row(page, "おつり", change.ToString());
        if (receipt.ApprovalNumber is { } approval) Row(page, "承認番号", approval);
        if (receipt.Clerk is { } clerk) Row(page, "担当", clerk);
        page.Append(CultureInfo.InvariantCulture, $"</table>\n<p>上記のとおり領収しました。</p>\n<p><small>取引番号 {Text(receipt.Transaction)}</small></p>\n</body>\n</html>\n");
        return page.ToString();
    }

    public static string MethodName(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "現金",
        PaymentMethod.Qr => "QRコード",
        PaymentMethod.Emoney => "電子マネー",
        PaymentMethod.Card => "クレジットカード",
        PaymentMethod.Collector => "収納代行",
    };

    /// <summary>和暦, whatever culture the server runs under.</summary>
    public static string Era(BusinessDate date) => date.Day.ToString("ggy年M月d日", Japanese);

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td>{Text(value)}</td></tr>\n");

    /// <summary>A window that bears its section's name need not say it twice.</summary>
    private static string Where(Receipt receipt) => receipt.Place.StartsWith(receipt.Section, StringComparison.Ordinal) ? receipt.Place : $"{receipt.Section} {receipt.Place}";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static CultureInfo JapaneseEra()
    {
        var culture = new CultureInfo("ja-JP");
        culture.DateTimeFormat.Calendar = new JapaneseCalendar();
        return CultureInfo.ReadOnly(culture);
    }
}
