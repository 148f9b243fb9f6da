using System.Security.Claims;
using System.Text.Encodings.Web;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CashlessGateway.Tests.Access;

/// <summary>Somebody who has signed in, as a header says: municipality/person/session. Without the header the real sign-in counts.</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, StaffCookies cookies, StaffSessions sessions) : StaffAuthentication(options, log, encoder, cookies, sessions)
{
    public const string Header = "X-Test-Staff";

    public static void Add(IServiceCollection services)
    {
        services.AddTransient<TestSignIn>();
        services.PostConfigure<AuthenticationOptions>(static options => options.SchemeMap[SignedIn.Scheme].HandlerType = typeof(TestSignIn));
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString().Split('/') is not [var municipality, var person, var session]) return await base.HandleAuthenticateAsync();
        var identity = new ClaimsIdentity([new Claim("municipality", municipality), new Claim("person", person), new Claim("session", session)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
