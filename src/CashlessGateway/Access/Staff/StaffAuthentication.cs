using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// Who sits at the browser, by the cookie's session. A session of a first sign-in counts only on pages that say so: whatever forgets to
/// ask is closed to it.
/// </summary>
public class StaffAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, StaffCookies cookies, StaffSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "staff";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookies.Session(Request) is not { } token || await sessions.Find(token, Context.RequestAborted) is not { } session) return AuthenticateResult.NoResult();
        if (session.SessionKind == SessionKind.Setup && Context.GetEndpoint()?.Metadata.GetMetadata<OpenDuringSetupAttribute>() is null) return AuthenticateResult.NoResult();
        Context.Features.Set(session);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(session), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect(SignInAddress(Request));
        return Task.CompletedTask;
    }

    /// <summary>And back afterwards. What was sent in a form is lost, and its address may not be one to come back to.</summary>
    internal static string SignInAddress(HttpRequest request) =>
        QueryHelpers.AddQueryString("/sign-in", "returnUrl", HttpMethods.IsGet(request.Method) ? LocalPath.Of(request.Path + request.QueryString, "/account") : "/account");

    /// <summary>Forms are bound to the session and to who acts in it, so that a page that an earlier operator left open sends nothing in a colleague's name.</summary>
    private static ClaimsPrincipal Principal(StaffSession session) => new(new ClaimsIdentity(
    [
        new Claim("sub", $"{session.Municipality}/{session.Id}/{session.Person}"),
        new Claim(ClaimTypes.NameIdentifier, session.Person),
        new Claim(ClaimTypes.Name, session.Name),
        new Claim("municipality", session.Municipality),
        new Claim("person", session.Person),
        new Claim("session", session.Id),
        new Claim("kind", session.Kind),
    ], SchemeName));
}

/// <summary>This page opens in the session of a first sign-in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenDuringSetupAttribute : Attribute;

public static class StaffRequest
{
    /// <summary>The session of this request, or null.</summary>
    public static StaffSession? Staff(this HttpContext http) => http.Features.Get<StaffSession>();
}
