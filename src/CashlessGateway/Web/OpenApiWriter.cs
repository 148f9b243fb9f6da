using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CashlessGateway.Web;

/// <summary>Writes every operation, in the order in which they were mapped, into the document.</summary>
internal sealed class OpenApiWriter(OpenApiDocument document, OpenApiDocumentTransformerContext context)
{
    private const string Bearer = "bearer";
    private const string ProblemSchema = "Problem";
    private const string ProblemType = "application/problem+json";

    public async Task Write(CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo { Title = "CashlessGateway", Version = "v1", Description = OpenApiText.Info };
        // The address is the one under which the document was read.
        document.Servers = [];
        document.Paths = [];
        document.AddComponent<IOpenApiSchema>(ProblemSchema, OpenApiProblems.Schema());
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "cgk_<environment>_<id>_<secret>", Description = "An API key." });
        foreach (var operation in Operations()) await Add(operation, cancellation);
        foreach (var page in await OpenApiPages.All(document, context, cancellation)) document.Paths.Add(page.Path, page.Item);
        document.Tags = document.Paths.Values.SelectMany(static path => path.Operations!.Values).SelectMany(static operation => operation.Tags!).Select(static tag => tag.Name!).Distinct(StringComparer.Ordinal)
            .Select(static name => new OpenApiTag { Name = name }).ToHashSet();
    }

    private IEnumerable<Operation> Operations() =>
        context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints.Select(static endpoint => endpoint.Metadata.GetMetadata<Operation>()).OfType<Operation>();

    private async Task Add(Operation operation, CancellationToken cancellation)
    {
        if (!document.Paths.TryGetValue(operation.Pattern, out var path)) document.Paths.Add(operation.Pattern, path = new OpenApiPathItem { Operations = [] });
        path.Operations!.Add(new HttpMethod(operation.Method), await Describe(operation, cancellation));
    }

    private async Task<OpenApiOperation> Describe(Operation operation, CancellationToken cancellation)
    {
        var described = new OpenApiOperation
        {
            OperationId = OpenApiText.OperationId(operation),
            Summary = operation.Summary,
            Description = operation.Scope is { } scope ? $"Needs a key with the scope `{scope}`." : null,
            Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, document) },
            Parameters = Parameters(operation).ToList<IOpenApiParameter>(),
            Responses = [],
        };
        if (operation.Scope is not null) described.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        if (operation.Request is { } request) described.RequestBody = Body(request);
        described.Responses.Add(OpenApiText.Of(operation.Success), await Success(operation, cancellation));
        foreach (var status in operation.Errors.Concat(operation.Always()).Distinct().GroupBy(static error => error.Status).OrderBy(static group => group.Key))
            described.Responses.Add(OpenApiText.Of(status.Key), Refusal(status.Key, status));
        return described;
    }

    private static IEnumerable<OpenApiParameter> Parameters(Operation operation)
    {
        var names = operation.Pattern.Split('/').Where(static part => part.StartsWith('{')).Select(static part => part.Trim('{', '}'));
        foreach (var name in names)
            yield return new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = name == "date" ? OpenApiText.Date() : new OpenApiSchema { Type = JsonSchemaType.String } };
        foreach (var asked in operation.Query)
            yield return new OpenApiParameter { Name = asked.Name, In = ParameterLocation.Query, Required = asked.Required, Description = asked.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        if (operation.Keyed)
            yield return new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "Stays the same when the call is repeated: then it takes effect once and the first answer comes again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[!-~]{1,64}$" },
            };
        yield return new OpenApiParameter { Name = "Accept-Language", In = ParameterLocation.Header, Description = "ja (unless said) or en: the language of problems.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private OpenApiRequestBody Body(Type request)
    {
        var schema = DescribedBodyObject.Of(request);
        document.AddComponent<IOpenApiSchema>(request.Name, schema);
        // A body of which nothing is required may be left out.
        return new OpenApiRequestBody { Required = schema.Required is { Count: > 0 }, Content = Content("application/json", new OpenApiSchemaReference(request.Name, document)) };
    }

    private async Task<OpenApiResponse> Success(Operation operation, CancellationToken cancellation)
    {
        var response = new OpenApiResponse { Description = operation.Success == 201 ? "It was made." : "Done." };
        if (operation.Response is { } view) response.Content = Content(operation.Produces, await OpenApiViews.Reference(document, context, view, cancellation));
        else response.Content = Content(operation.Produces, new OpenApiSchema { Type = JsonSchemaType.String });
        foreach (var other in operation.ProducesToo) response.Content.Add(other, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
        if (operation.Keyed)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["Idempotency-Replayed"] = Header("true when this is the first answer again.") };
            if (operation.Success == 201) response.Headers.Add("Location", Header("Where the new object is read."));
        }

        return response;
    }

    private OpenApiResponse Refusal(int status, IEnumerable<ErrorCode> errors)
    {
        var codes = errors.OrderBy(static error => error.Code, StringComparer.Ordinal).ToList();
        var response = new OpenApiResponse
        {
            Description = string.Join(" ", codes.Select(static error => $"`{error.Code}`: {error.Title.En}.")),
            Content = Content(ProblemType, new OpenApiSchema
            {
                AllOf = [new OpenApiSchemaReference(ProblemSchema, document), new OpenApiSchema { Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["code"] = new OpenApiSchema { Enum = [.. codes.Select(static error => OpenApiText.Text(error.Code))] } } }],
            }),
        };
        if (status is 429 or 503 || codes.Contains(Errors.IdempotencyKeyInUse)) response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["Retry-After"] = Header("Seconds to wait.") };
        if (status == 401) response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["WWW-Authenticate"] = Header("Bearer") };
        return response;
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    internal static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) => new(StringComparer.Ordinal) { [type] = new OpenApiMediaType { Schema = schema } };
}
