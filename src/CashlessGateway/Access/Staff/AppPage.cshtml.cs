using CashlessGateway.Access.Roles;
using System.Globalization;
using System.Security.Cryptography;
using CashlessGateway.Codes.Drawing;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/account/app: an authenticator app, by QR or by typing its key. The key counts once a code of it came back.</summary>
[OpenDuringSetup]
[SignedInOnly]
public sealed class AppPage(PersonStore people, StaffAccounts accounts, SignInSteps signIn, SignInStart start, Clock clock, IDataProtectionProvider protection) : SignedInScreen
{
    private static readonly Words Name = new("認証アプリの登録", "Add an authenticator app");

    /// <summary>Time to install an app first.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public override Words Title => Codes.Count > 0 ? new("回復コード", "Recovery codes") : Wrong.Count == 0 ? Name : new($"登録できません: {Name.Ja}", $"Not added: {Name.En}");

    public Person Person { get; private set; } = null!;

    /// <summary>The key in groups of four, for typing.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The same key, encrypted: it is stored when its first code is right, and not before.</summary>
    public string Sealed { get; private set; } = "";

    /// <summary>The first recovery codes, shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public string Qr { get; private set; } = "";

    public bool IsSetup => Session.SessionKind == SessionKind.Setup;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        await Show(OneTimeCode.NewSecret(), cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return LocalRedirect("/sign-in");
        if (Unseal(Field("key", 2_000)) is not { } secret)
        {
            await Show(OneTimeCode.NewSecret(), cancellation);
            return Again("code", new("時間が経ちすぎました。新しいQRをもう一度読み取ってください。", "Too much time went by. Scan the new QR code."));
        }

        await Show(secret, cancellation);
        if (!IsSetup)
        {
            switch (await signIn.Again(Person, Field("now", SignInSteps.LongestPassword), HttpContext.Connection.RemoteIpAddress, cancellation))
            {
                case PasswordStep.SecondFactor:
                    break;
                case PasswordStep.Wait(var left):
                    return Again("now", WaitWords.Of(left), StatusCodes.Status429TooManyRequests);
                case PasswordStep.Busy:
                    return Again("now", SignInSteps.TooBusy, StatusCodes.Status503ServiceUnavailable);
                default:
                    return Again("now", new("今のパスワードが違います。", "This is not your present password."));
            }
        }

        if (await accounts.TurnCodesOn(Person, secret, LoginKey.Plain(Field("code")).Replace(" ", "", StringComparison.Ordinal), cancellation) is { } wrong) return Again("code", wrong);
        await start.Renew(HttpContext, Person, cancellation);
        if (await people.CountCodesAsync(Person, cancellation) > 0) return LocalRedirect("/account");
        Codes = await accounts.NewRecoveryCodes(Person, cancellation);
        return Page();
    }

    private async Task Show(string secret, CancellationToken cancellation)
    {
        Key = string.Join(' ', secret.Chunk(4).Select(static part => new string(part)));
        Sealed = Protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{clock.Now().Plus(Life).Milliseconds} {secret}"));
        // The picture is ours and holds a path only; the standalone document's first line has no place inside a page.
        var svg = QrSymbol.Of(OneTimeCode.Address($"CashlessGateway {await accounts.City(Person.Municipality, cancellation)}", Person.Login, secret), QrLevel.M).Svg();
        Qr = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
    }

    private string? Unseal(string text)
    {
        try
        {
            return Protector.Unprotect(text).Split(' ') is [var until, var secret] && long.Parse(until, CultureInfo.InvariantCulture) > clock.Now().Milliseconds ? secret : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector => protection.CreateProtector("CashlessGateway.Staff.NewKey", Session.Municipality, Session.Person);

    private async Task<bool> Load(CancellationToken cancellation)
    {
        if (await people.Find(Session.Municipality, Session.Person, cancellation) is not { } person) return false;
        Person = person;
        return true;
    }
}
