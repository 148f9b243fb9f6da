using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/refunds/{id}.</summary>
internal static class GetRefund
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.GetRefund, ReferenceOf(sandbox, call.Id), faults =>
        sandbox.Book.Refund(call.Id) is { } refund && !Spoil.Hides(faults, refund.At, sandbox.Time.GetUtcNow())
            ? Reply.Ok(new { refund = Views.Refund(refund, sandbox, Spoil.Of(faults), sandbox.Time.GetUtcNow()) })
            : SquareError.NotFound("refund"));

    private static string? ReferenceOf(SquareSandbox sandbox, string id)
    {
        lock (sandbox.Book.Gate) return sandbox.Book.Refund(id) is { } refund ? sandbox.Book.Payment(refund.PaymentId)?.ReferenceId : null;
    }
}
