using System.Globalization;
using System.Net;
using System.Text;
using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Receipts;

/// <summary>A receipt as a page for an 80 mm printer. Everything in it that a person wrote is encoded.</summary>
public static class ReceiptHtml
{
    /// <summary>The page needs nothing else.</summary>
    public const string Style = """
        @page{size:80mm auto;margin:4mm}
        body{font-family:"Noto Sans JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,sans-serif;max-width:72mm;margin:0 auto;color:#000;background:#fff;overflow-wrap:anywhere}
        h1{font-size:1.2rem;text-align:center;margin:.3rem 0}
        p{margin:.2rem 0}
        dl{margin:0}
        dl div{display:flex;justify-content:space-between;gap:.5rem}
        dd{margin:0;text-align:right;white-space:nowrap}
        .item{display:block}
        .item dd{display:flex;justify-content:space-between}
        .total{border-top:2px solid #000;font-size:1.3rem;font-weight:bold}
        .mark{border:2px solid #000;text-align:center;font-weight:bold;padding:.2rem}
        .centre{text-align:center}
        .small{font-size:.75rem}
        .stamp{border:2px solid #000;border-radius:1rem;width:fit-content;margin:.4rem 0 .4rem auto;padding:.3rem .8rem;text-align:center}
        .symbol svg{display:block;width:26mm;height:26mm;margin:0 auto}
        .only-screen{text-align:center}
        .only-screen a{display:inline-block;min-height:44px;line-height:44px}
        @media print{.only-screen{display:none}}
        """;

    /// <param name="pdf">Where the same receipt is as a PDF; a link that is not printed.</param>
    public static string Render(Receipt receipt, string? pdf = null)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="ja">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{Text(receipt.Title)} {Text(receipt.Number)}</title><style>{Style}</style></head>
            <body><main>

            """);
        var inList = false;
        foreach (var row in ReceiptRows.Of(receipt))
        {
            var belongs = row is ReceiptRow.Item or ReceiptRow.Pair or ReceiptRow.Total;
            if (belongs != inList) page.Append(belongs ? "<dl>\n" : "</dl>\n");
            inList = belongs;
            page.Append(Row(row)).Append('\n');
        }

        if (pdf is not null) page.Append(CultureInfo.InvariantCulture, $"<p class=\"only-screen\"><a href=\"{Text(pdf)}\">PDFで保存する <span lang=\"en\">Save as PDF</span></a></p>\n");
        return page.Append("</main></body>\n</html>\n").ToString();
    }

    private static string Row(ReceiptRow row) => row switch
    {
        ReceiptRow.Title title => $"<h1>{Text(title.Text)}</h1>",
        ReceiptRow.Mark mark => $"<p class=\"mark\">{Text(mark.Text)}</p>",
        ReceiptRow.Words words => $"<p{Class(words)}>{Text(words.Text)}</p>",
        ReceiptRow.Item item => $"<div class=\"item\"><dt>{Text(item.Name)}</dt><dd><span>{Text(item.Count)}</span> <span>{Text(item.Amount)}</span></dd></div>",
        ReceiptRow.Pair pair => $"<div><dt>{Text(pair.Name)}</dt><dd>{Text(pair.Value)}</dd></div>",
        ReceiptRow.Total total => $"<div class=\"total\"><dt>{Text(total.Name)}</dt><dd>{Text(total.Value)}</dd></div>",
        ReceiptRow.Rule => "<hr>",
        ReceiptRow.Stamp stamp => $"<p class=\"stamp\">{string.Join("<br>", stamp.Lines.Select(Text))}</p>",
        ReceiptRow.Symbol symbol => $"<div class=\"symbol\" role=\"img\" aria-label=\"確認ページのQRコード\">{QrSymbol.Of(symbol.Address, QrLevel.M).Svg()}</div>",
        _ => throw new InvalidOperationException("ReceiptRow is a closed set."),
    };

    private static string Class(ReceiptRow.Words words) => (words.Centred, words.Small) switch
    {
        (true, true) => " class=\"centre small\"",
        (true, false) => " class=\"centre\"",
        (false, true) => " class=\"small\"",
        (false, false) => "",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
