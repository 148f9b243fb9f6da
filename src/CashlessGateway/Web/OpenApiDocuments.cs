using System.Globalization;
using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CashlessGateway.Web;

/// <summary>
/// GET /openapi/v1.json. Our endpoints are plain request delegates with an <see cref="Operation"/> in their metadata; the document is
/// made of those, of the views that are answered, and of the code that reads the bodies.
/// </summary>
public static class OpenApiDocuments
{
    public const string Pattern = "/openapi/{documentName}.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // The schemas must see the converters that write the answers.
        services.ConfigureHttpJsonOptions(static options =>
        {
            foreach (var converter in Json.Options.Converters) options.SerializerOptions.Converters.Add(converter);
        });
        return services.AddOpenApi("v1", static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = static _ => false;
            options.CreateSchemaReferenceId = static type => OpenApiText.NameOf(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddSchemaTransformer(static (schema, context, _) =>
            {
                OpenApiText.DescribeValue(schema, context.JsonTypeInfo.Type);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer(static (document, context, cancellation) => new OpenApiWriter(document, context).Write(cancellation));
        });
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi(Pattern).WithMetadata(new OpenToAllAttribute("the reference that vendors read"));
}

/// <summary>Small words of the document.</summary>
internal static class OpenApiText
{
    public const string Info = """
        Cashless payments at the counters and facilities of a city. docs/api.md says how the parts belong together, docs/integrators.md
        takes the first payment in ten minutes.

        Amounts are whole yen. Instants are UTC; dates are calendar days in Asia/Tokyo. Members and query parameters that are not in
        this document are refused. A member that is null counts as absent. Answers may gain members: ignore those you do not know.
        """;

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static OpenApiSchema Date() => new() { Type = JsonSchemaType.String, Format = "date" };

    public static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    /// <summary>How our value types are written (Json.cs); the exporter cannot look into a converter.</summary>
    public static void DescribeValue(OpenApiSchema schema, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        var nothing = inner == type ? default : JsonSchemaType.Null;
        if (inner == typeof(Yen)) (schema.Type, schema.Format) = (JsonSchemaType.Integer | nothing, "int64");
        if (inner == typeof(Instant)) (schema.Type, schema.Format) = (JsonSchemaType.String | nothing, "date-time");
        if (inner == typeof(BusinessDate)) (schema.Type, schema.Format) = (JsonSchemaType.String | nothing, "date");
        if (inner.IsEnum) schema.Type = JsonSchemaType.String | nothing;
        // Numbers are never written as text.
        if (inner == typeof(long) || inner == typeof(int)) (schema.Type, schema.Pattern) = (JsonSchemaType.Integer | nothing, null);
    }

    /// <summary>The name of a component; null for what is written in place.</summary>
    public static string? NameOf(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PageOf<>)) return NameOf(type.GetGenericArguments()[0]) + "Page";
        if (type.Namespace?.StartsWith("CashlessGateway", StringComparison.Ordinal) != true || type.IsEnum || type.IsValueType) return null;
        foreach (var ending in new[] { "View", "Out" })
            if (type.Name.EndsWith(ending, StringComparison.Ordinal)) return type.Name[..^ending.Length];
        return type.Name;
    }

    /// <summary>"POST /v1/receivables/{id}/cancel" is postReceivablesIdCancel: stable, and a name in any language.</summary>
    public static string OperationId(Operation operation)
    {
        var parts = operation.Pattern.Split(['/', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return operation.Method.ToLowerInvariant() + string.Concat(parts.Select(static part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    public static JsonNode Text(string text) => JsonValue.Create(text)!;
}
