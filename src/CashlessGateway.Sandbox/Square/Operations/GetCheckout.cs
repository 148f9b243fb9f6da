using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/terminals/checkouts/{id}.</summary>
internal static class GetCheckout
{
    /// <summary>Square keeps a checkout for thirty days.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static Work Prepare(SquareSandbox sandbox, Call call) =>
        new(ApiOperation.GetCheckout, Checkouts.ReferenceOf(sandbox, call.Id), faults =>
            sandbox.Book.Checkout(call.Id) is { } checkout && !Spoil.Hides(faults, checkout.CreatedAt, sandbox.Time.GetUtcNow()) && sandbox.Time.GetUtcNow() < checkout.CreatedAt + Kept
                ? Reply.Ok(new { checkout = Views.Checkout(checkout, sandbox, Spoil.Of(faults)) })
                : SquareError.NotFound("checkout"));
}

/// <summary>Whose checkout it is, before anything is done: faults are aimed by it.</summary>
internal static class Checkouts
{
    public static string? ReferenceOf(SquareSandbox sandbox, string id)
    {
        lock (sandbox.Book.Gate) return sandbox.Book.Checkout(id)?.ReferenceId;
    }
}
