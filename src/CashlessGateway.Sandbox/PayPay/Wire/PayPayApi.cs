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
        var body = await Body(http);
        var (merchant, refusal) = _signature.Check(http, body);
        if (merchant is null)
        {
            await FaultyAnswer.Write(http, refusal!);
            return;
        }

        var id = http.Request.RouteValues.TryGetValue("id", out var value) ? (string)value! : "";
        var work = prepare(sandbox, new ApiRequest(merchant, id, body));
        sandbox.Count(work.Operation);
        var faults = sandbox.Faults.Fire(work.Operation, work.MerchantPaymentId);
        if (await Stopped(http, faults)) return;
        await Answer(http, faults, work.Do(faults));
    }

    /// <summary>True when a fault ended the call before its effect.</summary>
    private async Task<bool> Stopped(HttpContext http, FiredFaults faults)
    {
        if (!await Wait(faults.Wait(FaultKind.Delay)) || faults.Has(FaultKind.DropBefore))
        {
            http.Abort();
            return true;
        }

        if (faults.Of(FaultKind.ErrorBefore) is { } error)
        {
            await FaultyAnswer.WriteError(http, error.Status);
            return true;
        }

        var refusal = faults.Has(FaultKind.RateLimit) ? Refusals.RateLimit
            : faults.Has(FaultKind.Maintenance) ? Refusals.Maintenance
            : faults.Has(FaultKind.TransactionFailed) ? Refusals.TransactionFailed
            : null;
        if (refusal is not null) await FaultyAnswer.Write(http, refusal);
        return refusal is not null;
    }

    private async Task Answer(HttpContext http, FiredFaults faults, ApiReply reply)
    {
        if (faults.Has(FaultKind.WebhookBeforeAnswer)) await reply.Notices;
        if (!await Wait(faults.Wait(FaultKind.DelayAfter)) || faults.Has(FaultKind.DropAfter))
        {
            http.Abort();
        }
        else if (faults.Of(FaultKind.ErrorAfter) is { } error)
        {
            await FaultyAnswer.WriteError(http, error.Status);
        }
        else if (faults.Has(FaultKind.Garbage))
        {
            await FaultyAnswer.WriteGarbage(http);
        }
        else if (faults.Has(FaultKind.AnswerTwice))
        {
            await FaultyAnswer.WriteTwice(http, reply.Answer);
        }
        else
        {
            await FaultyAnswer.Write(http, reply.Answer);
            if (reply.ShownCode is { } code && !http.RequestAborted.IsCancellationRequested) sandbox.Customer.SawCode(code);
        }
    }

    /// <summary>A caller who leaves does not end the wait: the request has arrived, and a slow server still does it. False when the sandbox ends.</summary>
    private async Task<bool> Wait(TimeSpan span)
    {
        if (span > TimeSpan.Zero) await Task.Delay(span, sandbox.Time, sandbox.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !sandbox.Stopping.IsCancellationRequested;
    }

    private static async Task<byte[]> Body(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }
}
