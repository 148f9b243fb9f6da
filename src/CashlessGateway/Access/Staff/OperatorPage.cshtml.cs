using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/operator: colleagues at one counter PC take turns, by passkey or by the PIN each has in this session.</summary>
[SignedInOnly]
public sealed class OperatorPage(PersonStore people, StaffSessions sessions, SessionPins pins, SignInStart start, PasskeyCeremonies passkeys, StaffTrail events) : SignedInScreen
{
    private static readonly Words Name = new("担当者の交代", "Change of operator");

    public override Words Title => Wrong.Count == 0 ? Name : new($"交代できません: {Name.Ja}", $"Not changed: {Name.En}");

    public IReadOnlyList<PinHolder> Others { get; private set; } = [];

    /// <summary>Chosen in the list before a wrong PIN.</summary>
    public string Chosen { get; private set; } = "";

    public bool HasPin { get; private set; }

    /// <summary>A PIN was set, or guessed away: another one takes a sign-in in full.</summary>
    public bool MaySetPin { get; private set; }

    public bool JustSet => Request.Query["done"] == "pin" && HasPin;

    public string ReturnPath { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation) => await Load(Request.Query["returnUrl"], cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await Load(Field("returnUrl", 600), cancellation);
        Chosen = Field("person");
        if (await people.Find(Session.Municipality, Chosen, cancellation) is not { DisabledAt: null } person) return Again("pin", NotHere);
        if (await sessions.KindOf(person) != SessionKind.Counter)
            return Again("pin", new("出納室や管理の権限がある人は、パスキーで交代してください。", "Who works in the treasury or administration takes over with a passkey."));
        switch (await pins.Try(Session, person, Field("pin"), cancellation))
        {
            case PinAnswer.Right:
                return LocalRedirect(await start.ByPin(HttpContext, Session, person, cancellation) ? ReturnPath : "/sign-in");
            case PinAnswer.Wrong(var left):
                return Again("pin", new($"PINが違います。あと{left}回まちがえると、このPINは使えなくなります。", $"Not the PIN. {left} more wrong ones and it is gone."));
            case PinAnswer.Busy:
                return Again("pin", SignInSteps.TooBusy, StatusCodes.Status503ServiceUnavailable);
            default:
                if (Others.Any(other => other.Person == person.Id)) await events.Note(new StaffEvent(Session.Municipality, person.Id, StaffAction.PinGone, Session.Id));
                await Load(ReturnPath, cancellation);
                return Again("pin", NotHere);
        }
    }

    public async Task<IActionResult> OnPostPinAsync(CancellationToken cancellation)
    {
        await Load(Field("returnUrl", 600), cancellation);
        var pin = Field("new");
        if (pin != Field("again")) return Again("new", new("2つの欄が同じではありません。", "The two are not the same."));
        if (!MaySetPin || await people.Find(Session.Municipality, Session.Person, cancellation) is not { } person) return Again("new", new("PINを変えるには、もう一度サインインしてください。", "Sign in again to change your PIN."));
        if (await pins.Set(Session, person, pin, cancellation) is { } wrong) return Again("new", wrong);
        await events.Note(new StaffEvent(Session.Municipality, Session.Person, StaffAction.PinSet, Session.Id));
        return LocalRedirect("/operator?done=pin");
    }

    public async Task<IActionResult> OnPostQuestionAsync(CancellationToken cancellation) => new JsonResult(await passkeys.Ask(Session.Municipality, null, HttpContext));

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancellation)
    {
        await Load(Field("returnUrl", 600), cancellation);
        return await passkeys.Answered(Session.Municipality, Field("state", PasskeyCeremonies.LongestAnswer), Field("answer", PasskeyCeremonies.LongestAnswer), HttpContext) is { } person
            ? LocalRedirect(await start.InFull(HttpContext, person, change: true, ReturnPath, cancellation))
            : Again("passkey", new("このパスキーでは交代できませんでした。", "This passkey did not change the operator."));
    }

    private static readonly Words NotHere = new("この端末ではPINで交代できません。パスキーか、パスワードでサインインしてください。", "No PIN works here for this person. Use a passkey, or sign in in full.");

    private async Task Load(string? returnUrl, CancellationToken cancellation)
    {
        var holders = await pins.Holders(Session, cancellation);
        Others = holders.FindAll(holder => holder.Person != Session.Person);
        HasPin = holders.Exists(holder => holder.Person == Session.Person);
        MaySetPin = Session.SessionKind == SessionKind.Counter && !await pins.HasHad(Session, Session.Person, cancellation);
        ReturnPath = LocalPath.Of(returnUrl, "/operator");
    }
}
