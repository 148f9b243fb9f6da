using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Square;

/// <summary>The customer's hand and the truth, for tests that stand in another process.</summary>
internal static class SquareControl
{
    public static void Map(IEndpointRouteBuilder routes, SquareSandbox sandbox)
    {
        routes.MapPost("/_customer/pay", http => Pay(http, sandbox));
        routes.MapPost("/_customer/auto", http => Auto(http, sandbox));
        routes.MapPost("/_devices/pair", http => Pair(http, sandbox));
        routes.MapGet("/_devices", http => JsonEndpoint.Write(http, StatusCodes.Status200OK, sandbox.Devices()));
        routes.MapGet("/_truth", http => Truth(http, sandbox));
        routes.MapGet("/_truth/payouts", http => JsonEndpoint.Write(http, StatusCodes.Status200OK, sandbox.Payouts()));
        routes.MapGet("/_truth/{id}", http => One(http, sandbox));
    }

    private static async Task Pay(HttpContext http, SquareSandbox sandbox)
    {
        if (await JsonEndpoint.Read<PayRequest>(http) is not { } request) return;
        if ((request.Reference ?? request.CheckoutId) is not { } id)
        {
            await JsonEndpoint.Refuse(http, "reference or checkoutId is missing");
            return;
        }

        var result = sandbox.Customer.Do(id, request.Act, request.Brand);
        var status = result switch
        {
            SquareResult.NotFound => StatusCodes.Status404NotFound,
            SquareResult.AlreadyPaid or SquareResult.AlreadyEnded or SquareResult.WrongBrand => StatusCodes.Status409Conflict,
            SquareResult.Stuck when request.Act == SquareAct.Pay => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status200OK,
        };
        await JsonEndpoint.Write(http, status, new { result });
    }

    private static async Task Auto(HttpContext http, SquareSandbox sandbox)
    {
        if (await JsonEndpoint.Read<SquareAuto>(http) is not { } auto) return;
        try
        {
            sandbox.Customer.Auto(auto);
            await JsonEndpoint.Write(http, StatusCodes.Status200OK, auto);
        }
        catch (ArgumentException problem)
        {
            await JsonEndpoint.Refuse(http, problem.Message);
        }
    }

    private static async Task Pair(HttpContext http, SquareSandbox sandbox)
    {
        if (await JsonEndpoint.Read<PairRequest>(http) is not { } request) return;
        var paired = sandbox.Customer.Pair(request.Code, request.DeviceId);
        await JsonEndpoint.Write(http, paired ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, new { paired });
    }

    /// <summary>The sums are over everything; <c>offset</c> and <c>limit</c> cut the list only.</summary>
    private static Task Truth(HttpContext http, SquareSandbox sandbox)
    {
        var all = sandbox.Truth();
        var (taken, refunds) = (all.Where(static checkout => checkout.PaymentId is not null).ToList(), all.SelectMany(static checkout => checkout.Refunds).ToList());
        return JsonEndpoint.Write(http, StatusCodes.Status200OK, new
        {
            sums = new
            {
                checkouts = all.Count,
                completed = taken.Count,
                taken = taken.Sum(static checkout => checkout.Amount),
                refunds = refunds.Count,
                refunded = refunds.Sum(static refund => refund.Amount),
                net = taken.Sum(static checkout => checkout.Amount) - refunds.Sum(static refund => refund.Amount),
            },
            checkouts = all.Skip(Number(http, "offset", 0)).Take(Number(http, "limit", int.MaxValue)),
        });
    }

    private static Task One(HttpContext http, SquareSandbox sandbox)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        if (sandbox.Truth().LastOrDefault(checkout => checkout.CheckoutId == id || checkout.ReferenceId == id) is { } found) return JsonEndpoint.Write(http, StatusCodes.Status200OK, found);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static int Number(HttpContext http, string name, int fallback) =>
        int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private sealed record PayRequest
    {
        public string? Reference { get; init; }

        public string? CheckoutId { get; init; }

        public SquareAct Act { get; init; }

        public string? Brand { get; init; }
    }

    private sealed record PairRequest(string Code)
    {
        public string? DeviceId { get; init; }
    }
}
