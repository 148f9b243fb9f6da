using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// People as they lie in the database, in the shape in which ASP.NET Core Identity asks for them. What its setters change is written by
/// the next update, which the version makes conditional.
/// </summary>
public sealed partial class PersonStore(Database database, Clock clock, AuthenticatorKeys keys) :
    IUserPasswordStore<Person>, IUserSecurityStampStore<Person>, IUserLockoutStore<Person>, IUserTwoFactorStore<Person>,
    IUserAuthenticatorKeyStore<Person>, IUserTwoFactorRecoveryCodeStore<Person>, IUserPasskeyStore<Person>
{
    internal const string LoginIndex = "person_login";

    internal const string Columns = """
        p.municipality, p.id, p.login, p.login_key, p.name, p.mail, p.language, p.password_hash, p.password_changed_at, p.security_stamp, p.two_factor, p.authenticator_key,
               p.failed_count, p.locked_until, p.disabled_at, p.disabled_by, p.created_at, p.created_by, p.version
        """;

    private static readonly Sql FindById = new($"""
        select {Columns}
        from person p
        where p.municipality = @municipality and p.id = @id
        """);

    private static readonly Sql FindByLogin = new($"""
        select {Columns}
        from person p
        where p.municipality = @municipality and p.login_key = @loginKey
        """);

    private static readonly Sql ListAll = new($"""
        select {Columns}
        from person p
        where p.municipality = @municipality
        order by p.login, p.id
        """);

    internal static readonly Sql Insert = new("""
        insert into person (municipality, id, login, login_key, name, mail, language, password_hash, password_changed_at, security_stamp, two_factor, authenticator_key,
                            failed_count, locked_until, disabled_at, disabled_by, created_at, created_by, version)
        values (@municipality, @id, @login, @loginKey, @name, @mail, @language, @passwordHash, @passwordChangedAt, @securityStamp, @twoFactor, @authenticatorKey,
                @failedCount, @lockedUntil, @disabledAt, @disabledBy, @createdAt, @createdBy, @version)
        """);

    internal static readonly Sql Change = new("""
        update person
        set login = @login, login_key = @loginKey, name = @name, mail = @mail, language = @language, password_hash = @passwordHash, password_changed_at = @passwordChangedAt,
            security_stamp = @securityStamp, two_factor = @twoFactor, authenticator_key = @authenticatorKey, failed_count = @failedCount, locked_until = @lockedUntil,
            disabled_at = @disabledAt, disabled_by = @disabledBy, version = version + 1
        where municipality = @municipality and id = @id and version = @version
        """);

    internal static readonly Sql WrittenBy = new("select 1 from person where municipality = @municipality and id = @id and version = @version");

    private static readonly Sql AnyPerson = new($"""
        select 1
        from person
        where municipality = @municipality
        order by id
        {"{{limit 1}}"}
        """);

    public Task<Person?> Find(string municipality, string id, CancellationToken cancellation = default) =>
        database.One<Person>(FindById, new { municipality, id }, cancellation);

    public Task<Person?> ByLogin(string municipality, string login, CancellationToken cancellation = default) =>
        database.One<Person>(FindByLogin, new { municipality, loginKey = LoginKey.Of(municipality, login) }, cancellation);

    public Task<List<Person>> All(string municipality, CancellationToken cancellation = default) =>
        database.All<Person>(ListAll, new { municipality }, cancellation);

    public Task<bool> HasAnybody(string municipality, CancellationToken cancellation = default) =>
        database.Read(reader => reader.Exists(AnyPerson, new { municipality }), cancellation);

    /// <summary>The columns of a row, as the statements name them.</summary>
    internal static object Row(Person p) => new
    {
        municipality = p.Municipality,
        id = p.Id,
        login = p.Login,
        loginKey = p.LoginKey,
        name = p.Name,
        mail = p.Mail,
        language = p.Language,
        passwordHash = p.PasswordHash,
        passwordChangedAt = p.PasswordChangedAt,
        securityStamp = p.SecurityStamp,
        twoFactor = p.TwoFactor,
        authenticatorKey = p.AuthenticatorKey,
        failedCount = p.FailedCount,
        lockedUntil = p.LockedUntil,
        disabledAt = p.DisabledAt,
        disabledBy = p.DisabledBy,
        createdAt = p.CreatedAt,
        createdBy = p.CreatedBy,
        version = p.Version,
    };

    /// <summary>False when somebody else changed the person in between; nothing was written then.</summary>
    /// <param name="also">What belongs into the same unit.</param>
    public async Task<bool> Save(Person person, Func<Unit, Task>? also = null, CancellationToken cancellation = default)
    {
        var row = Row(person);
        var written = await database.Write(async unit =>
        {
            if (!await unit.Hit(Change, row)) return unit.Abandon(false);
            if (also is not null) await also(unit);
            return true;
        }, ReadBack.ByRow(WrittenBy, new { municipality = person.Municipality, id = person.Id, version = person.Version + 1 }), cancellation);
        if (written is not Written<bool>.Done { Value: true }) return false;
        person.Version++;
        return true;
    }

    // ---- IUserStore

    public async Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken)
    {
        var row = Row(user);
        var written = await database.Write(unit => unit.Execute(Insert, row), ReadBack.ByRow(WrittenBy, new { municipality = user.Municipality, id = user.Id, version = user.Version }), cancellationToken);
        return written is Written<int>.Taken ? IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Login)) : IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) =>
        await Save(user, cancellation: cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());

    /// <summary>What somebody did keeps its name, so nobody is deleted.</summary>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = "PeopleAreDisabled", Description = "A person is disabled, never deleted." }));

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        PersonKey.Parse(userId) is { } key ? Find(key.Municipality, key.Id, cancellationToken) : Task.FromResult<Person?>(null);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        LoginNames.Parse(normalizedUserName) is var (municipality, loginKey)
            ? database.One<Person>(FindByLogin, new { municipality, loginKey }, cancellationToken)
            : Task.FromResult<Person?>(null);

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(PersonKey.Of(user).ToString());

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(LoginNames.Of(user));

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken)
    {
        user.Login = userName?[(userName.IndexOf('/', StringComparison.Ordinal) + 1)..] ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(LoginNames.Of(user.Municipality, user.LoginKey));

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken)
    {
        if (normalizedName is not null && LoginNames.Parse(normalizedName) is { } name) user.LoginKey = name.Key;
        return Task.CompletedTask;
    }

    // ---- password, stamp

    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    // ---- lock-out

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil?.ToDateTimeOffset());

    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd is { } end ? Instant.From(end) : null;
        return Task.CompletedTask;
    }

    public Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult((int)++user.FailedCount);

    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        user.FailedCount = 0;
        return Task.CompletedTask;
    }

    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult((int)user.FailedCount);

    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    // ---- one-time codes

    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken)
    {
        user.TwoFactor = enabled ? 1 : 0;
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.HasCodes);

    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken)
    {
        user.AuthenticatorKey = keys.Protect(user, new AuthenticatorKey(key, LastStep: 0));
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(keys.Read(user)?.Secret);

    /// <summary>Nothing is held: every call has its own connection.</summary>
    public void Dispose()
    {
    }
}
