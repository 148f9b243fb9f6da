using System.Text.Json;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

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

    public override IReadOnlyList<string>? Choices(string name, IReadOnlyList<string> choices)
    {
        if (!Find(name, required: false, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType(name, "配列", "an array");
            return null;
        }

        if (value.GetArrayLength() is var count && (count == 0 || count > choices.Count))
        {
            Refuse(name, "out-of-range", new Words($"1件から{choices.Count}件までです。", $"It must have 1 to {choices.Count} items."));
            return null;
        }

        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.String && choices.Contains(item.GetString(), StringComparer.Ordinal) && chosen.Add(item.GetString()!)) continue;
            body.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At(name)}/{index}"), "not-allowed",
                new Words($"次のいずれかを、それぞれ1回だけ書いてください: {string.Join(", ", choices)}。", $"It must be one of these, each once: {string.Join(", ", choices)}."));
        }

        return [.. chosen];
    }

    public override IReadOnlyList<string>? Texts(string name, int most, int longest)
    {
        if (!Find(name, required: true, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType(name, "配列", "an array");
            return null;
        }

        if (value.GetArrayLength() > most)
        {
            Refuse(name, "out-of-range", new Words($"{most}件までです。", $"It must have at most {most} items."));
            return null;
        }

        var texts = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text && text.Length <= longest && !texts.Contains(text, StringComparer.Ordinal)) texts.Add(text);
            else body.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At(name)}/{index}"), "not-allowed", new Words($"{longest}文字までの文字列を、それぞれ1回だけ書いてください。", $"Text of at most {longest} characters, each once."));
        }

        return texts;
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
