using System.Reflection;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CashlessGateway.Access.Roles;

/// <summary>
/// Stands before every page and route. What says nothing about who may use it is used by nobody: a page that somebody forgot to
/// declare is closed, not open.
/// </summary>
public sealed class RightsGate(SignedIn signedIn, IAuthenticationSchemeProvider schemes, ILogger<RightsGate> log)
{
    public async Task Invoke(HttpContext http, RequestDelegate next)
    {
        // The API asks for its key and scope by itself; what is no route is a 404 or a 405 without us.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<Operation>() is not null)
        {
            await next(http);
            return;
        }

        if (Declaration(endpoint) is not { } declared)
        {
            log.LogError("{Route} does not say who may use it, so nobody may.", endpoint.RoutePattern.RawText);
            await ErrorPage.Write(http, StaffErrors.NotAllowed);
            return;
        }

        // On open pages too: the frame shows who sits there.
        var staff = IsPage(endpoint) || declared is not OpenToAllAttribute ? await signedIn.Find(http) : null;
        switch (declared)
        {
            case not OpenToAllAttribute when staff is null:
                await AskToSignIn(http);
                break;
            case NeedsAttribute needs when !needs.IsMetBy(staff!):
                await ErrorPage.Write(http, StaffErrors.NotAllowed);
                break;
            default:
                await next(http);
                break;
        }
    }

    /// <summary>What a page's class, or the route itself, says.</summary>
    internal static Attribute? Declaration(Endpoint endpoint) => endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page
        ? page.ModelTypeInfo is { } model ? Declaration(model) : null
        : endpoint.Metadata.GetMetadata<NeedsAttribute>() ?? endpoint.Metadata.GetMetadata<SignedInOnlyAttribute>() ?? (Attribute?)endpoint.Metadata.GetMetadata<OpenToAllAttribute>();

    internal static Attribute? Declaration(MemberInfo type) =>
        type.GetCustomAttribute<NeedsAttribute>() ?? type.GetCustomAttribute<SignedInOnlyAttribute>() ?? (Attribute?)type.GetCustomAttribute<OpenToAllAttribute>();

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not null;

    private async Task AskToSignIn(HttpContext http)
    {
        if (await schemes.GetSchemeAsync(SignedIn.Scheme) is not null) await http.ChallengeAsync(SignedIn.Scheme);
        else await ErrorPage.Write(http, StaffErrors.SignInFirst);
    }
}

/// <summary>The right that one form of a page asks for, beyond the right to see the page; and no form that the page does not have.</summary>
internal sealed class HandlerRights : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var method = context.HttpContext.Request.Method;
        if (context.HandlerMethod is not { } handler)
        {
            // Without a handler Razor Pages would draw the page all the same, and whoever sent the form would believe that something was done.
            if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) context.Result = new Microsoft.AspNetCore.Mvc.NotFoundResult();
            else await next();
            return;
        }

        if (handler.MethodInfo.GetCustomAttribute<NeedsAttribute>() is { } needs && !(SignedIn.Of(context.HttpContext) is { } staff && needs.IsMetBy(staff)))
        {
            context.Result = new ErrorResult(StaffErrors.NotAllowed);
            return;
        }

        await next();
    }
}

/// <summary>An error page as what came of a page.</summary>
internal sealed class ErrorResult(ErrorCode error) : Microsoft.AspNetCore.Mvc.IActionResult
{
    public Task ExecuteResultAsync(Microsoft.AspNetCore.Mvc.ActionContext context) => ErrorPage.Write(context.HttpContext, error);
}
