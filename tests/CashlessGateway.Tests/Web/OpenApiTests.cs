using System.Text.Json;
using System.Text.RegularExpressions;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Web;

/// <summary>The OpenAPI document says what the code does: each route, each member, each problem.</summary>
public sealed partial class OpenApiTests(OpenApiTests.Running running) : IClassFixture<OpenApiTests.Running>
{
    [Fact]
    public void Every_operation_is_in_the_document()
    {
        var inDocument = Described().Select(operation => (operation.Method, operation.Path)).ToHashSet();
        Assert.All(running.Operations, operation => Assert.Contains((operation.Method, operation.Pattern), inDocument));
        Assert.Equal(running.Operations.Count + OpenPages.Length, inDocument.Count);
        Assert.All(OpenPages, page => Assert.Contains(("GET", page), inDocument));
    }

    [Fact]
    public void Every_operation_is_mapped_and_nothing_else_under_v1()
    {
        var mapped = running.City.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal))
            .Select(endpoint => endpoint.Metadata.GetMetadata<Operation>()).ToList();
        Assert.All(mapped, Assert.NotNull);
        Assert.Equal(Signatures(running.Operations), Signatures(mapped!));
    }

    [Fact]
    public void Every_problem_of_an_operation_stands_under_its_status() => Assert.All(running.Operations, operation =>
    {
        var expected = operation.Errors.Concat(operation.Always()).Select(error => $"{error.Status} {error.Code}").Distinct().Order(StringComparer.Ordinal);
        var described = Responses(operation).Where(response => response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _))
            .SelectMany(response => Codes(response.Value).Select(code => $"{response.Name} {code}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, described);
    });

    [Fact]
    public void Every_success_has_its_schema() => Assert.All(running.Operations, operation =>
    {
        var content = Responses(operation).Single(response => response.Name == $"{operation.Success}").Value.GetProperty("content");
        var schema = content.GetProperty(operation.Produces).GetProperty("schema");
        Assert.Equal(operation.Response is not null, schema.TryGetProperty("$ref", out _));
    });

    [Fact]
    public void Keyed_operations_ask_for_an_idempotency_key_and_no_other_does() => Assert.All(running.Operations, operation =>
        Assert.Equal(operation.Keyed, Parameters(operation).Contains("header Idempotency-Key")));

    [Fact]
    public void Path_and_query_parameters_are_those_of_the_route() => Assert.All(running.Operations, operation =>
    {
        var wanted = PathParameter().Matches(operation.Pattern).Select(match => $"path {match.Groups["name"].Value}").Concat(operation.Query.Select(query => $"query {query.Name}"));
        Assert.Equal(wanted, Parameters(operation).Where(parameter => !parameter.StartsWith("header ", StringComparison.Ordinal)));
    });

    /// <summary>The reader knows each member that is described: sent all at once, none of them is unknown.</summary>
    [Fact]
    public void Every_described_member_is_one_that_is_read() => Assert.All(Bodies(), body =>
    {
        var sent = JsonSerializer.SerializeToUtf8Bytes(Sample(running.Schema(body.Name)));
        var answer = RequestBody.Read<object>(sent, reading => Read(body, reading));
        if (answer.IsOk(out _, out var problem)) return;
        Assert.DoesNotContain(problem.Violations ?? [], violation => violation.Code is "unknown-member" or "wrong-type");
    });

    /// <summary>And what it finds missing in an empty body is what the document requires.</summary>
    [Fact]
    public void Required_members_are_those_whose_absence_is_refused() => Assert.All(Bodies(), body =>
    {
        var answer = RequestBody.Read<object>("{}"u8.ToArray(), reading => Read(body, reading));
        var missing = answer.IsOk(out _, out var problem) ? [] : problem.Violations!.Where(violation => violation.Code == "missing").Select(violation => violation.Pointer[1..]);
        Assert.Equal(missing.Order(StringComparer.Ordinal), Required(running.Schema(body.Name)));
    });

    [Fact]
    public void Every_error_code_is_answered_by_an_operation_or_by_the_pipeline()
    {
        var used = running.Operations.SelectMany(operation => operation.Errors.Concat(operation.Always())).Append(Errors.MethodNotAllowed).Append(Errors.NotFound).ToHashSet();
        Assert.Empty(Errors.All.Where(error => !used.Contains(error)).Select(error => error.Code));
    }

    [Fact]
    public void Amounts_are_integers_and_dates_are_dates()
    {
        var payment = running.Schema("Payment").GetProperty("properties");
        Assert.Equal("integer", payment.GetProperty("amount").GetProperty("type").GetString());
        Assert.Equal("date-time", payment.GetProperty("createdAt").GetProperty("format").GetString());
        Assert.Equal(["null", "string"], payment.GetProperty("receiptDate").GetProperty("type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("date", payment.GetProperty("receiptDate").GetProperty("format").GetString());
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Assert.All(Reference().Matches(running.Text).Select(match => match.Groups["name"].Value).Distinct(), name => Assert.Equal(JsonValueKind.Object, running.Schema(name).ValueKind));

    [Fact]
    public async Task The_document_is_the_same_each_time_and_needs_no_key() =>
        Assert.Equal(running.Text, (await running.City.Get("/openapi/v1.json", running.City.Nobody)).Text);

    private static readonly string[] OpenPages = ["/health/live", "/health/ready", "/problems/{code}"];

    private static IEnumerable<string> Signatures(IEnumerable<Operation> operations) => operations.Select(operation => $"{operation.Method} {operation.Pattern}");

    private IEnumerable<(string Method, string Path, JsonElement Operation)> Described() => running.Document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name, operation.Value)));

    private JsonElement Find(Operation operation) => Described().Single(described => described.Method == operation.Method && described.Path == operation.Pattern).Operation;

    private IEnumerable<JsonProperty> Responses(Operation operation) => Find(operation).GetProperty("responses").EnumerateObject();

    private IEnumerable<string> Parameters(Operation operation) =>
        Find(operation).GetProperty("parameters").EnumerateArray().Select(parameter => $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}");

    private static IEnumerable<string?> Codes(JsonElement response) => response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema")
        .GetProperty("allOf")[1].GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString());

    private IEnumerable<Type> Bodies() => running.Operations.Select(operation => operation.Request).OfType<Type>().Distinct();

    private static object Read(Type request, BodyObject body) => request.GetMethod("Read", [typeof(BodyObject)])!.Invoke(null, [body])!;

    private static IEnumerable<string?> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal) : [];

    /// <summary>A value of the described type, with every member of every object in it.</summary>
    private static object? Sample(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "object" when schema.TryGetProperty("properties", out var members) => members.EnumerateObject().ToDictionary(member => member.Name, member => Sample(member.Value)),
        "object" => schema.GetProperty("additionalProperties").ValueKind == JsonValueKind.False ? [] : new Dictionary<string, object?> { ["a"] = "b" },
        "array" => new[] { Sample(schema.GetProperty("items")) },
        "integer" => schema.TryGetProperty("minimum", out var least) ? least.GetInt64() : 0,
        "boolean" => true,
        "string" when schema.TryGetProperty("enum", out var choices) => choices[0].GetString(),
        "string" when schema.TryGetProperty("format", out var format) => format.GetString() == "date" ? "2026-12-25" : "2026-12-25T14:59:59Z",
        "string" => "x",
        var type => throw new InvalidOperationException($"No request has a member of type {type}."),
    };

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathParameter();

    [GeneratedRegex("\"#/components/schemas/(?<name>[a-zA-Z]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    /// <summary>One gateway and its document for all tests here.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public City City { get; private set; } = null!;
        public string Text { get; private set; } = "";
        public JsonElement Document { get; private set; }

        public IReadOnlyList<Operation> Operations => CashlessGateway.Operations.All(City.Gateway.App.Services);

        public JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

        public async ValueTask InitializeAsync()
        {
            City = await City.Open();
            var answer = await City.Get("/openapi/v1.json", City.Nobody);
            (Text, Document) = (answer.Text, answer.Json.ValueKind == JsonValueKind.Object ? answer.Json : JsonDocument.Parse(answer.Text).RootElement.Clone());
        }

        public ValueTask DisposeAsync() => City.DisposeAsync();
    }
}
