using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access;

/// <summary>A member of staff as lists show them.</summary>
public sealed record PersonRow
{
    public string Id { get; init; } = "";
    public string Login { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Mail { get; init; }
    public Instant? DisabledAt { get; init; }
    public Instant CreatedAt { get; init; }

    public bool Matches(string words) => Plain(Login).Contains(Plain(words), StringComparison.Ordinal) || Plain(Name).Contains(Plain(words), StringComparison.Ordinal);

    private static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
}

public sealed record NewPerson(string Login, string Name, string? Mail);

/// <summary>The register of staff: who there is, who comes, who may no longer. How they prove themselves is not decided here.</summary>
public sealed class People(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    /// <summary>A large city's staff; a list beyond it is searched, not read.</summary>
    private const int Most = 5_000;

    private const string LoginIndex = "person_login";
    private const string Columns = "p.id, p.login, p.name, p.mail, p.disabled_at, p.created_at";

    internal static readonly Sql Active = new("select 1 from person where municipality = @municipality and id = @person and disabled_at is null");

    private static readonly Sql Exists = new("select 1 from person where municipality = @municipality and id = @id");

    private static readonly Sql List = new($"""
        select {Columns}
        from person p
        where p.municipality = @municipality
        order by p.login, p.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from person p
        where p.municipality = @municipality and p.id = @id
        """);

    private static readonly Sql Insert = new("""
        insert into person (municipality, id, login, login_key, name, mail, language, security_stamp, two_factor, failed_count, created_at, created_by, version)
        values (@municipality, @id, @login, @loginKey, @name, @mail, 'ja', @stamp, 0, 0, @now, @by, 1)
        """);

    private static readonly Sql DisableRow = new("""
        update person
        set disabled_at = @now, disabled_by = @by, security_stamp = @stamp, version = version + 1
        where municipality = @municipality and id = @id and disabled_at is null
        """);

    private static readonly Sql EnableRow = new("""
        update person
        set disabled_at = null, disabled_by = null, version = version + 1
        where municipality = @municipality and id = @id and disabled_at is not null
        """);

    public Task<List<PersonRow>> All(string municipality, CancellationToken cancellation = default) => database.All<PersonRow>(List, new { municipality, most = Most }, cancellation);

    public Task<PersonRow?> Find(string municipality, string id, CancellationToken cancellation = default) => database.One<PersonRow>(FindOne, new { municipality, id }, cancellation);

    public async Task<Result<string>> Add(StaffMember by, NewPerson wanted)
    {
        var (id, now, stamp) = (ids.Next(), clock.Now(), StaffAccounts.NewStamp());
        var said = trail.Prepare(by.Did(AuditActions.PersonCreated, $"person:{id}") with { After = Pairs.Of(("login", wanted.Login), ("name", wanted.Name), ("mail", wanted.Mail)) });
        var written = await database.Write(async unit =>
        {
            await unit.Execute(Insert, new { municipality = by.Municipality, id, login = wanted.Login, loginKey = LoginKey.Of(by.Municipality, wanted.Login), name = wanted.Name, mail = wanted.Mail, stamp, now, by = by.Principal });
            await said(unit);
            return true;
        }, ReadBack.ByRow(Exists, new { municipality = by.Municipality, id }));
        return written is Written<bool>.Taken { Index: LoginIndex }
            ? Problem.At(Errors.CodeInUse, "?login", "in-use", new Words("このログイン名は使われています（大文字と小文字、全角と半角は区別しません）。", "This login is taken (capitals and width make no difference)."))
            : id;
    }

    /// <summary>Back from leave: with the passkeys and the password of before, and the roles whose days are not over.</summary>
    public async Task<Problem?> Enable(StaffMember by, string id)
    {
        var said = trail.Prepare(by.Did(AuditActions.PersonChanged, $"person:{id}") with { After = Pairs.Of(("disabled", "false")) });
        return await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await unit.Hit(EnableRow, new { municipality = by.Municipality, id })) return unit.Abandon<Problem?>(Problem.Missing(new Words("この職員はいません。または停止していません。", "There is no such person, or the account is not disabled.")));
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
    }

    /// <summary>At once: the account, every session of it on every node, and its PINs at counters.</summary>
    public async Task<Problem?> Disable(StaffMember by, string id)
    {
        if (id == by.Person) return new Problem(Errors.SamePrincipal, new Words("自分の利用を停止することはできません。", "You cannot disable yourself."));
        var (now, stamp) = (clock.Now(), StaffAccounts.NewStamp());
        var said = trail.Prepare(by.Did(AuditActions.PersonDisabled, $"person:{id}"));
        return await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await unit.Hit(DisableRow, new { municipality = by.Municipality, id, now, by = by.Principal, stamp }))
                return unit.Abandon<Problem?>(await unit.Exists(Exists, new { municipality = by.Municipality, id }) ? null : Problem.Missing(new Words("この職員はいません。", "There is no such person.")));
            await unit.Execute(StaffSessions.EndAllOf, new { municipality = by.Municipality, person = id, now, why = "disabled" });
            // At a counter's PC several have signed in to one session, and only one of them acts: the others' PINs go too.
            await unit.Execute(SessionPins.DropOf, new { municipality = by.Municipality, person = id });
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
    }

}
