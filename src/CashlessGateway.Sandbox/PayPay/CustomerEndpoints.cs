using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The customer's hand for tests that stand in another process.</summary>
internal static class CustomerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, PayPaySandbox sandbox)
    {
        routes.MapPost("/_customer/pay", http => Pay(http, sandbox));
        routes.MapPost("/_customer/auto", http => Auto(http, sandbox));
    }

    private static async Task Pay(HttpContext http, PayPaySandbox sandbox)
    {
        if (await JsonEndpoint.Read<PayRequest>(http) is not { } request) return;
        if ((request.MerchantPaymentId ?? request.CodeId) is not { } id)
        {
            await JsonEndpoint.Refuse(http, "merchantPaymentId or codeId is missing");
            return;
        }

        var result = sandbox.Customer.Pay(id, request.Outcome);
        await JsonEndpoint.Write(http, StatusOf(result), new PayAnswer(result) { Payment = sandbox.Find(id) });
    }

    private static async Task Auto(HttpContext http, PayPaySandbox sandbox)
    {
        if (await JsonEndpoint.Read<AutoCustomer>(http) is not { } auto) return;
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

    private static int StatusOf(CustomerResult result) => result switch
    {
        CustomerResult.Paid or CustomerResult.Failed or CustomerResult.WalkedAway => StatusCodes.Status200OK,
        CustomerResult.NotFound => StatusCodes.Status404NotFound,
        CustomerResult.AlreadyPaid or CustomerResult.AlreadyFailed or CustomerResult.Expired or CustomerResult.Deleted => StatusCodes.Status409Conflict,
    };

    private sealed record PayRequest
    {
        public string? MerchantPaymentId { get; init; }

        public string? CodeId { get; init; }

        public CustomerOutcome Outcome { get; init; }
    }

    private sealed record PayAnswer(CustomerResult Result)
    {
        public TruthPayment? Payment { get; init; }
    }
}
