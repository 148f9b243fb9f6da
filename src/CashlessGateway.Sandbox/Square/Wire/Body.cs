using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>
/// Reads a request as strictly as Square does: a name that is not in the documents, a wrong type, an empty or too long text is refused,
/// with the field's whole path. The first thing that is wrong is told.
/// </summary>
internal sealed class Body
{
    private readonly JsonElement _json;
    private readonly string _path;
    private readonly Body? _parent;
    private SquareError? _problem;

    private Body(JsonElement json, string path, Body? parent)
    {
        (_json, _path, _parent) = (json, path, parent);
    }

    public SquareError? Problem => _parent is null ? _problem : _parent.Problem;

    /// <summary>Null: it is not a JSON object.</summary>
    public static Body? Parse(byte[] bytes)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(bytes);
            return json.ValueKind == JsonValueKind.Object ? new Body(json, "", null) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Says which names there may be.</summary>
    public Body Only(params ReadOnlySpan<string> names)
    {
        foreach (var field in _json.EnumerateObject())
        {
            if (!names.Contains(field.Name)) Wrong("UNKNOWN_BODY_PARAMETER", field.Name, "The request body contains an unknown parameter.");
        }

        return this;
    }

    public string Required(string name, int longest)
    {
        if (Find(name) is null) Wrong("MISSING_REQUIRED_PARAMETER", name, "Missing required parameter.");
        return Text(name, longest) ?? "";
    }

    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) Wrong("EXPECTED_STRING", name, "Expected a string value.");
        else if (value.GetString()!.Length == 0) Wrong("VALUE_EMPTY", name, "Field must not be blank.");
        else if (value.GetString()!.Length > longest) Wrong("VALUE_TOO_LONG", name, "Field must not be greater than the allowed length.");
        else return value.GetString();
        return null;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name, 64);
        if (text is not null && !words.Contains(text)) Wrong("INVALID_ENUM_VALUE", name, "The value is not one of the enumeration.");
        return text;
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong("EXPECTED_BOOLEAN", name, "Expected a boolean value.");
        return value.ValueKind == JsonValueKind.True;
    }

    public long? Whole(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        Wrong("EXPECTED_INTEGER", name, "Expected an integer value.");
        return null;
    }

    /// <summary>Yen above zero.</summary>
    public long Yen(string name)
    {
        if (Part(name, required: true) is not { } money) return 0;
        money.Only("amount", "currency");
        var amount = money.Whole("amount");
        if (amount is null) money.Wrong("MISSING_REQUIRED_PARAMETER", "amount", "Missing required parameter.");
        else if (amount < 1) money.Wrong("VALUE_TOO_LOW", "amount", "The amount is too low.");
        if (money.Required("currency", 3) is { Length: > 0 } currency && currency != "JPY") money.Wrong("UNSUPPORTED_CURRENCY", "currency", "The location takes JPY.");
        return amount ?? 0;
    }

    public TimeSpan? Duration(string name)
    {
        if (Text(name, 32) is not { } text) return null;
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            Wrong("INVALID_VALUE", name, "Not a duration.");
            return null;
        }
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name, 64) is not { } text) return null;
        if (TimeOf(text) is { } time) return time;
        Wrong("INVALID_TIME", name, "Not an RFC 3339 time.");
        return null;
    }

    public Body? Part(string name, bool required = false)
    {
        switch (Find(name))
        {
            case null:
                if (required) Wrong("MISSING_REQUIRED_PARAMETER", name, "Missing required parameter.");
                return null;
            case { ValueKind: JsonValueKind.Object } part:
                return new Body(part, _path + name + ".", this);
            default:
                Wrong("EXPECTED_OBJECT", name, "Expected an object.");
                return null;
        }
    }

    public void Wrong(string code, string name, string detail) => Wrong(SquareError.Wrong(code, _path + name, detail));

    public static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && text.Contains('T', StringComparison.Ordinal) ? time : null;

    private void Wrong(SquareError problem)
    {
        if (_parent is { } parent) parent.Wrong(problem);
        else _problem ??= problem;
    }

    private JsonElement? Find(string name) => _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
