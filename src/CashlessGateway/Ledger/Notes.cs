using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>A person's words (a reason), with a salt and an end of their own: the chain carries only their salted hash (mechanics 19).</summary>
public static class Notes
{
    /// <summary>Kept as long as the books they explain.</summary>
    private const int YearsKept = 10;

    /// <summary>Each is a parameter of the statement.</summary>
    private const int MostAtOnce = 100;

    private static readonly Sql Insert = new("""
        insert into note (municipality, id, salt, body, keep_until)
        values (@municipality, @id, @salt, @body, @keepUntil)
        """);

    private static readonly Sql Find = new("select id, salt, body, redacted_at from note where municipality = @municipality and id = @id");

    private static readonly Sql RedactOne = new("""
        update note
        set body = null, salt = @nothing, redacted_at = @now
        where municipality = @municipality and id = @id and redacted_at is null
        """);

    private static readonly Sql PastTheirTime = new("""
        select id
        from note
        where municipality = @municipality
            and redacted_at is null
            and keep_until < @today
        order by keep_until, id
        {{limit @most}}
        """);

    public static async Task<NoteReference> Write(Unit unit, string municipality, string id, byte[] salt, string body, Instant now)
    {
        await unit.Execute(Insert, new { municipality, id, salt, body, keepUntil = BusinessDate.Of(now).AddDays(366 * YearsKept) });
        return new NoteReference(id, Hash(salt, body));
    }

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(32);

    public static byte[] Hash(byte[] salt, string body) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(body)]);

    /// <summary>For an entry that is made later than its words (a refund approved the next day).</summary>
    public static async Task<NoteReference?> Reference(Reader reader, string municipality, string? id)
    {
        if (id is null || await reader.One<NoteRow>(Find, new { municipality, id }) is not { Body: { } body } row) return null;
        return new NoteReference(id, Hash(row.Salt, body));
    }

    /// <summary>The words go, and the salt with them: from a hash alone even a short reason cannot be guessed. Verify then says 'redacted', not 'touched'.</summary>
    public static Task<bool> Redact(Unit unit, string municipality, string id, Instant now) =>
        unit.Hit(RedactOne, new { municipality, id, nothing = Array.Empty<byte>(), now });

    /// <summary>Those to be redacted, the oldest first.</summary>
    public static Task<List<string>> Due(Reader reader, string municipality, BusinessDate today, int most) =>
        reader.All<string>(PastTheirTime, new { municipality, today, most = (long)most });

    /// <summary>What was said and is still there, by id.</summary>
    public static async Task<Dictionary<string, string>> Words(Reader reader, string municipality, IReadOnlyList<string> ids)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(MostAtOnce))
            foreach (var row in await ByIds(reader, municipality, some))
                if (row.Body is { } body) words[row.Id] = body;
        return words;
    }

    internal static Task<List<NoteRow>> ByIds(Reader reader, string municipality, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? Task.FromResult(new List<NoteRow>()) : reader.All<NoteRow>(Select(IdList.Length(ids.Count)), IdList.Values(municipality, ids));

    internal static Sql Select(int ids) => IdList.Statement("note", ids, static names => $"""
        select n.id, n.salt, n.body, n.redacted_at
        from note n
        where n.municipality = @municipality
            and n.id in ({names})
        """);
}

internal sealed class NoteRow
{
    public string Id { get; init; } = "";
    public byte[] Salt { get; init; } = [];
    public string? Body { get; init; }
    public Instant? RedactedAt { get; init; }
}
