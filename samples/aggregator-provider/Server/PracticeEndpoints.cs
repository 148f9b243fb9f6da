using System.Text.Json;

namespace MatometeServer;

/// <summary>What no real provider has: faults on demand, codes for a script, and the truth.</summary>
internal static class PracticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Book book, Faults faults)
    {
        routes.MapGet("/_faults", http => Write(http, 200, faults.All()));
        routes.MapDelete("/_faults", http =>
        {
            faults.Clear();
            return Write(http, 200, faults.All());
        });
        routes.MapPost("/_faults", async http =>
        {
            if (await Read<Fault>(http) is not { Times: >= 1, Ms: >= 0 } fault)
            {
                await Write(http, 400, new { error = "A fault is { operation, kind, times, ms }." });
                return;
            }

            faults.Add(fault);
            await Write(http, 200, faults.All());
        });
        routes.MapPost("/_codes", async http =>
        {
            if (await Read<Wanted>(http) is not { } wanted || Brand.Find(wanted.Brand) is not { } brand)
            {
                await Write(http, 400, new { error = $"A code is for {{ brand, customer }}; brands: {string.Join(", ", Brand.All.Select(static brand => brand.Word))}." });
                return;
            }

            await Write(http, 200, new { code = book.NewCode(brand, wanted.Customer) });
        });
        routes.MapPost("/_phone/{orderId}/{answer}", http =>
            Write(http, book.Answer((string)http.Request.RouteValues["orderId"]!, (string)http.Request.RouteValues["answer"]! == "confirm") ? 200 : 404, new { }));
        routes.MapGet("/_truth", http => Write(http, 200, Truth(book)));
    }

    private sealed record Wanted(string Brand, Customer Customer = Customer.Pays);

    private static object Truth(Book book)
    {
        var (_, charges, refunds) = book.All();
        var (taken, returned) = (charges.Where(static charge => charge.Status == Status.Captured).Sum(static charge => charge.Amount), refunds.Sum(static refund => refund.Amount));
        return new
        {
            takenAmount = taken,
            returnedAmount = returned,
            netAmount = taken - returned,
            charges = charges.Select(charge => new { charge.OrderId, charge.ChargeId, charge.Amount, charge.Status, charge.Brand, charge.DeclineCode, returnedAmount = refunds.Where(refund => refund.ChargeId == charge.ChargeId).Sum(static refund => refund.Amount) }),
        };
    }

    private static async Task<T?> Read<T>(HttpContext http) where T : class
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return Wire.Read<T>(body.ToArray());
    }

    private static async Task Write(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, Wire.Json));
    }
}
