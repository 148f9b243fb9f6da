using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/sign-in/code: the second factor of somebody whose password was right a moment ago.</summary>
[OpenDuringSetup]
[OpenToAll("the second step of signing in")]
public sealed class SignInCodePage(PersonStore people, SignInSteps signIn, SignInStart start, StaffCookies cookies, PasskeyCeremonies passkeys) : FormScreen
{
    private static readonly Words Name = new("確認コード", "Your code");

    public override Words Title => Wrong.Count == 0 ? Name : new($"コードが違います: {Name.Ja}", $"Not the code: {Name.En}");

    public bool HasCodes { get; private set; }

    public bool HasPasskeys { get; private set; }

    private Person _person = null!;
    private SignInStep _step = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await Load(cancellation) ? Page() : LocalRedirect("/sign-in");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        switch (await signIn.WithCode(_person, Field("code"), cancellation))
        {
            case CodeStep.Right:
                return LocalRedirect(await start.InFull(HttpContext, _person, _step.Change, _step.ReturnPath, cancellation));
            case CodeStep.Wait(var left):
                return Again("code", WaitWords.Of(left), StatusCodes.Status429TooManyRequests);
            default:
                return Again("code", new("コードが違うか、もう使われています。アプリに今表示されているコードを入力してください。", "This is not the code, or it was used already. Enter the one your app shows now."));
        }
    }

    public async Task<IActionResult> OnPostQuestionAsync(CancellationToken cancellation) =>
        await Load(cancellation) ? new JsonResult(await passkeys.Ask(_person.Municipality, _person, HttpContext)) : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        var answered = await passkeys.Answered(_person.Municipality, Field("state", PasskeyCeremonies.LongestAnswer), Field("answer", PasskeyCeremonies.LongestAnswer), HttpContext);
        return answered?.Id == _person.Id
            ? LocalRedirect(await start.InFull(HttpContext, answered, _step.Change, _step.ReturnPath, cancellation))
            : Again("passkey", new("このパスキーではサインインできませんでした。", "This passkey did not sign you in."));
    }

    /// <summary>Whoever was disabled or changed something since begins again.</summary>
    private async Task<bool> Load(CancellationToken cancellation)
    {
        if (cookies.Step(Request) is not { } step) return false;
        if (await people.Find(step.Municipality, step.Person, cancellation) is not { DisabledAt: null } person || person.SecurityStamp != step.Stamp) return false;
        (_person, _step) = (person, step);
        HasCodes = person.HasCodes;
        HasPasskeys = (await people.Passkeys(person, cancellation)).Count > 0;
        return true;
    }
}
