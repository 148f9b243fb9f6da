using System.Security.Cryptography;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>Changes to a person's account, each with its event; whatever takes something away ends the sessions that rested on it.</summary>
public sealed class StaffAccounts(Database database, Clock clock, PersonStore people, AuthenticatorKeys keys, StaffSessions sessions, PasswordWork work, StaffTrail events)
{
    /// <summary>Read out over the telephone, typed once: 14 letters of 31 are 69 bits.</summary>
    private const string TemporaryLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    private const int TemporaryLength = 14;

    /// <summary>Somebody else changed the same person in between.</summary>
    public static readonly Words Changed = new("ほかの人が同時に変更しました。もう一度やり直してください。", "Somebody changed this at the same moment. Please try again.");

    private static readonly Sql CityName = new("select name from municipality where code = @municipality");

    private static readonly Sql DropCodes = new("delete from recovery_code where municipality = @municipality and person = @person");

    public async Task<string> City(string municipality, CancellationToken cancellation) => await database.One<string>(CityName, new { municipality }, cancellation) ?? municipality;

    /// <summary>Lost telephone, lost everything: passkeys, codes and password go, and a first sign-in begins again. The password that opens it, or why not.</summary>
    public async Task<(string? Password, Words? Problem)> Reset(Person person, string by, CancellationToken cancellation)
    {
        var password = Temporary();
        if (await work.Hash(person, password, cancellation) is not { } hash) return (null, SignInSteps.TooBusy);
        (person.PasswordHash, person.PasswordChangedAt, person.TwoFactor, person.AuthenticatorKey, person.FailedCount, person.LockedUntil) = (hash, null, 0, null, 0, null);
        var problem = await SaveAndEnd(person, "reset", new StaffEvent(person.Municipality, person.Id, StaffAction.PersonReset, By: by), cancellation, async unit =>
        {
            await unit.Execute(PersonStore.DropPasskeys, new { municipality = person.Municipality, person = person.Id });
            await unit.Execute(DropCodes, new { municipality = person.Municipality, person = person.Id });
        });
        return problem is null ? (password, null) : (null, problem);
    }

    /// <summary>Null when it is set. Every session of the person has ended then, the caller's too.</summary>
    public async Task<Words?> SetPassword(Person person, string password, CancellationToken cancellation)
    {
        if (PasswordRules.Check(password, person.Login, await City(person.Municipality, cancellation)) is { } wrong) return wrong;
        if (await work.Hash(person, password, cancellation) is not { } hash) return SignInSteps.TooBusy;
        (person.PasswordHash, person.PasswordChangedAt) = (hash, clock.Now());
        return await SaveAndEnd(person, "password", new StaffEvent(person.Municipality, person.Id, StaffAction.PasswordSet), cancellation);
    }

    /// <summary>Null when one-time codes are on: the code proves that the app has the secret.</summary>
    public async Task<Words?> TurnCodesOn(Person person, string secret, string code, CancellationToken cancellation)
    {
        if (OneTimeCode.Match(secret, code, clock.Now(), lastStep: 0) is not { } step)
            return new("コードが違います。アプリに今表示されている6桁を入力してください。時計がずれていないかも確かめてください。", "This is not the code. Enter the six digits the app shows now, and see that the telephone's clock is right.");
        person.AuthenticatorKey = keys.Protect(person, new AuthenticatorKey(secret, step));
        person.TwoFactor = 1;
        return await people.Save(person, events.Prepare(new StaffEvent(person.Municipality, person.Id, StaffAction.CodesOn)), cancellation) ? null : Changed;
    }

    public async Task<Words?> TurnCodesOff(Person person, CancellationToken cancellation)
    {
        if ((await people.Passkeys(person, cancellation)).Count == 0) return LastFactor;
        (person.TwoFactor, person.AuthenticatorKey) = (0, null);
        return await SaveAndEnd(person, "codesOff", new StaffEvent(person.Municipality, person.Id, StaffAction.CodesOff), cancellation);
    }

    public async Task<Words?> RemovePasskey(Person person, string passkey, CancellationToken cancellation)
    {
        var own = await people.Passkeys(person, cancellation);
        if (!own.Exists(one => one.Id == passkey)) return null;
        if (own.Count == 1 && !person.HasCodes) return LastFactor;
        await people.Remove(person, passkey, cancellation);
        return await SaveAndEnd(person, "passkeyRemoved", new StaffEvent(person.Municipality, person.Id, StaffAction.PasskeyRemoved, Detail: passkey[..12]), cancellation);
    }

    /// <summary>Shown once; earlier ones open nothing any more.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(Person person, CancellationToken cancellation)
    {
        var codes = RecoveryCodes.New();
        await people.ReplaceCodesAsync(person, codes, cancellation);
        await events.Note(new StaffEvent(person.Municipality, person.Id, StaffAction.RecoveryCodesMade));
        return codes;
    }

    /// <summary>Whether a password alone would not do: a passkey, or codes of an app.</summary>
    public async Task<bool> HasSecondFactor(Person person, CancellationToken cancellation) =>
        person.HasCodes || (await people.Passkeys(person, cancellation)).Count > 0;

    public static Person Fresh(string municipality, string id, string login, string name, string? mail, string by, Instant now) => new()
    {
        Municipality = municipality,
        Id = id,
        Login = login.Trim(),
        LoginKey = LoginKey.Of(municipality, login),
        Name = name.Trim(),
        Mail = string.IsNullOrWhiteSpace(mail) ? null : mail.Trim(),
        SecurityStamp = NewStamp(),
        CreatedAt = now,
        CreatedBy = by,
    };

    public static Words? CheckLogin(string login)
    {
        var plain = LoginKey.Plain(login);
        return plain.Length is 0 or > Person.LongestLogin || login.Length > Person.LongestLogin || !plain.All(static letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@')
            ? new($"ログイン名は{Person.LongestLogin}文字までの文字、数字と「. - _ @」です。", $"A login name has up to {Person.LongestLogin} letters, digits and . - _ @.")
            : null;
    }

    public static Words? CheckName(string name) =>
        name.Trim().Length is 0 or > Person.LongestName || name.Any(char.IsControl) ? new($"名前を{Person.LongestName}文字までで入力してください。", $"Enter a name of up to {Person.LongestName} characters.") : null;

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private static readonly Words LastFactor = new("最後のひとつは外せません。先にほかの方法（パスキーか認証アプリ）を登録してください。", "This is the only one left. Add another passkey or an authenticator app first.");

    private static string Temporary() => RandomNumberGenerator.GetString(TemporaryLetters, TemporaryLength);

    private async Task<Words?> SaveAndEnd(Person person, string why, StaffEvent what, CancellationToken cancellation, Func<Unit, Task>? also = null)
    {
        person.SecurityStamp = NewStamp();
        var (now, said) = (clock.Now(), events.Prepare(what));
        var saved = await people.Save(person, async unit =>
        {
            await unit.Execute(StaffSessions.EndAllOf, new { municipality = person.Municipality, person = person.Id, now, why });
            await unit.Execute(SessionPins.DropOf, new { municipality = person.Municipality, person = person.Id });
            if (also is not null) await also(unit);
            await said(unit);
        }, cancellation);
        sessions.Forget(person.Municipality, person.Id);
        return saved ? null : Changed;
    }
}
