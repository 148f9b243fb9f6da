using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CashlessGateway.Audit;

/// <summary>The words beside an entry, as the JSON that lies in audit_detail and is hashed there byte for byte.</summary>
public sealed record AuditBody(string? From, IReadOnlyDictionary<string, string?>? Before, IReadOnlyDictionary<string, string?>? After, IReadOnlyDictionary<string, string?>? Facts)
{
    /// <summary>A body can be megabytes; a trail of such entries would be a way to fill the disk.</summary>
    private const int LongestValue = 1_000;

    private const int MostValues = 50;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Japanese stays Japanese: people search in it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Null when nothing was said beyond the entry itself.</summary>
    /// <param name="strict">A value with the name of a secret is a mistake of whoever wrote the call: while developing it ends the call, in operation it is masked.</param>
    public static string? Of(AuditEvent said, bool strict)
    {
        var body = new AuditBody(said.From, Clean(said.Before, strict), Clean(said.After, strict), Clean(said.Facts, strict));
        return body is { From: null, Before: null, After: null, Facts: null } ? null : JsonSerializer.Serialize(body, Form);
    }

    /// <summary>Null for what somebody edited into something else.</summary>
    public static AuditBody? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditBody>(text, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string?>? Clean(IReadOnlyDictionary<string, string?>? values, bool strict) =>
        values is not { Count: > 0 } ? null : values.Take(MostValues).ToDictionary(static pair => pair.Key, pair => Clean(pair.Key, pair.Value, strict), StringComparer.Ordinal);

    private static string? Clean(string name, string? value, bool strict)
    {
        if (!Secrets.IsSecretName(name)) return value is null ? null : Cut(Secrets.Mask(value));
        return strict ? throw new InvalidOperationException($"'{name}' is the name of a secret, and nothing secret may stand in the audit trail.") : Secrets.Masked;
    }

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
