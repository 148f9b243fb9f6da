using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/terminals/checkouts/{id}/cancel. E-money after an error at the Terminal cannot be cancelled so.</summary>
internal static class CancelCheckout
{
    public static Work Prepare(SquareSandbox sandbox, Call call) =>
        new(ApiOperation.Cancel, Checkouts.ReferenceOf(sandbox, call.Id), faults => sandbox.Book.Checkout(call.Id) is { } checkout ? Do(sandbox, checkout, faults) : SquareError.NotFound("checkout"));

    private static Reply Do(SquareSandbox sandbox, CheckoutRecord checkout, FiredFaults faults)
    {
        var now = sandbox.Time.GetUtcNow();
        var status = CheckoutRules.StatusAt(checkout, now, sandbox.Terms);
        if (status is not (SquareStatus.Pending or SquareStatus.InProgress) || checkout.Stuck) return SquareError.CannotCancel;

        // What no Terminal has begun is ended here; one that has begun has to hear it first.
        var asked = status == SquareStatus.Pending ? checkout with { CancelAskedAt = now, EndedAt = now, CancelReason = "SELLER_CANCELED" } : checkout with { CancelAskedAt = now };
        if (faults.Has(FaultKind.CompleteAfterCancel)) return FasterCustomer(sandbox, checkout with { CancelAskedAt = now, BegunAt = now });

        sandbox.Book.Write(new StateLine { Checkout = asked });
        return Reply.Ok(new { checkout = Views.Checkout(asked, sandbox, Spoil.None) }) with { Notices = sandbox.Notices.Updated(asked) };
    }

    /// <summary>The cancel is taken, and the customer's card is read before the Terminal hears of it.</summary>
    private static Reply FasterCustomer(SquareSandbox sandbox, CheckoutRecord asked)
    {
        var answer = Reply.Ok(new { checkout = Views.Checkout(asked, sandbox, Spoil.None with { Status = "CANCEL_REQUESTED" }) });
        return answer with { Notices = sandbox.Customer.Act(asked.Id, SquareAct.Pay).Notices };
    }
}
