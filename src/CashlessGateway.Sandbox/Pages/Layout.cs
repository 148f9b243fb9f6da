using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CashlessGateway.Sandbox.Pages;

/// <summary>What all pages share; above all the sentence that no money moves here.</summary>
internal static class Layout
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The body is HTML already; the title is not.</summary>
    public static string Write(string title, string body, string provider = "PayPay") => $"""
        <!doctype html>
        <html lang="ja">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{Text(title)} | 練習用の{Text(provider)}</title>
          <link rel="stylesheet" href="/style.css">
        </head>
        <body>
          <p class="practice" role="note">これは練習用の画面です。お金は動きません。</p>
          <main>
            <h1>{Text(title)}</h1>
            {body}
          </main>
        </body>
        </html>
        """;

    public static string Text(string? text) => text is null ? "" : Encoder.Encode(text);

    public static string Yen(long amount) => amount.ToString("N0", CultureInfo.InvariantCulture) + "円";
}
