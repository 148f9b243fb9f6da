using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>The addresses of the Open Payment API, and the way of every call through its faults.</summary>
internal sealed class PayPayApi(PayPaySandbox sandbox)
{
    private readonly RequestSignature _signature = new(sandbox.Merchants, sandbox.Time);

    private readonly FaultGate _gate = new(
        new FaultWords(Refusals.RateLimit.OnTheWire(), Refusals.Maintenance.OnTheWire(), Refusals.TransactionFailed.OnTheWire(), Refusals.ServiceError.OnTheWire()) { Garbage = """{"resultInfo":{"code":"SUCC"""u8.ToArray() },
        sandbox.Time, () => sandbox.Stopping);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/codes", http => Run(http, CreateCode.Prepare));
        routes.MapDelete("/v2/codes/{id}", http => Run(http, DeleteCode.Prepare));
        routes.MapGet("/v2/codes/payments/{id}", http => Run(http, GetPayment.PrepareCode));
        routes.MapGet("/v2/payments/{id}", http => Run(http, GetPayment.Prepare));
        routes.MapDelete("/v2/payments/{id}", http => Run(http, CancelPayment.Prepare));
        // Also with a slash at the end, which routing ignores and the signature does not.
        routes.MapPost("/v2/refunds", http => Run(http, RefundPayment.Prepare));
        routes.MapGet("/v2/refunds/{id}", http => Run(http, GetRefund.Prepare));
    }

    private async Task Run(HttpContext http, Func<PayPaySandbox, ApiRequest, ApiWork> prepare)
    {
        var body = await FaultGate.Body(http);
        var (merchant, refusal) = _signature.Check(http, body);
        if (merchant is null)
        {
            await FaultGate.Write(http, refusal!.OnTheWire());
            return;
        }

        var id = http.Request.RouteValues.TryGetValue("id", out var value) ? (string)value! : "";
        var work = prepare(sandbox, new ApiRequest(merchant, id, body));
        sandbox.Count(work.Operation);
        var faults = sandbox.Faults.Fire(work.Operation, work.MerchantPaymentId);
        if (await _gate.Stopped(http, faults)) return;
        var reply = work.Do(faults);
        if (faults.Has(FaultKind.WebhookBeforeAnswer)) await reply.Notices;
        if (await _gate.Answer(http, faults, reply.Answer.OnTheWire()) && reply.ShownCode is { } code) sandbox.Customer.SawCode(code);
    }
}
