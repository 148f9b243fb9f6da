using System.Text;
using CashlessGateway.Sandbox.PayPay;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Pages;

/// <summary>The customer's side: what a phone would show. Plain forms, no script.</summary>
internal static class CustomerPages
{
    private const int ShownCodes = 50;

    public static void Map(IEndpointRouteBuilder routes, PayPaySandbox sandbox)
    {
        routes.MapGet("/", http => Html(http, StatusCodes.Status200OK, IndexPage.Write(sandbox, sandbox.Book.Newest(ShownCodes))));
        routes.MapGet("/pay/{code}", http => Show(http, sandbox));
        routes.MapPost("/pay/{code}", http => Act(http, sandbox));
        routes.MapGet("/pay/{code}/qr.svg", http => Symbol(http, sandbox));
        routes.MapGet("/style.css", http => Send(http, StatusCodes.Status200OK, "text/css; charset=utf-8", Stylesheet.Text));
        // Browsers ask for it unasked; a 404 would be the only red line in the console.
        routes.MapGet("/favicon.ico", http => Send(http, StatusCodes.Status200OK, "image/svg+xml", """<svg xmlns="http://www.w3.org/2000/svg"/>"""));
    }

    private static Task Show(HttpContext http, PayPaySandbox sandbox) => Code(http, sandbox) is { } entry
        ? Html(http, StatusCodes.Status200OK, PayPage.Write(sandbox, entry, walkedAway: http.Request.Query.ContainsKey("left")))
        : Html(http, StatusCodes.Status404NotFound, Layout.Write("コードが見つかりません", "<p>この番号のコードはありません。</p>"));

    /// <summary>Redirects after the deed, so that reloading the page pays nothing twice.</summary>
    private static async Task Act(HttpContext http, PayPaySandbox sandbox)
    {
        if (Code(http, sandbox) is not { } entry)
        {
            await Show(http, sandbox);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (OutcomeOf(form["outcome"].ToString()) is not { } outcome)
        {
            await Html(http, StatusCodes.Status400BadRequest, Layout.Write("選ばれていません", "<p>前の画面にもどって、ボタンを押してください。</p>"));
            return;
        }

        var (result, _) = sandbox.Customer.Pay(entry, outcome);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/pay/{entry.Order.CodeId}{(result == CustomerResult.WalkedAway ? "?left=1" : "")}";
    }

    private static Task Symbol(HttpContext http, PayPaySandbox sandbox)
    {
        if (Code(http, sandbox) is { } entry) return Send(http, StatusCodes.Status200OK, "image/svg+xml", QrSymbol.Svg(PayUrl(sandbox, entry)));
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string PayUrl(PayPaySandbox sandbox, BookEntry entry) => new Uri(sandbox.Address, "pay/" + entry.Order.CodeId).AbsoluteUri;

    private static BookEntry? Code(HttpContext http, PayPaySandbox sandbox) => sandbox.Book.FindCode((string)http.Request.RouteValues["code"]!);

    private static CustomerOutcome? OutcomeOf(string word) => word switch
    {
        "pay" => CustomerOutcome.Pay,
        "walkAway" => CustomerOutcome.WalkAway,
        "insufficientFunds" => CustomerOutcome.InsufficientFunds,
        _ => null,
    };

    private static Task Html(HttpContext http, int status, string page) => Send(http, status, "text/html; charset=utf-8", page);

    private static Task Send(HttpContext http, int status, string type, string text)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).AsTask();
    }
}
