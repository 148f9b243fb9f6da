using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// Forms are taken from our own pages only. Browsers say where a form comes from (Sec-Fetch-Site, and Origin where they do not trust
/// the connection), and no site can make them say otherwise; what says neither is not a browser and carries nobody's cookies.
/// </summary>
internal sealed class OwnPosts : IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        if (!IsOwn(request, context.HttpContext.RequestServices.GetRequiredService<Settings>().PublicUrl)) context.Result = Refusal;
    }

    private static ContentResult Refusal => new()
    {
        StatusCode = StatusCodes.Status403Forbidden,
        ContentType = "text/plain; charset=utf-8",
        Content = "ほかのサイトから送られたため受け付けませんでした。画面を開き直して、もう一度送ってください。\nIt was sent from another site and not accepted. Open the page again and send it from there.\n",
    };

    private static bool IsOwn(HttpRequest request, Uri publicUrl)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site]) return site is "same-origin" or "none";
        if (request.Headers.Origin is not [{ } text]) return true;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        // Behind a proxy the host may be another one than the payer's browser sees.
        return string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase) || string.Equals(origin.Authority, publicUrl.Authority, StringComparison.OrdinalIgnoreCase);
    }
}
