using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>One thing that must be well for payments to be taken, or that a person should look at.</summary>
/// <param name="Blocks">Payments are not taken while this is not well.</param>
public sealed record HealthCheck(string Name, bool Well, bool Blocks, string? Detail);

/// <summary>GET /health/live: the process answers. GET /health/ready: it can record payments.</summary>
public sealed class Health(Database database, Clock clock, IEnumerable<Func<CancellationToken, Task<HealthCheck>>> others)
{
    /// <summary>A database that needs longer to say 1 is not ready for a queue at a counter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>A time server may correct a second; more than this a person should know.</summary>
    private static readonly TimeSpan HarmlessStep = TimeSpan.FromSeconds(2);

    private static readonly Sql Ping = new("select 1");

    public void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").WithMetadata(new OpenToAllAttribute("asked by the machine that watches over this one"));
        open.MapGet("/health/live", static http => Api.Write(http, Reply.Ok(new { status = "live" })));
        open.MapGet("/health/ready", async http => await Api.Write(http, await Ready(http.RequestAborted)));
    }

    private async Task<Reply> Ready(CancellationToken cancellation)
    {
        var checks = new List<HealthCheck> { await CheckDatabase(cancellation), CheckClock() };
        foreach (var other in others) checks.Add(await Guarded(other, cancellation));
        var ready = checks.All(check => check.Well || !check.Blocks);
        var body = Json.Bytes(new { status = ready ? "ready" : "notReady", checks });
        return new Reply.Bytes(ready ? 200 : 503, "application/json", body, RetryAfter: ready ? null : TimeSpan.FromSeconds(2));
    }

    private async Task<HealthCheck> CheckDatabase(CancellationToken cancellation)
    {
        try
        {
            await database.One<long>(Ping, cancellation: cancellation).WaitAsync(Patience, cancellation);
            return new HealthCheck("database", Well: true, Blocks: true, database.Engine.ToString());
        }
        catch (Exception error) when (error is StorageUnavailableException or TimeoutException)
        {
            return new HealthCheck("database", Well: false, Blocks: true, error.Message);
        }
    }

    private HealthCheck CheckClock()
    {
        var back = clock.SteppedBack();
        return new HealthCheck("clock", back <= HarmlessStep, Blocks: false, back <= HarmlessStep ? null : $"The machine's clock is {back.TotalSeconds:F0} s behind what was already recorded; instants stand still until it has caught up.");
    }

    private static async Task<HealthCheck> Guarded(Func<CancellationToken, Task<HealthCheck>> check, CancellationToken cancellation)
    {
        try
        {
            return await check(cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception error) when (error is StorageUnavailableException or TimeoutException)
        {
            return new HealthCheck("check", Well: false, Blocks: false, error.Message);
        }
    }
}
