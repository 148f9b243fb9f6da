using System.Text.Json;

namespace PosTerminal.Api;

/// <summary>What came of a call, after all its tries.</summary>
public abstract record ApiReply
{
    private ApiReply() { }

    /// <summary>The gateway said so, and it stands.</summary>
    public sealed record Answered(ApiAnswer Answer) : ApiReply;

    /// <summary>Nobody knows whether the gateway did it. Only the same request with the same key may find out.</summary>
    public sealed record Unknown(string Why) : ApiReply;
}

/// <param name="WasLost">An earlier try of this call may have reached the gateway without its answer reaching us.</param>
public sealed record ApiAnswer(int Status, JsonElement Body, TimeSpan? RetryAfter, bool WasLost)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>What a program decides by.</summary>
    public string? Code => Body.Text("code");

    /// <summary>What a person reads.</summary>
    public string Detail => Body.Text("detail") ?? Body.Text("title") ?? $"HTTP {Status}";
}

/// <summary>Answers may gain members, and some may be null: reading never throws on either.</summary>
public static class JsonReading
{
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long Number(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    public static bool Flag(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
