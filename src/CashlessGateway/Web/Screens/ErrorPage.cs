using System.Diagnostics;
using System.Net;
using CashlessGateway.Access.Roles;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// What a browser shows where a program gets a problem: what happened, whether anything was done, what to do next. Plain text in C#,
/// so that it is there when the pages themselves are what failed.
/// </summary>
public static class ErrorPage
{
    /// <summary>A person's browser asks for pages by name; whoever does not is a program.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Headers.Accept.Any(static accept => accept is not null && accept.Contains("text/html", StringComparison.OrdinalIgnoreCase))
        && !request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/hooks", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    public static Task Write(HttpContext http, ErrorCode error, Words? detail = null) =>
        IsFor(http.Request) ? WritePage(http, error, detail ?? Next(error.Status)) : Api.Write(http, new Problem(error, detail));

    private static Task WritePage(HttpContext http, ErrorCode error, Words detail)
    {
        var language = ScreenLanguage.Of(http.Request);
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = ScreenHeaders.Policy;
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        var start = Navigation.For(SignedIn.Of(http)).First();
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{ScreenLanguage.Tag(language)}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Text(error.Title.In(language))} | CashlessGateway</title>
              <link rel="icon" href="/favicon.ico" sizes="any">
              <link rel="stylesheet" href="/css/tokens.css">
              <link rel="stylesheet" href="/css/screen.css">
            </head>
            <body>
              <header class="top"><p class="name">CashlessGateway</p></header>
              <main id="main">
                <h1>{Text(error.Title.In(language))}</h1>
                <p>{Text(detail.In(language))}</p>
                <p><a href="{start.Address}">{Text(start.Name.In(language))}</a></p>
                <p>{(language == Language.English ? "If you ask somebody about it, tell them" : "問い合わせるときの番号")}: <code>{error.Status}</code> <code>{Text(trace)}</code></p>
              </main>
            </body>
            </html>

            """);
    }

    private static Words Next(int status) => status switch
    {
        401 => new("この画面を開くにはサインインが必要です。", "This page is for people who have signed in."),
        403 => new("あなたの役割ではこの画面または操作を使えません。必要なときは管理者に役割を頼んでください。何も変更されていません。", "Your roles do not open this page or action. If you need it, ask an administrator for the role. Nothing was changed."),
        404 => new("アドレスが違うか、あなたが見られるものの中にありません。", "The address is wrong, or it is not among what you may see."),
        405 => new("この画面はそのようには使えません。戻って、もう一度開いてください。", "This page is not used like that: go back and open it again."),
        503 => new("いま記録できないため、何も変更されていません。少し待ってからもう一度送ってください。", "It cannot be recorded now, so nothing was changed. Send it again in a moment."),
        _ => new("こちらの誤りです。記録しました。操作が行われたかどうかは、一覧を開き直して確かめてください。", "It is our mistake and was recorded. Open the list again to see whether your action was done."),
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
