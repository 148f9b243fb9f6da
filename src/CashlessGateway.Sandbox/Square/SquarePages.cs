using System.Text;
using CashlessGateway.Sandbox.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Square;

/// <summary>The customer's side: each Terminal and what it shows. Plain forms, no script.</summary>
internal static class SquarePages
{
    private const string Title = "Square端末の一覧";

    private const int ShownCodes = 10;

    public static void Map(IEndpointRouteBuilder routes, SquareSandbox sandbox)
    {
        routes.MapGet("/", http => Html(http, Page(sandbox)));
        routes.MapPost("/checkouts/{id}", http => Act(http, sandbox));
        routes.MapPost("/codes/{code}", http => Pair(http, sandbox));
        routes.MapGet("/style.css", http => Send(http, "text/css; charset=utf-8", Stylesheet.Text));
        // Browsers ask for it unasked; a 404 would be the only red line in the console.
        routes.MapGet("/favicon.ico", http => Send(http, "image/svg+xml", """<svg xmlns="http://www.w3.org/2000/svg"/>"""));
    }

    private static string Page(SquareSandbox sandbox)
    {
        var now = sandbox.Time.GetUtcNow();
        var body = new StringBuilder("""<p><a class="button second" href="/">新しくする</a></p>""");
        var devices = sandbox.Devices();
        lock (sandbox.Book.Gate)
        {
            foreach (var device in devices) body.Append(Device(sandbox, device, now));
            foreach (var code in sandbox.Book.Codes.Where(code => code.StatusAt(now) == "UNPAIRED").Take(ShownCodes)) body.Append(Code(code));
        }

        return Layout.Write(Title, body.ToString(), "Square");
    }

    private static string Device(SquareSandbox sandbox, SquareDevice device, DateTimeOffset now) => $"""
        <section><h2>{Layout.Text(device.Name)}</h2><p>{Layout.Text(device.Id)}</p>
        {(sandbox.Book.OfDevice(device.Id).FirstOrDefault(checkout => CheckoutRules.IsOpenAt(checkout, now, sandbox.Terms)) is { } open ? Shown(open) : Last(sandbox, device, now))}
        </section>
        """;

    private static string Shown(CheckoutRecord checkout) => $"""
        <dl><dt>内容</dt><dd>{Layout.Text(checkout.Note)}</dd><dt>金額</dt><dd class="amount">{Layout.Yen(checkout.Amount)}</dd><dt>方法</dt><dd>{Way(checkout.PaymentType)}</dd><dt>番号</dt><dd>{Layout.Text(checkout.ReferenceId)}</dd></dl>
        {(checkout.Stuck ? """<p class="result" role="status"><span aria-hidden="true">!</span> 読み取りエラーです。端末で取り消してください。</p>""" : "")}
        <form method="post" action="/checkouts/{checkout.Id}">
        {(checkout.Stuck ? "" : Payments(checkout))}
        {(checkout.Stuck ? """<button class="button" name="act" value="endAtTerminal">端末で取り消す</button>""" : "")}
        </form>
        """;

    private static string Payments(CheckoutRecord checkout) => $"""
        <button class="button" name="act" value="pay">支払う（タッチ・挿入・読み取り）</button>
        <button class="button second" name="act" value="begin">端末の前に立つ</button>
        <button class="button second" name="act" value="refuse">カード会社にことわられる</button>
        <button class="button second" name="act" value="buyerCancel">端末で「取消」を押す</button>
        <button class="button second" name="act" value="walkAway">そのまま立ち去る</button>
        {(CheckoutRules.IsEMoney(checkout.PaymentType) ? """<button class="button second" name="act" value="terminalError">読み取りエラーにする</button>""" : "")}
        """;

    private static string Last(SquareSandbox sandbox, SquareDevice device, DateTimeOffset now)
    {
        if (sandbox.Book.OfDevice(device.Id).LastOrDefault() is not { } last) return "<p>何も表示していません。</p>";
        var how = CheckoutRules.StatusAt(last, now, sandbox.Terms) == SquareStatus.Completed ? "✓ 支払いました" : CheckoutRules.ReasonAt(last, now, sandbox.Terms) switch
        {
            "TIMED_OUT" => "× 時間切れです。お金は引かれていません",
            "SELLER_CANCELED" => "× お店が取り消しました。お金は引かれていません",
            _ => "× 取り消しました。お金は引かれていません",
        };
        return $"""<p class="result" role="status">{how}（{Layout.Yen(last.Amount)}）</p>""";
    }

    private static string Code(CodeRecord code) => $"""
        <section><h2>新しい端末: {Layout.Text(code.Name)}</h2>
        <form method="post" action="/codes/{code.Code}"><button class="button">コード {Layout.Text(code.Code)} を端末に入力する</button></form></section>
        """;

    private static string Way(string paymentType) => paymentType switch
    {
        "FELICA_ID" => "iD",
        "FELICA_QUICPAY" => "QUICPay",
        "FELICA_TRANSPORTATION_GROUP" => "交通系電子マネー",
        "FELICA_ALL" => "電子マネー",
        "QR_CODE" or "PAYPAY" => "QRコード",
        _ => "カード",
    };

    /// <summary>Redirects after the deed, so that reloading the page pays nothing twice.</summary>
    private static async Task Act(HttpContext http, SquareSandbox sandbox)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (ActOf(form["act"].ToString()) is { } act) sandbox.Customer.Do((string)http.Request.RouteValues["id"]!, act);
        Back(http);
    }

    private static Task Pair(HttpContext http, SquareSandbox sandbox)
    {
        sandbox.Customer.Pair((string)http.Request.RouteValues["code"]!);
        Back(http);
        return Task.CompletedTask;
    }

    private static void Back(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/";
    }

    private static SquareAct? ActOf(string word) => word switch
    {
        "pay" => SquareAct.Pay,
        "begin" => SquareAct.Begin,
        "refuse" => SquareAct.Refuse,
        "buyerCancel" => SquareAct.BuyerCancel,
        "walkAway" => SquareAct.WalkAway,
        "terminalError" => SquareAct.TerminalError,
        "endAtTerminal" => SquareAct.EndAtTerminal,
        _ => null,
    };

    private static Task Html(HttpContext http, string page) => Send(http, "text/html; charset=utf-8", page);

    private static Task Send(HttpContext http, string type, string text)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).AsTask();
    }
}
