using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/payments/{id}.</summary>
internal static class GetPayment
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.GetPayment, ReferenceOf(sandbox, call.Id), faults =>
        sandbox.Book.Payment(call.Id) is { } payment && !Spoil.Hides(faults, payment.At, sandbox.Time.GetUtcNow())
            ? Reply.Ok(new { payment = Views.Payment(payment, sandbox, Spoil.Of(faults), call.Version) })
            : SquareError.NotFound("payment"));

    public static string? ReferenceOf(SquareSandbox sandbox, string id)
    {
        lock (sandbox.Book.Gate) return sandbox.Book.Payment(id)?.ReferenceId;
    }
}
