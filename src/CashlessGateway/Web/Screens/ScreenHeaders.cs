using Microsoft.AspNetCore.Mvc.Filters;

namespace CashlessGateway.Web.Screens;

/// <summary>What every page tells the browser: nothing is loaded or sent anywhere but here, and no other site frames it.</summary>
internal sealed class ScreenHeaders : IAlwaysRunResultFilter
{
    public const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>A picture that is opened by itself loads nothing at all.</summary>
    private const string PicturePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // Not "no-referrer": browsers would then hide the origin of our own forms, and OwnPosts would refuse them.
        headers["Referrer-Policy"] = "same-origin";
        ScreenLanguage.Remember(context.HttpContext);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    public static void ForPicture(HttpResponse response) => response.Headers.ContentSecurityPolicy = PicturePolicy;
}
