using System.Text.Json;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>
/// Reads a JSON body member by member and collects everything that is wrong with it, so that a caller repairs all at once.
/// Members nobody asked for are refused: a misspelt optional member must not be ignored where money is concerned.
/// </summary>
public sealed class RequestBody
{
    /// <summary>Beyond this many the rest would not help anyone.</summary>
    private const int MostViolations = 100;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly List<Violation> _violations = [];
    private bool _unknown;

    private RequestBody() { }

    public bool HasViolations => _violations.Count > 0;

    public static Result<T> Read<T>(ReadOnlyMemory<byte> utf8, Func<BodyObject, T> read)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8.IsEmpty ? "{}"u8.ToArray() : utf8, Strict);
        }
        catch (JsonException error)
        {
            return new Problem(Errors.MalformedJson, new Words($"JSONとして読めません（{error.LineNumber + 1}行 {error.BytePositionInLine + 1}バイト目）。", $"Not readable as JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}."));
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new Problem(Errors.MalformedJson, new Words("本文はJSONオブジェクトにしてください。", "The body must be a JSON object."));
            var body = new RequestBody();
            var root = new JsonBodyObject(body, document.RootElement, "");
            T value;
            try
            {
                value = read(root);
                root.End();
            }
            catch (InvalidOperationException error) when (error.Source == "System.Text.Json")
            {
                // A member's name with half a surrogate pair: readable as JSON, not as text.
                return new Problem(Errors.MalformedJson, new Words("項目名に文字として読めない部分があります。", "A member's name is not text."));
            }

            if (!body.HasViolations) return value;
            return new Problem(body._unknown ? Errors.UnknownMember : Errors.Invalid, null, body._violations);
        }
    }

    internal void Add(string pointer, string code, Words detail)
    {
        if (code == "unknown-member") _unknown = true;
        if (_violations.Count < MostViolations) _violations.Add(new Violation(pointer, code, detail));
    }
}

/// <summary>
/// One object of a body. A request's `Read` asks it for its members one by one. There are two: one that reads what was sent, and
/// one that only notes what is asked for, so that the OpenAPI document is made by the very code that reads.
/// </summary>
public abstract class BodyObject
{
    public abstract string Pointer { get; }

    public abstract void Refuse(string name, string code, Words detail);

    /// <summary>Text of printable characters. Null when absent, null or refused.</summary>
    public abstract string? Text(string name, int most, bool required = false);

    /// <summary>Text just as a scanner sent it, control characters and all; only the body's own limit bounds it. Null when absent, null or refused.</summary>
    public abstract string? Raw(string name, bool required = false);

    public abstract long? Integer(string name, long least, long most, bool required = false);

    public abstract bool? Flag(string name, bool required = false);

    public abstract T? Choice<T>(string name, bool required = false) where T : struct, Enum;

    public abstract BusinessDate? Date(string name, bool required = false);

    public abstract Instant? Time(string name, bool required = false);

    public abstract BodyObject? Object(string name, bool required = false);

    public abstract IReadOnlyList<BodyObject> Items(string name, int most, bool required = false);

    /// <summary>A list of names out of a closed set, each once and at least one. Null when absent, null or refused.</summary>
    public abstract IReadOnlyList<string>? Choices(string name, IReadOnlyList<string> choices);

    /// <summary>A list of texts, each once; it may be empty, and must be there. Null when absent, null or refused.</summary>
    public abstract IReadOnlyList<string>? Texts(string name, int most, int longest);

    /// <summary>Free text pairs (metadata): names and values both bounded.</summary>
    public abstract IReadOnlyDictionary<string, string>? Pairs(string name, int most, int longest);

    /// <summary>Refuses what nobody asked for.</summary>
    public abstract void End();
}
