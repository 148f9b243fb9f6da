using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>Reads JSON of somebody else without ever throwing: what is not exactly as documented is not there.</summary>
internal static class Fields
{
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
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>True as well for a field that stands there as null.</summary>
    public static bool Lacks(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    public static string? Text(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
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

    /// <summary>A JSON number without point and exponent that fits; "300", 300.0 and 3e2 do not count.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var whole)
            ? whole
            : null;

    /// <summary>Seconds since 1970. PayPay writes 0 for a time that is not set.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string name) =>
        element.Whole(name) is { } seconds and > 0 && seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
