using System.Globalization;
using System.Net;
using System.Text;

namespace MatometeServer;

/// <summary>The customers' phones, on one page without a script.</summary>
internal static class CustomerPage
{
    private const int MostShown = 20;

    public static void Map(IEndpointRouteBuilder routes, Book book)
    {
        routes.MapGet("/", async http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(Page(book));
        });
        routes.MapPost("/phone/code", http => Do(http, form =>
        {
            if (Brand.Find(form["brand"]) is { } brand && Enum.TryParse<Customer>(form["customer"], out var customer) && Enum.IsDefined(customer)) book.NewCode(brand, customer);
        }));
        routes.MapPost("/phone/answer", http => Do(http, form => book.Answer(form["order"].ToString(), form["answer"] == "confirm")));
    }

    private static async Task Do(HttpContext http, Action<IFormCollection> work)
    {
        if (!http.Request.HasFormContentType)
        {
            http.Response.StatusCode = 400;
            return;
        }

        work(await http.Request.ReadFormAsync(http.RequestAborted));
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = "/";
    }

    private static string Page(Book book)
    {
        var (codes, charges, _) = book.All();
        var page = new StringBuilder("""
            <!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>お客様のスマートフォン</title>
            <style>body{font-family:sans-serif;max-width:48rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.4rem;text-align:left}form{display:inline}button{padding:.4rem .8rem}code{font-size:1.1rem}</style>
            <h1>お客様のスマートフォン</h1><p>まとめて（練習用の決済サーバー）。本物のお金は動きません。</p>
            <form method="post" action="/phone/code"><label>アプリ <select name="brand">
            """);
        foreach (var brand in Brand.All) page.Append(CultureInfo.InvariantCulture, $"""<option value="{brand.Word}">{Safe(brand.Name)}</option>""");
        page.Append("""
            </select></label> <label>お客様は <select name="customer"><option value="Pays">そのまま支払う</option><option value="Confirms">スマートフォンで確認する</option><option value="IsPoor">残高が足りない</option></select></label>
            <button>支払いコードを表示</button></form>
            <h2>読み取り待ちのコード</h2><table><tr><th>アプリ</th><th>コード（窓口で読み取る）</th></tr>
            """);
        foreach (var code in codes.TakeLast(MostShown).Reverse()) page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(Brand.Find(code.Brand)!.Name)}</td><td><code>{code.Code}</code></td></tr>");
        page.Append("</table><h2>支払い</h2><table><tr><th>注文</th><th>金額</th><th>状態</th><th></th></tr>");
        foreach (var charge in charges.TakeLast(MostShown).Reverse()) page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(charge.OrderId)}</td><td>{charge.Amount:N0}円</td><td>{Word(charge)}</td><td>{(charge.Status == Status.Waiting ? Buttons(charge) : "")}</td></tr>");
        return page.Append("</table></html>").ToString();
    }

    private static string Buttons(ChargeRow charge) =>
        $"""<form method="post" action="/phone/answer"><input type="hidden" name="order" value="{Safe(charge.OrderId)}"><button name="answer" value="confirm">確認して支払う</button> <button name="answer" value="refuse">やめる</button></form>""";

    private static string Word(ChargeRow charge) => charge.Status switch
    {
        Status.Waiting => "お客様の確認待ち",
        Status.Captured => "支払い済み",
        Status.Declined => "できませんでした（" + Safe(charge.DeclineCode ?? "") + "）",
        Status.Cancelled => "取消",
        Status.Expired => "時間切れ",
    };

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
