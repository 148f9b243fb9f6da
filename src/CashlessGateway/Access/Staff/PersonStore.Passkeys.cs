using System.Security.Cryptography;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Access.Staff;

public sealed partial class PersonStore
{
    /// <summary>A person with more has lost the overview of them.</summary>
    public const int MostPasskeys = 20;

    public const int LongestPasskeyName = 60;

    private const string PasskeyColumns = """
        k.credential_hash, k.credential_id, k.public_key, k.name, k.sign_count, k.transports, k.user_verified, k.backup_eligible, k.backed_up, k.attestation, k.client_data,
               k.created_at, k.used_at
        """;

    private static readonly Sql ListPasskeys = new($"""
        select {PasskeyColumns}
        from person_passkey k
        where k.municipality = @municipality and k.person = @person
        order by k.created_at, k.credential_hash
        """);

    private static readonly Sql FindPasskey = new($"""
        select {PasskeyColumns}
        from person_passkey k
        where k.municipality = @municipality and k.person = @person and k.credential_hash = @credentialHash
        """);

    /// <summary>A credential belongs to one person in all cities: this asks whether it is taken, and by whom.</summary>
    private static readonly Sql FindByCredential = new($"""
        select {Columns}
        from person_passkey k
        join person p on p.municipality = k.municipality and p.id = k.person
        where k.credential_hash = @credentialHash
        """);

    private static readonly Sql InsertPasskey = new("""
        insert into person_passkey (municipality, person, credential_hash, credential_id, public_key, name, sign_count, transports, user_verified, backup_eligible, backed_up,
                                    attestation, client_data, created_at)
        values (@municipality, @person, @credentialHash, @credentialId, @publicKey, @name, @signCount, @transports, @userVerified, @backupEligible, @backedUp,
                @attestation, @clientData, @createdAt)
        """);

    /// <summary>An authenticator that counts only counts up; the same signature sent twice at once is taken once.</summary>
    private static readonly Sql UsePasskey = new("""
        update person_passkey
        set sign_count = @signCount, backed_up = @backedUp, used_at = @now
        where municipality = @municipality and person = @person and credential_hash = @credentialHash and (sign_count < @signCount or @signCount = 0)
        """);

    private static readonly Sql NamePasskey = new("""
        update person_passkey
        set name = @name
        where municipality = @municipality and person = @person and credential_hash = @credentialHash
        """);

    private static readonly Sql DropPasskey = new("delete from person_passkey where municipality = @municipality and person = @person and credential_hash = @credentialHash");

    internal static readonly Sql DropPasskeys = new("delete from person_passkey where municipality = @municipality and person = @person");

    public async Task<List<Passkey>> Passkeys(Person person, CancellationToken cancellation = default) =>
        (await database.All<PasskeyRow>(ListPasskeys, new { municipality = person.Municipality, person = person.Id }, cancellation)).ConvertAll(static row => new Passkey(Convert.ToHexStringLower(row.CredentialHash), row.Info, row.UsedAt));

    /// <summary>False when this credential is known already, here or at another person.</summary>
    public async Task<bool> Add(Person person, UserPasskeyInfo passkey, CancellationToken cancellation = default)
    {
        var values = Values(person, passkey, clock.Now());
        return await database.Write(unit => unit.Execute(InsertPasskey, values), ReadBack.ByRow(FindPasskey, Key(person, passkey.CredentialId)), cancellation) is Written<int>.Done;
    }

    /// <summary>False when it was used in between, or is gone.</summary>
    public Task<bool> Use(Person person, UserPasskeyInfo passkey, CancellationToken cancellation = default)
    {
        var now = clock.Now();
        return database.WriteSurely(unit => unit.Hit(UsePasskey, new
        {
            municipality = person.Municipality,
            person = person.Id,
            credentialHash = SHA256.HashData(passkey.CredentialId),
            signCount = (long)passkey.SignCount,
            backedUp = passkey.IsBackedUp ? 1L : 0,
            now,
        }), ReadBack.SafeToRepeat, cancellation);
    }

    public Task<bool> Rename(Person person, string passkey, string name, CancellationToken cancellation = default) =>
        Hash(passkey) is { } credentialHash
            ? database.WriteSurely(unit => unit.Hit(NamePasskey, new { municipality = person.Municipality, person = person.Id, credentialHash, name }), ReadBack.SafeToRepeat, cancellation)
            : Task.FromResult(false);

    public Task<bool> Remove(Person person, string passkey, CancellationToken cancellation = default) =>
        Hash(passkey) is { } credentialHash
            ? database.WriteSurely(unit => unit.Hit(DropPasskey, new { municipality = person.Municipality, person = person.Id, credentialHash }), ReadBack.SafeToRepeat, cancellation)
            : Task.FromResult(false);

    // ---- as Identity asks

    public async Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        if (await FindPasskeyAsync(user, passkey.CredentialId, cancellationToken) is null)
        {
            if (!await Add(user, passkey, cancellationToken)) throw new InvalidOperationException("This passkey belongs to somebody already.");
            return;
        }

        await Use(user, passkey, cancellationToken);
        if (passkey.Name is { } name) await Rename(user, Convert.ToHexStringLower(SHA256.HashData(passkey.CredentialId)), name, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await Passkeys(user, cancellationToken)).Select(static passkey => passkey.Info)];

    public Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        database.One<Person>(FindByCredential, new { credentialHash = SHA256.HashData(credentialId) }, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await database.One<PasskeyRow>(FindPasskey, Key(user, credentialId), cancellationToken))?.Info;

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        Remove(user, Convert.ToHexStringLower(SHA256.HashData(credentialId)), cancellationToken);

    private static object Key(Person person, byte[] credentialId) => new { municipality = person.Municipality, person = person.Id, credentialHash = SHA256.HashData(credentialId) };

    private static byte[]? Hash(string passkey) =>
        passkey.Length == 2 * SHA256.HashSizeInBytes && passkey.All(char.IsAsciiHexDigit) ? Convert.FromHexString(passkey) : null;

    private static object Values(Person person, UserPasskeyInfo passkey, Instant now) => new
    {
        municipality = person.Municipality,
        person = person.Id,
        credentialHash = SHA256.HashData(passkey.CredentialId),
        credentialId = passkey.CredentialId,
        publicKey = passkey.PublicKey,
        name = passkey.Name ?? "",
        signCount = (long)passkey.SignCount,
        transports = passkey.Transports is { Length: > 0 } ways ? string.Join(' ', ways.Take(MostTransports).Where(static way => way.Length <= LongestTransport)) : null,
        userVerified = passkey.IsUserVerified ? 1L : 0,
        backupEligible = passkey.IsBackupEligible ? 1L : 0,
        backedUp = passkey.IsBackedUp ? 1L : 0,
        attestation = passkey.AttestationObject,
        clientData = passkey.ClientDataJson,
        createdAt = now,
    };

    // What a browser says; the words known today are shorter and fewer.
    private const int MostTransports = 8;
    private const int LongestTransport = 20;

    private sealed class PasskeyRow
    {
        public byte[] CredentialHash { get; init; } = [];
        public byte[] CredentialId { get; init; } = [];
        public byte[] PublicKey { get; init; } = [];
        public string Name { get; init; } = "";
        public long SignCount { get; init; }
        public string? Transports { get; init; }
        public long UserVerified { get; init; }
        public long BackupEligible { get; init; }
        public long BackedUp { get; init; }
        public byte[] Attestation { get; init; } = [];
        public byte[] ClientData { get; init; } = [];
        public Instant CreatedAt { get; init; }
        public Instant? UsedAt { get; init; }

        public UserPasskeyInfo Info => new(CredentialId, PublicKey, CreatedAt.ToDateTimeOffset(), (uint)SignCount, Transports?.Split(' '), UserVerified == 1, BackupEligible == 1, BackedUp == 1, Attestation, ClientData) { Name = Name };
    }
}

/// <param name="Id">The hash of its credential id, in hex.</param>
public sealed record Passkey(string Id, UserPasskeyInfo Info, Instant? UsedAt)
{
    public string Name => Info.Name ?? "";
}
