using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The truth for tests that compare it with the books, and the file that a merchant downloads.</summary>
internal static class TruthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, PayPaySandbox sandbox)
    {
        routes.MapGet("/_truth", http => Everything(http, sandbox));
        routes.MapGet("/_truth/{id}", http => One(http, sandbox));
        routes.MapGet("/_transactions.csv", http => Csv(http, sandbox));
    }

    /// <summary>The sums are over everything; <c>offset</c> and <c>limit</c> cut the list only.</summary>
    private static Task Everything(HttpContext http, PayPaySandbox sandbox)
    {
        var payments = sandbox.Truth();
        return JsonEndpoint.Write(http, StatusCodes.Status200OK, new
        {
            sums = TruthSums.Of(payments),
            payments = payments.Skip(Number(http, "offset", 0)).Take(Number(http, "limit", int.MaxValue)),
        });
    }

    private static Task One(HttpContext http, PayPaySandbox sandbox)
    {
        if (sandbox.Find((string)http.Request.RouteValues["id"]!) is { } payment) return JsonEndpoint.Write(http, StatusCodes.Status200OK, payment);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task Csv(HttpContext http, PayPaySandbox sandbox)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"transactions.csv\"";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        foreach (var line in TransactionsCsv.Lines(sandbox, http.Request.Query["merchantId"]))
        {
            await writer.WriteAsync(line.AsMemory(), http.RequestAborted);
        }
    }

    private static int Number(HttpContext http, string name, int fallback) =>
        int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
