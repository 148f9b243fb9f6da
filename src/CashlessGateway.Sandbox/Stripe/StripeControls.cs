using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>The truth and the customer's hand, for tests that stand in another process.</summary>
internal static class StripeControls
{
    public static void Map(IEndpointRouteBuilder routes, StripeSandbox sandbox)
    {
        routes.MapGet("/_truth", http => Truth(http, sandbox));
        routes.MapPost("/_customer/pay", http => Pay(http, sandbox));
        routes.MapPost("/_customer/auto", http => Auto(http, sandbox));
        routes.MapPost("/_customer/dispute", http => Order<DisputeOrder>(http, order => sandbox.Dispute(order.Reference, order.Amount, order.Reason) is not null));
        routes.MapPost("/_customer/closeDispute", http => Order<CloseOrder>(http, order => sandbox.CloseDispute(order.Dispute, order.Won)));
        routes.MapPost("/_customer/failRefund", http => Order<FailOrder>(http, order => sandbox.FailRefund(order.Refund, order.Reason)));
        routes.MapPost("/_payout", http => Told(http, sandbox.PayOutNow()));
        routes.MapPost("/_reader", http => Order<ReaderOrder>(http, order =>
            (order.Offline is not { } offline || sandbox.SetOffline(order.Reader, offline)) && (order.Slow is not { } slow || sandbox.SetSlow(order.Reader, slow))));
    }

    private static Task Truth(HttpContext http, StripeSandbox sandbox)
    {
        var money = sandbox.Money();
        return JsonEndpoint.Write(http, StatusCodes.Status200OK, new
        {
            sums = new { payments = money.Count, taken = money.Where(one => one.Taken).Sum(one => one.Amount), refunded = money.Sum(one => one.Refunded), net = money.Sum(one => one.Net) },
            payments = money,
        });
    }

    private static async Task Pay(HttpContext http, StripeSandbox sandbox)
    {
        if (await JsonEndpoint.Read<PayOrder>(http) is not { } order) return;
        if (order.Id is null)
        {
            await JsonEndpoint.Refuse(http, "reference, session or reader is missing");
            return;
        }

        var result = sandbox.Customer.Pay(order.Id, order.Outcome, order.Brand);
        await JsonEndpoint.Write(http, StatusOf(result), new { result });
    }

    private static async Task Auto(HttpContext http, StripeSandbox sandbox)
    {
        if (await JsonEndpoint.Read<StripeAutoCustomer>(http) is not { } auto) return;
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

    private static async Task Order<T>(HttpContext http, Func<T, bool> work) where T : class
    {
        if (await JsonEndpoint.Read<T>(http) is { } order) await Told(http, work(order));
    }

    private static Task Told(HttpContext http, bool done) =>
        JsonEndpoint.Write(http, done ? StatusCodes.Status200OK : StatusCodes.Status404NotFound, new { done });

    private static int StatusOf(StripeCustomerResult result) => result switch
    {
        StripeCustomerResult.Paid or StripeCustomerResult.NeedsApproval or StripeCustomerResult.Declined or StripeCustomerResult.WalkedAway => StatusCodes.Status200OK,
        StripeCustomerResult.NotFound => StatusCodes.Status404NotFound,
        StripeCustomerResult.AlreadyPaid or StripeCustomerResult.Expired or StripeCustomerResult.Canceled or StripeCustomerResult.NothingToPay => StatusCodes.Status409Conflict,
    };

    private sealed record PayOrder
    {
        public string? Reference { get; init; }

        public string? Session { get; init; }

        public string? Reader { get; init; }

        public StripeCustomerOutcome Outcome { get; init; }

        public string Brand { get; init; } = "visa";

        internal string? Id => Reference ?? Session ?? Reader;
    }

    private sealed record DisputeOrder(string Reference)
    {
        public long? Amount { get; init; }

        public string Reason { get; init; } = "fraudulent";
    }

    private sealed record CloseOrder(string Dispute, bool Won);

    private sealed record FailOrder(string Refund)
    {
        public string Reason { get; init; } = "expired_or_canceled_card";
    }

    private sealed record ReaderOrder(string Reader)
    {
        public bool? Offline { get; init; }

        public bool? Slow { get; init; }
    }
}
