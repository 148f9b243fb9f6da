using System.Buffers;
using System.Text.Json;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>Reads a request field by field and remembers the first thing that is wrong with it.</summary>
internal sealed class Fields(JsonElement json)
{
    public const int LongestText = 255;

    private const int LongestId = 64;

    // "amount" and times have at most eleven digits; a time in milliseconds has thirteen.
    private const long LargestNumber = 99_999_999_999;

    private static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    public ApiAnswer? Problem { get; private set; }

    /// <summary>Null: the body is not a JSON object.</summary>
    public static Fields? Parse(byte[] body)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body);
            return json.ValueKind == JsonValueKind.Object ? new Fields(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && !text.AsSpan().ContainsAnyExcept(IdLetters);

    public string Id(string name)
    {
        var text = RequiredText(name, LongestId);
        if (text.Length > 0 && !IsId(text)) Wrong(Refusals.Invalid(name));
        return text;
    }

    public string RequiredText(string name, int longest = LongestText)
    {
        if (Text(name, longest) is { Length: > 0 } text) return text;
        Wrong(Refusals.Missing(name));
        return "";
    }

    public string? Text(string name, int longest = LongestText)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest) return text;
        Wrong(Refusals.Invalid(name));
        return null;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        if (text is not null && !words.Contains(text)) Wrong(Refusals.Invalid(name));
        return text;
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong(Refusals.Invalid(name));
        return value.ValueKind == JsonValueKind.True;
    }

    public long? Number(string name, long lowest = 0)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= lowest && number <= LargestNumber) return number;
        Wrong(Refusals.Invalid(name));
        return null;
    }

    public long RequiredNumber(string name, long lowest = 0)
    {
        var number = Number(name, lowest);
        if (number is null) Wrong(Refusals.Missing(name));
        return number ?? 0;
    }

    /// <summary>Whole yen, as a JSON number.</summary>
    public long Yen(string name, long lowest)
    {
        if (Part(name) is not { } money)
        {
            Wrong(Refusals.Missing(name));
            return 0;
        }

        var amount = money.RequiredNumber("amount", lowest);
        if (money.RequiredText("currency") != "JPY") money.Wrong(Refusals.Invalid("currency"));
        Wrong(money.Problem);
        return amount;
    }

    /// <summary>The object under a name.</summary>
    public Fields? Part(string name) => Find(name) is { ValueKind: JsonValueKind.Object } part ? new Fields(part) : null;

    public JsonElement? Object(string name) => Raw(name, JsonValueKind.Object);

    public JsonElement? List(string name) => Raw(name, JsonValueKind.Array);

    /// <summary>Only the first problem is told.</summary>
    public void Wrong(ApiAnswer? problem) => Problem ??= problem;

    private JsonElement? Raw(string name, JsonValueKind kind)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == kind) return value;
        Wrong(Refusals.Invalid(name));
        return null;
    }

    private JsonElement? Find(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
