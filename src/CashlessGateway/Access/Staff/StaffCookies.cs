using System.Globalization;
using System.Security.Cryptography;
using CashlessGateway.Money;
using Microsoft.AspNetCore.DataProtection;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// The cookies of staff. Over TLS their names begin with __Host-, so that no other host of the domain can plant one; without TLS, which is
/// Development on this machine only, browsers would refuse that.
/// </summary>
public sealed class StaffCookies(Settings settings, Clock clock, IDataProtectionProvider protection)
{
    /// <summary>Time to find the telephone.</summary>
    private static readonly TimeSpan StepLife = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("CashlessGateway.Staff.Step");

    public string SessionName => Name(settings, "staff");

    private string StepName => Name(settings, "staff-step");

    public static string FormsName(Settings settings) => Name(settings, "staff-forms");

    public SessionToken? Session(HttpRequest request) => SessionToken.Parse(request.Cookies[SessionName]);

    public void SetSession(HttpContext http, SessionToken token) => http.Response.Cookies.Append(SessionName, token.Text, Options());

    public void DropSession(HttpContext http) => http.Response.Cookies.Delete(SessionName, Options());

    /// <summary>Whose password was right, until the second factor comes.</summary>
    public void SetStep(HttpContext http, Person person, bool change, string returnPath)
    {
        var until = clock.Now().Plus(StepLife).Milliseconds.ToString(CultureInfo.InvariantCulture);
        http.Response.Cookies.Append(StepName, _protector.Protect(string.Join('\n', person.Municipality, person.Id, person.SecurityStamp, until, change ? "1" : "0", returnPath)), Options());
    }

    public SignInStep? Step(HttpRequest request)
    {
        if (request.Cookies[StepName] is not { Length: > 0 and < 4_000 } text) return null;
        try
        {
            return _protector.Unprotect(text).Split('\n') is [var municipality, var person, var stamp, var until, var change, var path] && long.Parse(until, CultureInfo.InvariantCulture) > clock.Now().Milliseconds
                ? new SignInStep(municipality, person, stamp, change == "1", path)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void DropStep(HttpContext http) => http.Response.Cookies.Delete(StepName, Options());

    private CookieOptions Options() => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = settings.SecureCookies, Path = "/", IsEssential = true };

    private static string Name(Settings settings, string name) => settings.SecureCookies ? $"__Host-{name}" : name;
}

/// <param name="Change">A change of operator in the session that is open in this browser.</param>
public sealed record SignInStep(string Municipality, string Person, string Stamp, bool Change, string ReturnPath);
