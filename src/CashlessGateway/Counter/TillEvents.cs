using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>
/// GET /counter/till/{terminal}/events: tells a till's screens that there is something new (server-sent events). The state comes first, so
/// that a screen which was cut off knows at once whether it is behind.
/// </summary>
internal static class TillEvents
{
    /// <summary>Fast enough for a clerk who looks at the screen; one small question each.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>Proxies close what is silent for half a minute.</summary>
    private const int BeatsBetweenSigns = 30;

    /// <summary>A signed-out clerk's screen ends within this; the browser asks again and is refused.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/counter/till/{terminal}/events", Answer).WithMetadata(new NeedsAttribute(Right.TakeMoney));

    private static async Task Answer(HttpContext http, string terminal, TillStore tills, Database database)
    {
        var who = SignedIn.Of(http)!;
        var known = await database.Read(reader => PlaceStore.Terminal(reader, who.Municipality, terminal), http.RequestAborted);
        if (known is null || !who.May(Right.TakeMoney, known.Place))
        {
            await ErrorPage.Write(http, Errors.NotFound);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await Tell(http, who.Municipality, terminal, tills);
        }
        catch (OperationCanceledException)
        {
            // The screen was closed, or the gateway stops.
        }
    }

    private static async Task Tell(HttpContext http, string municipality, string terminal, TillStore tills)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        end.CancelAfter(Longest);
        string? told = null;
        for (var beat = 0; ; beat++)
        {
            var step = await tills.Step(municipality, terminal, end.Token);
            if (step != told) await http.Response.WriteAsync($"data: {told = step}\n\n", end.Token);
            else if (beat % BeatsBetweenSigns == 0) await http.Response.WriteAsync(":\n\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            await Task.Delay(Pace, end.Token);
        }
    }
}
