using System.Text.Json;
using System.Xml;

namespace CashlessGateway.Providers.Square;

/// <summary>Reads JSON of somebody else without ever throwing: what is not exactly as documented is not there.</summary>
internal static class Fields
{
    /// <summary>Of two fields with one name, readers disagree which counts; such an answer is not believed.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

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

    public static JsonElement? Child(this JsonElement element, string name) => element.Get(name, JsonValueKind.Object);

    public static JsonElement? List(this JsonElement element, string name) => element.Get(name, JsonValueKind.Array);

    /// <summary>True as well for a field that stands there as null.</summary>
    public static bool Lacks(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    public static string? Text(this JsonElement element, string name) => element.Get(name, JsonValueKind.String) is { } value ? Text(value) : null;

    public static string? Text(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)   // bytes that are not UTF-8, or half a surrogate pair: both pass the parser
        {
            return null;
        }
    }

    /// <summary>Something that may stand in an address, a key or a log: Square's ids are letters, digits and a few marks.</summary>
    public static string? Id(this JsonElement element, string name) => element.Text(name) is { } id && Ids.IsPlain(id) ? id : null;

    /// <summary>A JSON number without point and exponent that fits; "300", 300.0 and 3e2 do not count.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Get(name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var whole) ? whole : null;

    /// <summary>RFC 3339, also with the nine digits that some of Square's notices have.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string name)
    {
        try
        {
            return element.Get(name, JsonValueKind.String) is { } value && value.TryGetDateTimeOffset(out var instant) ? instant.ToUniversalTime() : null;
        }
        catch (InvalidOperationException)   // the same half pair
        {
            return null;
        }
    }

    /// <summary>ISO 8601, like PT5M.</summary>
    public static TimeSpan? Duration(this JsonElement element, string name)
    {
        try
        {
            return element.Text(name) is { } text ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static JsonElement? Get(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
