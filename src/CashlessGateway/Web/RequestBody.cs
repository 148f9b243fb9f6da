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

    /// <summary>Free text pairs (metadata): names and values both bounded.</summary>
    public abstract IReadOnlyDictionary<string, string>? Pairs(string name, int most, int longest);

    /// <summary>Refuses what nobody asked for.</summary>
    public abstract void End();
}

/// <summary>An object that was sent.</summary>
internal sealed class JsonBodyObject(RequestBody body, JsonElement element, string pointer) : BodyObject
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public override string Pointer { get; } = pointer;

    public override void Refuse(string name, string code, Words detail) => body.Add(name.Length == 0 ? Pointer : At(name), code, detail);

    public override string? Text(string name, int most, bool required = false)
    {
        if (Raw(name, required) is not { } text) return null;
        if (text.Length > most)
        {
            Refuse(name, "too-long", new Words($"{most}文字までです（{text.Length}文字）。", $"At most {most} characters; this has {text.Length}."));
            return null;
        }

        if (text.Any(char.IsControl) || HasLoneSurrogate(text))
        {
            Refuse(name, "invalid-text", new Words("使えない文字（制御文字など）があります。", "It holds characters that cannot be used, such as control characters."));
            return null;
        }

        if (!required || !string.IsNullOrWhiteSpace(text)) return text.Length == 0 ? null : text;
        Refuse(name, "missing", new Words("空にはできません。", "It must not be empty."));
        return null;
    }

    public override string? Raw(string name, bool required = false)
    {
        if (!Find(name, required, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            WrongType(name, "文字列", "a string");
            return null;
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Refuse(name, "invalid-text", new Words("文字として読めない部分があります。", "It holds something that is not text."));
            return null;
        }
    }

    public override long? Integer(string name, long least, long most, bool required = false)
    {
        if (!Find(name, required, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(name, "整数", "a whole number");
            return null;
        }

        if (value.TryGetInt64(out var number) && number >= least && number <= most) return number;
        Refuse(name, "out-of-range", new Words($"{least}から{most}までの整数にしてください。", $"It must be a whole number from {least} to {most}."));
        return null;
    }

    public override bool? Flag(string name, bool required = false)
    {
        if (!Find(name, required, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        WrongType(name, "true か false", "true or false");
        return null;
    }

    public override T? Choice<T>(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text) return null;
        if (Names.TryParse<T>(text, out var member)) return member;
        var choices = string.Join(", ", Names.All<T>());
        Refuse(name, "not-allowed", new Words($"次のいずれかにしてください: {choices}。", $"It must be one of: {choices}."));
        return null;
    }

    public override BusinessDate? Date(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text) return null;
        if (BusinessDate.TryParse(text, out var date) && date.Day.Year is >= 1989 and <= 2999) return date;
        Refuse(name, "not-a-date", new Words("暦にある日付を YYYY-MM-DD で書いてください。", "It must be a day of the calendar, written YYYY-MM-DD."));
        return null;
    }

    public override Instant? Time(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text) return null;
        if (text.EndsWith('Z') && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) && time.Year is >= 1989 and <= 2999)
            return Instant.From(time);
        Refuse(name, "not-a-time", new Words("時刻は RFC 3339 のUTC（末尾 Z）で書いてください。", "It must be an RFC 3339 time in UTC, ending in Z."));
        return null;
    }

    public override BodyObject? Object(string name, bool required = false)
    {
        if (!Find(name, required, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return new JsonBodyObject(body, value, At(name));
        WrongType(name, "オブジェクト", "an object");
        return null;
    }

    public override IReadOnlyList<BodyObject> Items(string name, int most, bool required = false)
    {
        if (!Find(name, required, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType(name, "配列", "an array");
            return [];
        }

        var count = value.GetArrayLength();
        if (count > most || (required && count == 0))
        {
            Refuse(name, "out-of-range", new Words($"{(required ? 1 : 0)}件から{most}件までです。", $"It must have {(required ? 1 : 0)} to {most} items."));
            return [];
        }

        var items = new List<BodyObject>(count);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var at = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At(name)}/{index}");
            if (item.ValueKind == JsonValueKind.Object) items.Add(new JsonBodyObject(body, item, at));
            else body.Add(at, "wrong-type", new Words("オブジェクトにしてください。", "It must be an object."));
        }

        return items;
    }

    public override IReadOnlyDictionary<string, string>? Pairs(string name, int most, int longest)
    {
        if (Object(name) is not JsonBodyObject pairs) return null;
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in pairs.MemberNames())
        {
            if (key.Length > longest || read.Count >= most)
            {
                Refuse(name, "out-of-range", new Words($"{most}項目、名前は{longest}文字までです。", $"At most {most} members with names of at most {longest} characters."));
                return null;
            }

            if (pairs.Text(key, longest) is { } value) read.Add(key, value);
        }

        return read;
    }

    public override void End()
    {
        foreach (var member in element.EnumerateObject().Where(member => !_asked.Contains(member.Name)))
            body.Add(At(member.Name), "unknown-member", new Words("この項目はありません。", "There is no such member."));
    }

    private IEnumerable<string> MemberNames() => element.EnumerateObject().Select(member => member.Name);

    private bool Find(string name, bool required, out JsonElement value)
    {
        _asked.Add(name);
        if (element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null) return true;
        if (required) Refuse(name, "missing", new Words("必須の項目です。", "This member is required."));
        return false;
    }

    private void WrongType(string name, string ja, string en) =>
        Refuse(name, "wrong-type", new Words($"{ja}にしてください。", $"It must be {en}."));

    /// <summary>RFC 6901.</summary>
    private string At(string name) => $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
