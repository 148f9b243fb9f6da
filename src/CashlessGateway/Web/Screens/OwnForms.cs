using CashlessGateway.Access.Staff;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// A form of a page with a session has to carry the token that this page gave out: to this browser, for this person in this session.
/// <see cref="OwnPosts"/> rests on what browsers say of a form's origin; this rests on a secret, and holds where an old browser says nothing.
/// </summary>
/// <param name="always">The page has a token before anybody has signed in.</param>
/// <param name="inSession">The page has one for whoever sits there.</param>
internal sealed class OwnForms(bool always, bool inSession) : IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>After the limits of a request's size, which are set at 900.</summary>
    public int Order => 1_000;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!(always || inSession && http.Staff() is not null) || context.Result is not null || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return;
        try
        {
            if (!http.Request.HasFormContentType || !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)) context.Result = Refusal;
        }
        catch (Exception error) when (error is AntiforgeryValidationException or BadHttpRequestException or InvalidDataException)
        {
            context.Result = (error as BadHttpRequestException ?? error.InnerException) is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? TooLarge : Refusal;
        }
    }

    private static ContentResult Refusal => Text(StatusCodes.Status400BadRequest,
        "画面が古くなっているか、担当者が替わったため受け付けませんでした。画面を開き直して、もう一度送ってください。\nThe page is too old, or somebody else has signed in since. Open it again and send it from there.\n");

    private static ContentResult TooLarge => Text(StatusCodes.Status413PayloadTooLarge, "長すぎて受け取れませんでした。\nToo long to be taken.\n");

    private static ContentResult Text(int status, string words) => new() { StatusCode = status, ContentType = "text/plain; charset=utf-8", Content = words };
}
