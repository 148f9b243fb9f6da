using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/account: what belongs to the person who is signed in. Changes ask for the password again, since counter PCs are left alone at times.</summary>
[OpenDuringSetup]
[SignedInOnly]
public sealed class AccountPage(PersonStore people, StaffAccounts accounts, StaffSessions sessions, SignInSteps signIn, SignInStart start, PasskeyCeremonies passkeys, StaffTrail events) : SignedInScreen
{
    private static readonly Words Name = new("アカウント", "Your account");

    public override Words Title => this switch
    {
        { Codes.Count: > 0 } => new("回復コード", "Recovery codes"),
        { Wrong.Count: > 0 } => new($"変更できません: {Name.Ja}", $"Not changed: {Name.En}"),
        _ => Name,
    };

    public Person Person { get; private set; } = null!;

    public string City { get; private set; } = "";

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];

    public IReadOnlyList<StaffSession> Sessions { get; private set; } = [];

    public int CodesLeft { get; private set; }

    /// <summary>New recovery codes, shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>First sign-in: something is still to be done.</summary>
    public bool IsSetup => Session.SessionKind == SessionKind.Setup;

    public bool NeedsPassword => Person.PasswordChangedAt is null;

    public bool HasSecondFactor => Person.HasCodes || Passkeys.Count > 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await Load(cancellation) ? Page() : LocalRedirect("/sign-in");

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        var password = Field("new", SignInSteps.LongestPassword);
        if (password != Field("again", SignInSteps.LongestPassword)) return Again("new", new("2つの欄が同じではありません。", "The two are not the same."));
        if (await Proven("password-now", cancellation) is { } refused) return refused;
        if (await accounts.SetPassword(Person, password, cancellation) is { } wrong) return Again("new", wrong);
        return await Done(cancellation);
    }

    public async Task<IActionResult> OnPostQuestionAsync(CancellationToken cancellation) =>
        await Load(cancellation) ? new JsonResult(await passkeys.AskForNew(Person, HttpContext)) : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        var name = Field("name").Trim();
        if (name.Length is 0 or > PersonStore.LongestPasskeyName || name.Any(char.IsControl)) return Again("passkey-name", new($"どの機器かわかる名前を{PersonStore.LongestPasskeyName}文字までで付けてください。", $"Give it a name of up to {PersonStore.LongestPasskeyName} characters."));
        if (Passkeys.Count >= PersonStore.MostPasskeys) return Again("passkey-name", new($"パスキーは{PersonStore.MostPasskeys}個までです。", $"{PersonStore.MostPasskeys} passkeys are the most."));
        if (await Proven("passkey-now", cancellation) is { } refused) return refused;
        if (await passkeys.Made(Person, Field("state", PasskeyCeremonies.LongestAnswer), Field("answer", PasskeyCeremonies.LongestAnswer), HttpContext) is not { } passkey)
            return Again("passkey-name", new("パスキーを登録できませんでした。もう一度試してください。", "The passkey was not added. Please try again."));
        passkey.Name = name;
        if (!await people.Add(Person, passkey, cancellation)) return Again("passkey-name", new("このパスキーはすでに登録されています。", "This passkey is known already."));
        await events.Note(new StaffEvent(Person.Municipality, Person.Id, StaffAction.PasskeyAdded, Session.Id));
        return await Done(cancellation);
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        var name = Field("name").Trim();
        if (name.Length is 0 or > PersonStore.LongestPasskeyName || name.Any(char.IsControl)) return Again("passkeys", new($"名前を{PersonStore.LongestPasskeyName}文字までで付けてください。", $"Give it a name of up to {PersonStore.LongestPasskeyName} characters."));
        await people.Rename(Person, Field("passkey"), name, cancellation);
        return LocalRedirect("/account#passkeys");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        if (await Proven("passkeys", cancellation) is { } refused) return refused;
        if (await accounts.RemovePasskey(Person, Field("passkey"), cancellation) is { } wrong) return Again("passkeys", wrong);
        return await Done(cancellation);
    }

    public async Task<IActionResult> OnPostCodesOffAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        if (await Proven("codes-now", cancellation) is { } refused) return refused;
        if (await accounts.TurnCodesOff(Person, cancellation) is { } wrong) return Again("codes-now", wrong);
        return await Done(cancellation);
    }

    public async Task<IActionResult> OnPostRecoveryAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        if (await Proven("recovery-now", cancellation) is { } refused) return refused;
        if (!HasSecondFactor) return LocalRedirect("/account");
        Codes = await accounts.NewRecoveryCodes(Person, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        var which = Field("session");
        foreach (var session in Sessions.Where(session => which == "others" ? session.Id != Session.Id : session.Id == which))
        {
            await sessions.End(session, "endedByOwner", cancellation);
            await events.Note(new StaffEvent(Person.Municipality, Person.Id, StaffAction.SessionEnded, session.Id));
        }

        return LocalRedirect("/account#sessions");
    }

    /// <summary>In a first sign-in the password was typed a moment ago.</summary>
    private async Task<IActionResult?> Proven(string field, CancellationToken cancellation)
    {
        if (IsSetup) return null;
        return await signIn.Again(Person, Field("now", SignInSteps.LongestPassword), HttpContext.Connection.RemoteIpAddress, cancellation) switch
        {
            PasswordStep.SecondFactor => null,
            PasswordStep.Wait(var left) => Again(field, WaitWords.Of(left), StatusCodes.Status429TooManyRequests),
            PasswordStep.Busy => Again(field, SignInSteps.TooBusy, StatusCodes.Status503ServiceUnavailable),
            _ => Again(field, new("今のパスワードが違います。", "This is not your present password.")),
        };
    }

    /// <summary>This browser goes on in a new session. Whoever has a second factor for the first time is shown the recovery codes.</summary>
    private async Task<IActionResult> Done(CancellationToken cancellation)
    {
        await start.Renew(HttpContext, Person, cancellation);
        if (!await accounts.HasSecondFactor(Person, cancellation) || await people.CountCodesAsync(Person, cancellation) > 0) return LocalRedirect("/account");
        Codes = await accounts.NewRecoveryCodes(Person, cancellation);
        return Page();
    }

    private async Task<bool> Load(CancellationToken cancellation)
    {
        if (await people.Find(Session.Municipality, Session.Person, cancellation) is not { } person) return false;
        Person = person;
        City = await accounts.City(person.Municipality, cancellation);
        Passkeys = await people.Passkeys(person, cancellation);
        Sessions = await sessions.Open(person.Municipality, person.Id, cancellation);
        CodesLeft = await people.CountCodesAsync(person, cancellation);
        return true;
    }
}
