using System.Reflection;
using System.Text.Json.Nodes;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.OpenApi;

namespace CashlessGateway.Web;

/// <summary>
/// An object that nobody sent: it notes what a request's `Read` asks for, with type, bounds and names. Every member is absent to the
/// reader, lists have one item and objects are there, so that nested readers run once.
/// </summary>
internal sealed class DescribedBodyObject(OpenApiSchema schema) : BodyObject
{
    /// <summary>The schema of a request type, made by its own `Read`.</summary>
    public static OpenApiSchema Of(Type request)
    {
        var read = request.GetMethod("Read", BindingFlags.Public | BindingFlags.Static, [typeof(BodyObject)])
            ?? throw new InvalidOperationException($"{request.Name} has no static Read(BodyObject), so nothing can be said about its members.");
        var schema = NewObject();
        read.Invoke(null, [new DescribedBodyObject(schema)]);
        return schema;
    }

    public override string Pointer => "";

    public override void Refuse(string name, string code, Words detail)
    {
        // Nothing was sent, so nothing is wrong with it.
    }

    public override void End()
    {
        // Members that were not asked for are refused: NewObject says so.
    }

    public override string? Text(string name, int most, bool required = false)
    {
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = required ? 1 : null, MaxLength = most });
        return null;
    }

    public override string? Raw(string name, bool required = false)
    {
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.String });
        return null;
    }

    public override long? Integer(string name, long least, long most, bool required = false)
    {
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = OpenApiText.Of(least), Maximum = most == long.MaxValue ? null : OpenApiText.Of(most) });
        return null;
    }

    public override bool? Flag(string name, bool required = false)
    {
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.Boolean });
        return null;
    }

    public override T? Choice<T>(string name, bool required = false)
    {
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Names.All<T>().Select(static choice => (JsonNode)choice)] });
        return null;
    }

    public override BusinessDate? Date(string name, bool required = false)
    {
        Note(name, required, OpenApiText.Date());
        return null;
    }

    public override Instant? Time(string name, bool required = false)
    {
        var time = OpenApiText.Time();
        time.Description = "UTC, ending in Z.";
        Note(name, required, time);
        return null;
    }

    public override BodyObject? Object(string name, bool required = false)
    {
        var inner = NewObject();
        Note(name, required, inner);
        return new DescribedBodyObject(inner);
    }

    public override IReadOnlyList<BodyObject> Items(string name, int most, bool required = false)
    {
        var item = NewObject();
        Note(name, required, new OpenApiSchema { Type = JsonSchemaType.Array, Items = item, MinItems = required ? 1 : null, MaxItems = most });
        return [new DescribedBodyObject(item)];
    }

    public override IReadOnlyList<string>? Choices(string name, IReadOnlyList<string> choices)
    {
        var item = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. choices.Select(static choice => (JsonNode)choice)] };
        Note(name, required: false, new OpenApiSchema { Type = JsonSchemaType.Array, Items = item, MinItems = 1, MaxItems = choices.Count, UniqueItems = true });
        return null;
    }

    public override IReadOnlyList<string>? Texts(string name, int most, int longest)
    {
        var item = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest };
        Note(name, required: true, new OpenApiSchema { Type = JsonSchemaType.Array, Items = item, MaxItems = most, UniqueItems = true });
        return null;
    }

    public override IReadOnlyDictionary<string, string>? Pairs(string name, int most, int longest)
    {
        Note(name, required: false, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            MaxProperties = most,
            PropertyNames = new OpenApiSchema { MaxLength = longest },
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
        });
        return null;
    }

    private static OpenApiSchema NewObject() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
        Required = new SortedSet<string>(StringComparer.Ordinal),
        AdditionalPropertiesAllowed = false,
    };

    private void Note(string name, bool required, OpenApiSchema member)
    {
        schema.Properties!.Add(name, member);
        if (required) schema.Required!.Add(name);
    }
}
