namespace CashlessGateway.Web;

/// <summary>
/// One operation of the API as data: the route table, the OpenAPI document and the tests that walk every route are made from it.
/// </summary>
/// <param name="Scope">What the key must carry; null for operations without a key.</param>
/// <param name="Errors">What it can answer beyond <see cref="Always"/>.</param>
/// <param name="Keyed">It needs an Idempotency-Key.</param>
public sealed record Operation(
    string Method, string Pattern, string Tag, string Summary, string? Scope,
    Type? Request, Type? Response, int Success, IReadOnlyList<ErrorCode> Errors, Func<ApiCall, Task<Reply>> Run, bool Keyed = false)
{
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Answers a key whose intent was committed and whose answer was not: the object's id is all that is known.</summary>
    public Func<ApiCall, string, Task<Reply>>? Resume { get; init; }

    /// <summary>Media type of a successful answer.</summary>
    public string Produces { get; init; } = "application/json";

    /// <summary>Others that a caller may ask for instead.</summary>
    public IReadOnlyList<string> ProducesToo { get; init; } = [];

    /// <summary>What any operation with a key can answer.</summary>
    public IEnumerable<ErrorCode> Always()
    {
        if (Scope is null) return [];
        var codes = new List<ErrorCode>
        {
            Web.Errors.KeyMissing, Web.Errors.KeyMalformed, Web.Errors.KeyUnknown, Web.Errors.KeyExpired, Web.Errors.KeyOfOtherEnvironment, Web.Errors.AddressNotAllowed,
            Web.Errors.ScopeMissing, Web.Errors.TooManyRequests, Web.Errors.Internal, Web.Errors.NotReady,
        };
        if (Method == "POST") codes.AddRange([Web.Errors.MalformedJson, Web.Errors.UnknownMember, Web.Errors.BodyTooLarge, Web.Errors.WrongMediaType]);
        if (Keyed) codes.AddRange([Web.Errors.IdempotencyKeyMissing, Web.Errors.IdempotencyKeyReused, Web.Errors.IdempotencyKeyInUse, Web.Errors.Recovering]);
        if (Query.Count > 0) codes.Add(Web.Errors.InvalidParameter);
        return codes;
    }
}

public sealed record QueryParameter(string Name, string Description, bool Required = false);

/// <summary>What an operation answers.</summary>
public abstract record Reply
{
    private Reply() { }

    public sealed record Bytes(int Status, string MediaType, ReadOnlyMemory<byte> Content, string? Location = null, bool Replayed = false, TimeSpan? RetryAfter = null) : Reply
    {
        /// <summary>Content-Security-Policy of a page; data have none.</summary>
        public string? Policy { get; init; }
    }

    /// <summary>A file that is written while it is read. What fails after its first byte breaks the connection, so that half a file is not taken for a whole one.</summary>
    public sealed record File(string MediaType, string Name, Func<Stream, CancellationToken, Task> Write) : Reply;

    public sealed record Refusal(Problem Problem) : Reply;

    public static Reply Ok<T>(T value) => new Bytes(200, "application/json", Json.Bytes(value));

    public static Reply Created(ReadOnlyMemory<byte> json, string? location) => new Bytes(201, "application/json", json, location);

    /// <param name="style">What stands in its one style element, if it has one: the browser then takes that and nothing else.</param>
    public static Reply Html(string html, string? style = null) => new Bytes(200, "text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(html)) { Policy = PagePolicy(style) };

    private static string PagePolicy(string? style)
    {
        const string nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return style is null ? nothing : $"{nothing}; style-src 'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)))}'";
    }

    public static implicit operator Reply(Problem problem) => new Refusal(problem);
}
