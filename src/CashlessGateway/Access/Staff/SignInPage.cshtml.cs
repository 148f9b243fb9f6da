using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/sign-in: by passkey, or by login and password and then a second factor.</summary>
[OpenDuringSetup]
[OpenToAll("where one signs in")]
public sealed class SignInPage(SignInCities cities, SignInSteps signIn, SignInStart start, StaffCookies cookies, FirstRun firstRun, PasskeyCeremonies passkeys, StaffTrail events) : FormScreen
{
    private static readonly Words Name = new("サインイン", "Sign in");

    public override Words Title => Wrong.Count == 0 ? Name : new($"サインインできません: {Name.Ja}", $"Not signed in: {Name.En}");

    /// <summary>Null when there are several and the address names none.</summary>
    public SignInCity? City { get; private set; }

    public IReadOnlyList<SignInCity> Cities { get; private set; } = [];

    /// <summary>What was typed, shown again.</summary>
    public string Login { get; private set; } = "";

    /// <summary>A colleague takes over in the session that is open here.</summary>
    public bool Change { get; private set; }

    public string ReturnPath { get; private set; } = "";

    public string SignInPath => City is null || Cities.Count == 1 ? "/sign-in" : $"/m/{City.Code}/sign-in";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await Load(Request.Query["change"], Request.Query["returnUrl"], cancellation);
        if (City is null && Request.RouteValues.ContainsKey("code")) return NotFound();
        if (Cities.Count == 0 && (await firstRun.Open(cancellation)).Any) return LocalRedirect("/setup");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await Load(Field("change"), Field("returnUrl", 600), cancellation);
        if (City is null) return NotFound();
        Login = Field("login");
        switch (await signIn.WithPassword(City.Code, Login, Field("password", SignInSteps.LongestPassword), HttpContext.Connection.RemoteIpAddress, cancellation))
        {
            case PasswordStep.Refused:
                return Again("login", new("ログイン名かパスワードが違います。", "The login name or the password is not right."));
            case PasswordStep.Wait(var left):
                Response.Headers.RetryAfter = ((int)Math.Ceiling(left.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Again("login", WaitWords.Of(left), StatusCodes.Status429TooManyRequests);
            case PasswordStep.Busy:
                return Again("login", SignInSteps.TooBusy, StatusCodes.Status503ServiceUnavailable);
            case PasswordStep.SecondFactor(var person):
                cookies.SetStep(HttpContext, person, Change, ReturnPath);
                return LocalRedirect("/sign-in/code");
            case PasswordStep.FirstTime(var person):
                return LocalRedirect(await start.InFull(HttpContext, person, Change, ReturnPath, cancellation));
            default:
                throw new InvalidOperationException("PasswordStep is a closed set.");
        }
    }

    /// <summary>What the browser is to ask the passkey, as JSON for its script.</summary>
    public async Task<IActionResult> OnPostQuestionAsync(CancellationToken cancellation)
    {
        await Load(null, null, cancellation);
        return City is null ? NotFound() : new JsonResult(await passkeys.Ask(City.Code, null, HttpContext));
    }

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancellation)
    {
        await Load(Field("change"), Field("returnUrl", 600), cancellation);
        if (City is null) return NotFound();
        if (await passkeys.Answered(City.Code, Field("state", PasskeyCeremonies.LongestAnswer), Field("answer", PasskeyCeremonies.LongestAnswer), HttpContext) is { } person)
            return LocalRedirect(await start.InFull(HttpContext, person, Change, ReturnPath, cancellation));
        await events.Note(new StaffEvent(City.Code, null, StaffAction.Refused, Detail: "passkey"));
        return Again("passkey", new("このパスキーではサインインできませんでした。もう一度試すか、パスワードを使ってください。", "This passkey did not sign you in. Try again, or use your password."));
    }

    private async Task Load(string? change, string? returnUrl, CancellationToken cancellation)
    {
        Cities = await cities.All(cancellation);
        City = await cities.Of(Request.RouteValues["code"] as string, cancellation);
        Change = change == "1" && HttpContext.Staff() is { } session && session.SessionKind != SessionKind.Setup && session.Municipality == City?.Code;
        ReturnPath = LocalPath.Of(returnUrl, Change ? "/operator" : "/account");
    }
}
