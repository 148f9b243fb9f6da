using System.Text;
using CashlessGateway.Sandbox.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Stripe.Pages;

/// <summary>The customer's side: the page that Stripe hosts, and the reader on the counter. Plain forms, no script.</summary>
internal static class StripePages
{
    private const int ShownSessions = 50;

    public static void Map(IEndpointRouteBuilder routes, StripeSandbox sandbox)
    {
        routes.MapGet("/", http => Html(http, StatusCodes.Status200OK, sandbox.Book.Do(() => StripeIndexPage.Write(sandbox, [.. sandbox.Book.Sessions.NewestFirst().Take(ShownSessions)]))));
        routes.MapGet("/pay/{id}", http => ShowCard(http, sandbox));
        routes.MapPost("/pay/{id}", http => Act(http, sandbox, "/pay/"));
        routes.MapGet("/reader/{id}", http => ShowReader(http, sandbox));
        routes.MapPost("/reader/{id}", http => Act(http, sandbox, "/reader/"));
        routes.MapGet("/style.css", http => Send(http, StatusCodes.Status200OK, "text/css; charset=utf-8", Stylesheet.Text));
        // Browsers ask for it unasked; a 404 would be the only red line in the console.
        routes.MapGet("/favicon.ico", http => Send(http, StatusCodes.Status200OK, "image/svg+xml", """<svg xmlns="http://www.w3.org/2000/svg"/>"""));
    }

    private static Task ShowCard(HttpContext http, StripeSandbox sandbox)
    {
        var page = sandbox.Book.Do(() => sandbox.Book.Sessions.Find(IdOf(http)) is { } session ? CardPage.Write(sandbox, session) : null);
        return page is null ? NotFound(http) : Html(http, StatusCodes.Status200OK, page);
    }

    private static Task ShowReader(HttpContext http, StripeSandbox sandbox)
    {
        var page = sandbox.Book.Do(() => sandbox.Book.Readers.Find(IdOf(http)) is { } reader ? ReaderPage.Write(sandbox, reader) : null);
        return page is null ? NotFound(http) : Html(http, StatusCodes.Status200OK, page);
    }

    /// <summary>Redirects after the deed, so that reloading the page pays nothing twice.</summary>
    private static async Task Act(HttpContext http, StripeSandbox sandbox, string path)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (OutcomeOf(form["outcome"].ToString()) is not { } outcome)
        {
            await Html(http, StatusCodes.Status400BadRequest, Layout.Write("選ばれていません", "<p>前の画面にもどって、ボタンを押してください。</p>", "Stripe"));
            return;
        }

        if (sandbox.Customer.Pay(IdOf(http), outcome) == StripeCustomerResult.NotFound)
        {
            await NotFound(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path + IdOf(http);
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static Task NotFound(HttpContext http) =>
        Html(http, StatusCodes.Status404NotFound, Layout.Write("見つかりません", "<p>この番号の支払いや端末はありません。</p>", "Stripe"));

    private static StripeCustomerOutcome? OutcomeOf(string word) => word switch
    {
        "pay" => StripeCustomerOutcome.Pay,
        "payWithApproval" => StripeCustomerOutcome.PayWithApproval,
        "approve" => StripeCustomerOutcome.Approve,
        "refuseApproval" => StripeCustomerOutcome.RefuseApproval,
        "decline" => StripeCustomerOutcome.Decline,
        "cancel" => StripeCustomerOutcome.Cancel,
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
