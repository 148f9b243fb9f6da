using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Demo;

/// <summary>The demo city's people: random passwords made once per installation, and one secret for the authenticator app, so that the tour works.</summary>
public sealed record DemoLogins(IReadOnlyList<DemoLogin> People, string Secret)
{
    /// <summary>Never the passwords: they are printed once at start, on purpose, and nowhere by accident.</summary>
    public override string ToString() => nameof(DemoLogins);
}

public sealed record DemoLogin(string Login, string Name, string Password)
{
    public override string ToString() => Login;
}

/// <summary>Keeps demo-logins.txt beside the embedded database, for its owner's eyes only, and the people it names in the city.</summary>
public sealed class DemoLoginFile(Database database, Clock clock, Ids ids, AuthenticatorKeys keys, string directory)
{
    private const string FileName = "demo-logins.txt";
    private const long MostBytes = 2_000;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>31^20 is 99 bits: nobody guesses them, so a start of every test need not wait for six slow hashes. The first sign-in hashes anew.</summary>
    private const int Length = 20;

    private const int QuickIterations = 1_000;

    /// <summary>Two administrators: keys and roles that give power take two people.</summary>
    private static readonly (string Login, string Name, Role Role)[] Names =
    [
        ("admin", "デモ 管理者", Role.Admin), ("admin2", "デモ 管理者2", Role.Admin), ("treasurer", "デモ 会計担当", Role.Treasury), ("approver", "デモ 会計管理者", Role.TreasuryApprover),
        ("clerk", "デモ 窓口担当", Role.Clerk), ("auditor", "デモ 監査委員", Role.Auditor), ("facility", "デモ 施設管理者", Role.FacilityManager),
    ];

    private readonly string _file = Path.GetFullPath(Path.Combine(directory, FileName));

    private readonly PasswordHasher<Person> _hasher = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = QuickIterations }));

    /// <summary>The file may be lost, or be of a database that was thrown away: then the people get new passwords, or come back with the old ones.</summary>
    public async Task<DemoLogins> Ensure(string municipality, PersonStore store, CancellationToken cancellation)
    {
        var known = Read();
        var logins = known ?? New();
        foreach (var login in logins.People)
        {
            var person = await store.ByLogin(municipality, login.Login, cancellation);
            if (person is null) await Add(municipality, login, logins.Secret, cancellation);
            else if (known is null) await Reset(person, login, logins.Secret, store, cancellation);
        }

        if (known is null) Write(logins);
        return logins;
    }

    private async Task Add(string municipality, DemoLogin login, string secret, CancellationToken cancellation)
    {
        var now = clock.Now();
        var person = StaffAccounts.Fresh(municipality, ids.Next(), login.Login, login.Name, null, "demo", now);
        Equip(person, login, secret, now);
        var (row, role) = (PersonStore.Row(person), Array.Find(Names, one => one.Login == login.Login).Role);
        var grant = new RoleGrant(ids.Next(), person.Id, role, null, BusinessDate.Of(now), null);
        var appointment = new Appointment(ids.Next(), login.Login, Appointment.Everywhere, login.Name, person.Id, CashOffice.CashHandler, null, BusinessDate.Of(now), null);
        await database.Write(async unit =>
        {
            await unit.Execute(PersonStore.Insert, row);
            await RoleStore.Add(unit, municipality, grant, "demo", now);
            // 現金取扱員 everywhere, so that the tour can open a drawer.
            if (RoleRights.Of(role).Contains(Right.TakeMoney)) await Appointments.Add(unit, municipality, appointment, "demo", now);
            return true;
        }, ReadBack.ByRow(PersonStore.WrittenBy, new { municipality, id = person.Id, version = person.Version }), cancellation);
    }

    private async Task Reset(Person person, DemoLogin login, string secret, PersonStore store, CancellationToken cancellation)
    {
        Equip(person, login, secret, clock.Now());
        await store.Save(person, cancellation: cancellation);
    }

    private void Equip(Person person, DemoLogin login, string secret, Instant now)
    {
        (person.PasswordHash, person.PasswordChangedAt) = (_hasher.HashPassword(person, login.Password), now);
        (person.TwoFactor, person.AuthenticatorKey) = (1, keys.Protect(person, new AuthenticatorKey(secret, LastStep: 0)));
    }

    private static DemoLogins New() => new([.. Names.Select(static one => new DemoLogin(one.Login, one.Name, RandomNumberGenerator.GetString(Letters, Length)))], OneTimeCode.NewSecret());

    /// <summary>Null when the file is not there or holds something else.</summary>
    private DemoLogins? Read()
    {
        try
        {
            var file = new FileInfo(_file);
            if (!file.Exists || file.Length > MostBytes) return null;
            var lines = File.ReadAllLines(_file, Encoding.ASCII);
            if (lines.Length != Names.Length + 1 || lines[^1].Split(' ') is not ["totp", var secret]) return null;
            var people = Names.Zip(lines, static (one, line) => line.Split(' ') is [var login, var password] && login == one.Login ? new DemoLogin(one.Login, one.Name, password) : null).OfType<DemoLogin>().ToList();
            return people.Count == Names.Length ? new DemoLogins(people, secret) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The demo logins in '{_file}' cannot be read: {error.Message}", error);
        }
    }

    private void Write(DemoLogins logins)
    {
        var text = string.Concat(logins.People.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Login} {one.Password}\n"))) + $"totp {logins.Secret}\n";
        OwnersFile.Write(_file, text, "The demo logins");
    }
}
