using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>One authenticated call: who calls, what was sent, and the key under which the answer is kept.</summary>
public sealed class ApiCall(HttpContext http, Caller caller, ReadOnlyMemory<byte> body, Language language, IdempotencyKey? key)
{
    public HttpContext Http { get; } = http;
    public Caller Caller { get; } = caller;
    public ReadOnlyMemory<byte> Body { get; } = body;
    public Language Language { get; } = language;

    public string Municipality => Caller.Municipality;

    /// <summary>For reads only: a write no longer depends on whether its caller still waits.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    public IdempotencyKey Key => key ?? throw new InvalidOperationException("This operation is not marked as keyed.");

    public Result<T> Read<T>(Func<BodyObject, T> read) => RequestBody.Read(Body, read);

    /// <summary>What stands in the operation's path where a page asks for it, whose own address says something else.</summary>
    public IReadOnlyDictionary<string, string>? Path { get; init; }

    public string Route(string name) => Path is { } path ? path.GetValueOrDefault(name, "") : Http.Request.RouteValues[name] as string ?? "";

    /// <summary>The id in the path, or a 404 when it is not one of ours at all.</summary>
    public Result<string> Id(string prefix, string name = "id") =>
        PublicId.Strip(prefix, Route(name)) is { } id ? id : Problem.Missing(new Words("この番号のものはありません。", "There is nothing with this id."));
}

/// <summary>Reads a query string and collects what is wrong with it; unknown names are refused like unknown members.</summary>
public sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private readonly List<Violation> _violations = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private QueryReader(IQueryCollection query) => _query = query;

    public static Result<T> Read<T>(ApiCall call, Func<QueryReader, T> read) => Read(call.Http.Request.Query, read);

    /// <param name="others">Names that somebody else reads.</param>
    public static Result<T> Read<T>(IQueryCollection query, Func<QueryReader, T> read, params string[] others)
    {
        var reader = new QueryReader(query);
        var value = read(reader);
        foreach (var name in reader._query.Keys.Where(name => !reader._asked.Contains(name) && !others.Contains(name, StringComparer.Ordinal)))
            reader.Refuse(name, "unknown-parameter", new Words("この条件はありません。", "There is no such parameter."));
        return reader._violations.Count == 0 ? value : new Problem(Errors.InvalidParameter, null, reader._violations);
    }

    public string? Text(string name, int most = 200)
    {
        _asked.Add(name);
        if (!_query.TryGetValue(name, out var values) || values.Count == 0) return null;
        if (values.Count > 1) return Refuse(name, "duplicate", new Words("1つだけにしてください。", "Give it once."));
        var text = values[0]!;
        if (text.Length == 0) return null;
        return text.Length > most || text.Any(char.IsControl) ? Refuse(name, "out-of-range", new Words($"{most}文字までの文字列にしてください。", $"It must be text of at most {most} characters.")) : text;
    }

    public BusinessDate? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        if (BusinessDate.TryParse(text, out var date)) return date;
        Refuse(name, "not-a-date", new Words("暦にある日付を YYYY-MM-DD で書いてください。", "It must be a day of the calendar, written YYYY-MM-DD."));
        return null;
    }

    public Instant? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return Instant.From(time);
        Refuse(name, "not-a-time", new Words("時刻は RFC 3339 のUTC（末尾 Z）で書いてください。", "It must be an RFC 3339 time in UTC, ending in Z."));
        return null;
    }

    public T? Choice<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        if (Names.TryParse<T>(text, out var member)) return member;
        var choices = string.Join(", ", Names.All<T>());
        Refuse(name, "not-allowed", new Words($"次のいずれかにしてください: {choices}。", $"It must be one of: {choices}."));
        return null;
    }

    /// <summary>An id with its prefix, without it; a foreign text finds nothing rather than failing.</summary>
    public string? Id(string name, string prefix) => Text(name) is { } text ? PublicId.Strip(prefix, text) ?? "-" : null;

    public Page Page()
    {
        var limit = 50L;
        if (Text("limit") is { } text && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Web.Page.Most))
            Refuse("limit", "out-of-range", new Words("1から200までの整数にしてください。", "It must be a whole number from 1 to 200."));
        var cursor = Text("cursor", 100);
        if (cursor is null) return Web.Page.First((int)Math.Clamp(limit, 1, Web.Page.Most));
        if (Web.Page.TryReadCursor(cursor, out var at, out var id)) return new Page((int)Math.Clamp(limit, 1, Web.Page.Most), at, id);
        Refuse("cursor", "not-a-cursor", new Words("前の答えの nextCursor をそのまま渡してください。", "Pass the nextCursor of the previous answer as it is."));
        return new Page(1, default, "");
    }

    public string? Refuse(string name, string code, Words detail)
    {
        _violations.Add(new Violation("?" + name, code, detail));
        return null;
    }
}

/// <summary>Where a list goes on: newest first, by created instant and id.</summary>
public sealed record Page(int Limit, Instant Before, string BeforeId)
{
    public const int Most = 200;

    public static Page First(int limit) => new(limit, new Instant(long.MaxValue), "~");

    /// <summary>One row more than asked tells whether there is a next page.</summary>
    public int Fetch => Limit + 1;

    public PageOf<T> Of<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, (Instant At, string Id)> position, Func<TRow, T> view)
    {
        var shown = rows.Count > Limit ? rows.Take(Limit).ToList() : rows;
        return new PageOf<T>(shown.Select(view).ToList(), rows.Count > Limit ? Cursor(position(shown[^1])) : null);
    }

    public static string Cursor((Instant At, string Id) last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.At.Milliseconds:x}-{last.Id}");

    public static bool TryReadCursor(string cursor, out Instant at, out string id)
    {
        (at, id) = (default, "");
        var dash = cursor.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || !long.TryParse(cursor.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ms) || !Ids.IsId(cursor.AsSpan(dash + 1))) return false;
        (at, id) = (new Instant(ms), cursor[(dash + 1)..]);
        return true;
    }
}

public sealed record PageOf<T>(IReadOnlyList<T> Items, string? NextCursor);
