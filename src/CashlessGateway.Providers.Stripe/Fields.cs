using System.Text.Json;

namespace CashlessGateway.Providers.Stripe;

/// <summary>Reads JSON of somebody else without ever throwing: what is not exactly as documented is not there.</summary>
internal static class Fields
{
    private const int LongestWord = 64;
    private const int LongestId = 255;

    /// <summary>Of two fields with one name, readers disagree which counts; such an answer is not believed.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The last second that a <see cref="DateTimeOffset"/> can hold; milliseconds taken for seconds lie beyond it.</summary>
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Null when it is not one JSON object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static JsonElement? Child(this JsonElement element, string name) =>
        element.Value(name) is { ValueKind: JsonValueKind.Object } child ? child : null;

    public static JsonElement? List(this JsonElement element, string name) =>
        element.Value(name) is { ValueKind: JsonValueKind.Array } list ? list : null;

    public static bool? Flag(this JsonElement element, string name) => element.Value(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static string? Text(this JsonElement element, string name)
    {
        if (element.Value(name) is not { ValueKind: JsonValueKind.String } value)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)   // bytes that are not UTF-8, or half a surrogate pair: both pass the parser
        {
            return null;
        }
    }

    /// <summary>A word of a table (a state, a code, a brand), so that nothing else gets into a log through it.</summary>
    public static string? Word(this JsonElement element, string name) => Plain(element.Text(name), LongestWord);

    /// <summary>An id, whether Stripe sent it alone or with the whole object around it.</summary>
    public static string? Id(this JsonElement element, string name) => Plain(element.Child(name)?.Text("id") ?? element.Text(name), LongestId);

    /// <summary>A JSON number without point and exponent that fits; "300", 300.0 and 3e2 do not count.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Value(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var whole) ? whole : null;

    /// <summary>Seconds since 1970.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string name) =>
        element.Whole(name) is { } seconds and > 0 && seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static JsonElement? Value(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Plain(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? text : null;
}
