using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/terminals/checkouts/{id}/dismiss: the Terminal leaves the screen of the result.</summary>
internal static class DismissCheckout
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.DismissCheckout, Checkouts.ReferenceOf(sandbox, call.Id), _ =>
        sandbox.Book.Checkout(call.Id) is not { } checkout ? SquareError.NotFound("checkout")
        : CheckoutRules.IsOpenAt(checkout, sandbox.Time.GetUtcNow(), sandbox.Terms) ? SquareError.CannotDismiss
        : Reply.Ok(new { checkout = Views.Checkout(checkout, sandbox, Spoil.None) }));
}
