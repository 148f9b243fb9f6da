using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>What happens in the browser once a person is known: the session, its cookie, the event.</summary>
public sealed class SignInStart(StaffSessions sessions, StaffCookies cookies, StaffAccounts accounts, SessionPins pins, StaffTrail events)
{
    /// <summary>Nothing but setting up opens yet.</summary>
    public static string SetupPath => "/account";

    /// <summary>After a sign-in in full. Where to go on.</summary>
    /// <param name="change">In the session of this browser, which stays a colleague's too.</param>
    public async Task<string> InFull(HttpContext http, Person person, bool change, string returnPath, CancellationToken cancellation)
    {
        cookies.DropStep(http);
        var earlier = http.Staff();
        if (!await IsSetUp(person, cancellation))
        {
            await Begin(http, person, setup: true, earlier, cancellation);
            return SetupPath;
        }

        if (change && earlier is { SessionKind: not SessionKind.Setup } && earlier.Municipality == person.Municipality && await sessions.Hand(earlier, person, cancellation) is var (token, session))
        {
            cookies.SetSession(http, token);
            await pins.Forget(session, person.Id, cancellation);
            await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.OperatorChanged, session.Id, Detail: earlier.Person));
            return returnPath;
        }

        await Begin(http, person, setup: false, earlier, cancellation);
        return returnPath;
    }

    /// <summary>Takes over by PIN; false when the session ended meanwhile.</summary>
    public async Task<bool> ByPin(HttpContext http, StaffSession session, Person person, CancellationToken cancellation)
    {
        if (await sessions.Hand(session, person, cancellation) is not var (token, _)) return false;
        cookies.SetSession(http, token);
        await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.OperatorChanged, session.Id, Detail: $"{session.Person} pin"));
        return true;
    }

    /// <summary>Something about this person's ways in changed, and the sessions of before have ended: this browser goes on in a new one.</summary>
    public async Task Renew(HttpContext http, Person person, CancellationToken cancellation) =>
        await Begin(http, person, setup: !await IsSetUp(person, cancellation), http.Staff(), cancellation);

    public async Task SignOut(HttpContext http, CancellationToken cancellation)
    {
        cookies.DropSession(http);
        cookies.DropStep(http);
        if (http.Staff() is not { } session) return;
        await sessions.End(session, "signedOut", cancellation);
        await events.Note(new StaffEvent(session.Municipality, session.Person, StaffAction.SignedOut, session.Id));
    }

    /// <summary>A second factor, and a password that nobody else made.</summary>
    public async Task<bool> IsSetUp(Person person, CancellationToken cancellation) =>
        person.PasswordChangedAt is not null && await accounts.HasSecondFactor(person, cancellation);

    private async Task Begin(HttpContext http, Person person, bool setup, StaffSession? earlier, CancellationToken cancellation)
    {
        var (token, session) = await sessions.Begin(person, setup, earlier, cancellation);
        cookies.SetSession(http, token);
        await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.SignedIn, session.Id, Detail: session.Kind));
    }
}

/// <summary>How long there is to wait, in words.</summary>
public static class WaitWords
{
    public static Words Of(TimeSpan left)
    {
        var seconds = (int)Math.Ceiling(left.TotalSeconds);
        var (minutes, rest) = (seconds / 60, seconds % 60);
        var ja = minutes == 0 ? $"{rest}秒" : rest == 0 ? $"{minutes}分" : $"{minutes}分{rest}秒";
        var en = minutes == 0 ? $"{rest} s" : rest == 0 ? $"{minutes} min" : $"{minutes} min {rest} s";
        return new($"まちがいが続いたため、あと{ja}は試せません。パスキーならすぐに入れます。", $"After several wrong tries: wait {en}. A passkey works at once.");
    }
}
