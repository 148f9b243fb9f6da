using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Faults;

/// <summary>Faults for tests that stand in another process: one rule, or <c>{"seed":7,"rules":[…]}</c>.</summary>
internal static class FaultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, FaultSet faults)
    {
        routes.MapGet("/_faults", http => JsonEndpoint.Write(http, StatusCodes.Status200OK, faults.Report()));
        routes.MapPost("/_faults", http => Add(http, faults));
        routes.MapDelete("/_faults", http =>
        {
            faults.Clear();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private static async Task Add(HttpContext http, FaultSet faults)
    {
        if (await JsonEndpoint.Read<JsonDocument>(http) is not { } body) return;
        try
        {
            var order = Read(body.RootElement);
            if (order.Seed is { } seed) faults.Reseed(seed);
            foreach (var rule in order.Rules) faults.Add(rule);
            await JsonEndpoint.Write(http, StatusCodes.Status200OK, faults.Report());
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            await JsonEndpoint.Refuse(http, problem.Message);
        }
        finally
        {
            body.Dispose();
        }
    }

    private static FaultOrder Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new JsonException("A JSON object is expected.");
        return body.TryGetProperty("rules", out _)
            ? body.Deserialize<FaultOrder>(SandboxJson.Options)!
            : new FaultOrder([body.Deserialize<FaultRule>(SandboxJson.Options)!]);
    }

    private sealed record FaultOrder(IReadOnlyList<FaultRule> Rules)
    {
        public int? Seed { get; init; }
    }
}
