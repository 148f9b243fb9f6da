using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>The addresses of Square's API, and the way of every call through its faults.</summary>
internal sealed class SquareApi(SquareSandbox sandbox)
{
    private readonly FaultGate _gate = new(SquareError.Faults, sandbox.Time, () => sandbox.Stopping);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/terminals/checkouts", http => Run(http, CreateCheckout.Prepare));
        routes.MapPost("/v2/terminals/checkouts/search", http => Run(http, SearchCheckouts.Prepare));
        routes.MapGet("/v2/terminals/checkouts/{id}", http => Run(http, GetCheckout.Prepare));
        routes.MapPost("/v2/terminals/checkouts/{id}/cancel", http => Run(http, CancelCheckout.Prepare));
        routes.MapPost("/v2/terminals/checkouts/{id}/dismiss", http => Run(http, DismissCheckout.Prepare));
        routes.MapGet("/v2/payments", http => Run(http, ListPayments.Prepare));
        routes.MapGet("/v2/payments/{id}", http => Run(http, GetPayment.Prepare));
        routes.MapPost("/v2/refunds", http => Run(http, RefundPayment.Prepare));
        routes.MapGet("/v2/refunds", http => Run(http, ListRefunds.Prepare));
        routes.MapGet("/v2/refunds/{id}", http => Run(http, GetRefund.Prepare));
        routes.MapGet("/v2/payouts", http => Run(http, ListPayouts.Prepare));
        routes.MapGet("/v2/payouts/{id}", http => Run(http, ListPayouts.PrepareOne));
        routes.MapGet("/v2/payouts/{id}/payout-entries", http => Run(http, ListPayouts.PrepareEntries));
        routes.MapPost("/v2/devices/codes", http => Run(http, DeviceCodes.PrepareCreate));
        routes.MapGet("/v2/devices/codes/{id}", http => Run(http, DeviceCodes.PrepareGet));
        routes.MapGet("/v2/locations/{id}", http => Run(http, GetLocation.Prepare));
    }

    private async Task Run(HttpContext http, Func<SquareSandbox, Call, Work> prepare)
    {
        var bytes = await FaultGate.Body(http);
        if (Problem(http, bytes) is { } problem)
        {
            await FaultGate.Write(http, problem.OnTheWire());
            return;
        }

        var id = http.Request.RouteValues.TryGetValue("id", out var value) ? (string)value! : "";
        var work = prepare(sandbox, new Call(id, http.Request.Query, bytes, Versions.Of(http.Request.Headers["Square-Version"])!.Value));
        sandbox.Count(work.Operation);
        var faults = sandbox.Faults.Fire(work.Operation, work.Reference);
        if (await _gate.Stopped(http, faults)) return;
        Reply reply;
        lock (sandbox.Book.Gate) reply = work.Do(faults);
        if (faults.Has(FaultKind.WebhookBeforeAnswer)) await reply.Notices;
        await _gate.Answer(http, faults, reply.Answer);
        // A Terminal shows its checkout whether the shop heard of it or not.
        if (reply.Shown is { } shown) sandbox.Customer.Sees(shown);
    }

    private SquareError? Problem(HttpContext http, byte[] bytes)
    {
        if (http.Request.Headers.Authorization.ToString() != $"Bearer {sandbox.Seller.AccessToken}") return SquareError.Unauthorized;
        if (Versions.Of(http.Request.Headers["Square-Version"]) is null) return SquareError.BadVersion;
        return bytes.Length > 0 && http.Request.ContentType?.Split(';')[0].Trim() != "application/json" ? SquareError.BadContentType : null;
    }
}
