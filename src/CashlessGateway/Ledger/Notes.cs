using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>A person's words behind an entry, with a salt and an end of their own. The chain carries only <see cref="Hash"/>.</summary>
public sealed record Note(string Id, byte[] Salt, string Body, BusinessDate KeepUntil)
{
    /// <summary>As long as the hash, so that guessing the words from the hash is hopeless once the salt is gone.</summary>
    private const int SaltBytes = 32;

    public static Note Of(string id, string body, BusinessDate keepUntil) => new(id, RandomNumberGenerator.GetBytes(SaltBytes), body, keepUntil);

    public byte[] Hash => HashOf(Salt, Body);

    public NoteReference Reference => new(Id, Hash);

    public static byte[] HashOf(byte[] salt, string body) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(body)]);
}

/// <summary>The side rows of the journal: written with their entry, emptied when their time or a person's right says so.</summary>
public static class Notes
{
    private static readonly Sql Insert = new("""
        insert into note (municipality, id, salt, body, keep_until)
        values (@municipality, @id, @salt, @body, @keepUntil)
        """);

    private static readonly Sql Empty = new("""
        update note
        set body = null, salt = @salt, redacted_at = @now
        where municipality = @municipality
            and id = @id
            and redacted_at is null
        """);

    public static Task Write(Unit unit, string municipality, Note note) =>
        unit.Execute(Insert, new { municipality, id = note.Id, salt = note.Salt, body = note.Body, keepUntil = note.KeepUntil });

    /// <summary>The words and their salt go for good; verify then says 'redacted', not 'touched'. False when there was nothing to redact.</summary>
    public static Task<bool> Redact(Database database, Clock clock, string municipality, string id, CancellationToken cancellation = default)
    {
        var values = new { municipality, id, salt = Array.Empty<byte>(), now = clock.Now() };
        return database.WriteSurely(unit => unit.Hit(Empty, values), ReadBack.SafeToRepeat, cancellation);
    }

    internal static async Task<List<NoteRow>> ByIds(Reader reader, string municipality, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? [] : await reader.All<NoteRow>(Select(IdList.Length(ids.Count)), IdList.Values(municipality, ids));

    internal static Sql Select(int ids) => IdList.Statement("note", ids, static names => $"""
        select n.id, n.salt, n.body, n.redacted_at
        from note n
        where n.municipality = @municipality
            and n.id in ({names})
        """);
}

internal sealed record NoteRow
{
    public required string Id { get; init; }
    public byte[] Salt { get; init; } = [];
    public string? Body { get; init; }
    public Instant? RedactedAt { get; init; }
}
