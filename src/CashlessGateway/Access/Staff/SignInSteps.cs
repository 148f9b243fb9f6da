using System.Net;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// The steps of signing in. An unknown login, a wrong password and a disabled person get the same answer for the same work; a password
/// alone is never enough.
/// </summary>
public sealed class SignInSteps(PersonStore people, PasswordWork work, SignInDelays delays, AuthenticatorKeys keys, StaffAccounts accounts, Clock clock, StaffTrail events)
{
    /// <summary>More cannot be right, and is not hashed.</summary>
    public const int LongestPassword = 4 * PasswordRules.Longest;

    /// <summary>Somebody who gets here knows the password; five typing errors are one evening's.</summary>
    private const int FreeCodes = 5;

    private static readonly TimeSpan FirstCodePause = TimeSpan.FromSeconds(30);

    /// <summary>At this pace a guess (three codes of a million are good at a time) has an even chance after six years. A passkey works meanwhile.</summary>
    private static readonly TimeSpan LongestCodePause = TimeSpan.FromMinutes(15);

    public static readonly Words TooBusy = new("ただいま混み合っています。少し待って、もう一度お試しください。", "Too much is going on right now. Wait a moment and try again.");

    public async Task<PasswordStep> WithPassword(string municipality, string login, string password, IPAddress? address, CancellationToken cancellation)
    {
        if (login.Length > Person.LongestLogin || password.Length > LongestPassword) (login, password) = ("", "");
        var key = LoginKey.Of(municipality, login);
        if (delays.Begin(key, address) is { } wait) return new PasswordStep.Wait(wait);
        var person = await people.ByLogin(municipality, login, cancellation);
        var verdict = await work.Verify(person, password, cancellation);
        if (verdict == PasswordVerdict.Busy) return new PasswordStep.Busy();
        if (verdict == PasswordVerdict.Wrong || person is not { DisabledAt: null })
        {
            await events.Note(new StaffEvent(municipality, person?.Id, StaffAction.Refused, Detail: "password"));
            return new PasswordStep.Refused();
        }

        delays.Succeeded(key, address);
        if (verdict == PasswordVerdict.RightButOld) await HashAgain(person, password, cancellation);
        return await accounts.HasSecondFactor(person, cancellation) ? new PasswordStep.SecondFactor(person) : new PasswordStep.FirstTime(person);
    }

    /// <summary>A code of the app or a recovery code, of somebody whose password was right a moment ago.</summary>
    public async Task<CodeStep> WithCode(Person person, string code, CancellationToken cancellation)
    {
        var now = clock.Now();
        if (person.LockedUntil is { } until && until > now) return new CodeStep.Wait(until - now);
        // Counted before it is looked at, under the version: codes sent at the same moment are looked at one by one.
        person.FailedCount++;
        person.LockedUntil = CodePause(person.FailedCount) is { } pause ? now.Plus(pause) : null;
        if (!await people.Save(person, cancellation: cancellation)) return new CodeStep.Refused();
        var plain = LoginKey.Plain(code).Replace(" ", "", StringComparison.Ordinal);
        var byApp = IsOfApp(person, plain, now);
        if (!byApp && !await IsRecovery(person, plain, cancellation))
        {
            await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.Refused, Detail: "code"));
            return new CodeStep.Refused();
        }

        (person.FailedCount, person.LockedUntil) = (0, null);
        // A recovery code went with its use: nobody else comes in by it, and whoever tried meanwhile must not cost its owner the way in.
        return await people.Save(person, cancellation: cancellation) || !byApp ? new CodeStep.Right() : new CodeStep.Refused();
    }

    /// <summary>Whether it is really this person who sits here, before something about the account changes: a counter PC is left alone at times.</summary>
    public async Task<PasswordStep> Again(Person person, string password, IPAddress? address, CancellationToken cancellation)
    {
        if (password.Length > LongestPassword) password = "";
        if (delays.Begin(person.LoginKey, address) is { } wait) return new PasswordStep.Wait(wait);
        switch (await work.Verify(person, password, cancellation))
        {
            case PasswordVerdict.Busy:
                return new PasswordStep.Busy();
            case PasswordVerdict.Wrong:
                await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.Refused, Detail: "again"));
                return new PasswordStep.Refused();
            default:
                delays.Succeeded(person.LoginKey, address);
                return new PasswordStep.SecondFactor(person);
        }
    }

    private bool IsOfApp(Person person, string code, Instant now)
    {
        if (!person.HasCodes || keys.Read(person) is not { } key || OneTimeCode.Match(key.Secret, code, now, key.LastStep) is not { } step) return false;
        person.AuthenticatorKey = keys.Protect(person, key with { LastStep = step });
        return true;
    }

    private async Task<bool> IsRecovery(Person person, string code, CancellationToken cancellation)
    {
        if (!RecoveryCodes.Looks(code) || !await people.RedeemCodeAsync(person, code, cancellation)) return false;
        await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.RecoveryCodeUsed));
        return true;
    }

    private static TimeSpan? CodePause(long failed)
    {
        if (failed < FreeCodes) return null;
        var pause = FirstCodePause * Math.Pow(2, Math.Min(failed - FreeCodes, 10));
        return pause < LongestCodePause ? pause : LongestCodePause;
    }

    /// <summary>A figure that was raised since holds from the next sign-in on.</summary>
    private async Task HashAgain(Person person, string password, CancellationToken cancellation)
    {
        if (await work.Hash(person, password, cancellation) is not { } hash) return;
        var before = person.PasswordHash;
        person.PasswordHash = hash;
        if (!await people.Save(person, cancellation: cancellation)) person.PasswordHash = before;
    }
}

public abstract record PasswordStep
{
    private PasswordStep() { }

    public sealed record Refused : PasswordStep;

    /// <summary>Too many tries: not looked at.</summary>
    public sealed record Wait(TimeSpan Left) : PasswordStep;

    public sealed record Busy : PasswordStep;

    public sealed record SecondFactor(Person Person) : PasswordStep;

    /// <summary>There is no second factor yet: nothing opens but setting one up.</summary>
    public sealed record FirstTime(Person Person) : PasswordStep;
}

public abstract record CodeStep
{
    private CodeStep() { }

    public sealed record Right : CodeStep;

    public sealed record Refused : CodeStep;

    public sealed record Wait(TimeSpan Left) : CodeStep;
}
