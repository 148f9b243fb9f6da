using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Matomete;

/// <summary>Reads JSON of somebody else without ever throwing: what is not exactly as documented is not there.</summary>
internal static class Fields
{
    /// <summary>Of two members with one name, readers disagree which counts; such an answer is not believed.</summary>
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

    public static JsonElement? Member(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Member(name, JsonValueKind.String)?.GetString();
        }
        catch (InvalidOperationException)   // half a surrogate pair passes the parser and fails here
        {
            return null;
        }
    }

    /// <summary>300, and neither "300" nor 300.0.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var whole) ? whole : null;

    /// <summary>RFC 3339 with an offset: without one nobody knows whose midnight it is.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Text(name) is { Length: >= 20 } text && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Matomete's own numbers: its prefix, then small letters and digits. Nothing else gets into a row or a log through them.</summary>
    public static string? Id(this JsonElement element, string name, string prefix) =>
        element.Text(name) is { } id && id.Length == prefix.Length + IdLength && id.StartsWith(prefix, StringComparison.Ordinal)
        && id.AsSpan(prefix.Length).IndexOfAnyExcept(IdLetters) < 0 ? id : null;

    private const int IdLength = 20;
    private static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
