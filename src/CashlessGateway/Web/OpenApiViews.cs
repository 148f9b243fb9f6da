using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CashlessGateway.Web;

/// <summary>The schemas of what is answered, each once, as components of the document.</summary>
internal static class OpenApiViews
{
    /// <summary>Where the schema of a type carries the name of its component.</summary>
    private const string IdKey = "x-schema-id";

    /// <summary>Where the member that holds it says that it may be null.</summary>
    private const string NullableKey = "x-is-nullable-property";

    public static async Task<IOpenApiSchema> Reference(OpenApiDocument document, OpenApiDocumentTransformerContext context, Type view, CancellationToken cancellation)
    {
        var name = OpenApiText.NameOf(view) ?? throw new InvalidOperationException($"{view.Name} has no name as a schema.");
        if (!IsThere(document, name)) Add(document, name, await context.GetOrCreateSchemaAsync(view, null, cancellation));
        return new OpenApiSchemaReference(name, document);
    }

    private static bool IsThere(OpenApiDocument document, string name) => document.Components?.Schemas?.ContainsKey(name) == true;

    private static void Add(OpenApiDocument document, string name, OpenApiSchema schema)
    {
        document.AddComponent<IOpenApiSchema>(name, schema);
        foreach (var (member, inner) in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)).ToList()) schema.Properties![member] = Named(document, inner);
        if (schema.Items is { } item) schema.Items = Named(document, item);
    }

    /// <summary>The same view inside another one is a reference to it; one that may be null says so beside the reference.</summary>
    private static IOpenApiSchema Named(OpenApiDocument document, IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema inner) return schema;
        if (inner.AnyOf is { Count: > 0 } kinds) return OneOfKinds(inner, kinds);
        if (inner.Items is { } item) inner.Items = Named(document, item);
        if (inner.Metadata?.TryGetValue(IdKey, out var id) != true || id is not string { Length: > 0 } name || inner.Properties is not { Count: > 0 }) return inner;
        var mayBeNull = MayBeNull(inner);
        if (!IsThere(document, name))
        {
            inner.Type = JsonSchemaType.Object;
            Add(document, name, inner);
        }

        var reference = new OpenApiSchemaReference(name, document);
        return mayBeNull ? new OpenApiSchema { OneOf = [Null(), reference] } : reference;
    }

    /// <summary>A closed set of views: another member of the answer tells which it is, so there is none of its own.</summary>
    private static OpenApiSchema OneOfKinds(OpenApiSchema set, IList<IOpenApiSchema> kinds)
    {
        var any = new List<IOpenApiSchema>(kinds);
        if (MayBeNull(set)) any.Add(Null());
        foreach (var kind in any.OfType<OpenApiSchema>()) kind.Type ??= JsonSchemaType.Object;
        return new OpenApiSchema { AnyOf = any, Description = set.Description };
    }

    private static bool MayBeNull(OpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.Metadata?.TryGetValue(NullableKey, out var nullable) == true && nullable is true;

    private static OpenApiSchema Null() => new() { Type = JsonSchemaType.Null };
}

/// <summary>RFC 9457, as Api.Write writes it.</summary>
internal static class OpenApiProblems
{
    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Some problems have members of their own, as the id of the payment in progress.",
        Required = new SortedSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code", "detail", "errors", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("A page about this code."),
            ["title"] = Text("The code in words; the same each time."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["code"] = Text("Stable: decide by this one."),
            ["detail"] = Text("What to do now, for people."),
            ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Violation(), Description = "All that is wrong with the request." },
            ["traceId"] = Text("Names this call in the gateway's log."),
        },
    };

    private static OpenApiSchema Violation() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new SortedSet<string>(StringComparer.Ordinal) { "pointer", "code", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["pointer"] = Text("JSON pointer into the body (RFC 6901), or ?name for a query parameter."),
            ["code"] = Text("What is wrong there."),
            ["detail"] = Text("The same for people."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}

/// <summary>What is answered without a key and is no operation: health and the pages of problems.</summary>
internal static class OpenApiPages
{
    public static async Task<IReadOnlyList<(string Path, IOpenApiPathItem Item)>> All(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var check = await OpenApiViews.Reference(document, context, typeof(HealthCheck), cancellation);
        return
        [
            ("/health/live", Get(document, "health", "getHealthLive", "The process answers", ("200", "It lives.", "application/json", Status(["live"], null)))),
            ("/health/ready", Get(document, "health", "getHealthReady", "Payments can be recorded",
                ("200", "Ready.", "application/json", Status(["ready"], check)), ("503", "Payments would be refused now.", "application/json", Status(["notReady"], check)))),
            ("/problems/{code}", WithCode(Get(document, "problems", "getProblemsCode", "The page that a problem's type leads to",
                ("200", "What the code means.", "text/html", new OpenApiSchema { Type = JsonSchemaType.String }),
                ("404", "`not-found`: Not found.", "application/problem+json", new OpenApiSchemaReference("Problem", document))))),
        ];
    }

    private static OpenApiPathItem Get(OpenApiDocument document, string tag, string id, string summary, params (string Status, string Description, string Type, IOpenApiSchema Schema)[] answers)
    {
        var operation = new OpenApiOperation { OperationId = id, Summary = summary, Tags = new HashSet<OpenApiTagReference> { new(tag, document) }, Responses = [] };
        foreach (var (status, description, type, schema) in answers)
            operation.Responses.Add(status, new OpenApiResponse { Description = description, Content = OpenApiWriter.Content(type, schema) });
        return new OpenApiPathItem { Operations = new() { [HttpMethod.Get] = operation } };
    }

    private static OpenApiPathItem WithCode(OpenApiPathItem page)
    {
        page.Operations![HttpMethod.Get].Parameters = [new OpenApiParameter { Name = "code", In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } }];
        return page;
    }

    private static OpenApiSchema Status(IReadOnlyList<string> values, IOpenApiSchema? check)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new SortedSet<string>(StringComparer.Ordinal) { "status" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(OpenApiText.Text)] } },
        };
        if (check is null) return schema;
        schema.Required.Add("checks");
        schema.Properties.Add("checks", new OpenApiSchema { Type = JsonSchemaType.Array, Items = check });
        return schema;
    }
}
