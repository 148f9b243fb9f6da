using System.Net;
using CashlessGateway.Access.Roles;

namespace CashlessGateway.Web;

/// <summary>GET /problems/{code}: the page that a problem's `type` leads to.</summary>
public static class ProblemPages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{code}", static http =>
        {
            var code = http.Request.RouteValues["code"] as string;
            return Api.Write(http, Errors.All.FirstOrDefault(error => error.Code == code) is { } found ? Reply.Html(Page(found)) : new Problem(Errors.NotFound));
        }).WithMetadata(new OpenToAllAttribute("says what an error code means"));

    private static string Page(ErrorCode error) => $"""
        <!doctype html>
        <html lang="ja">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{error.Code}</title></head>
        <body>
        <h1>{WebUtility.HtmlEncode(error.Title.Ja)}</h1>
        <p lang="en">{WebUtility.HtmlEncode(error.Title.En)}</p>
        <p><code>{error.Code}</code> (HTTP {error.Status})</p>
        </body>
        </html>
        """;
}
