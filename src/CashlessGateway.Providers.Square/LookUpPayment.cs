namespace CashlessGateway.Providers.Square;

/// <summary>
/// What became of a payment. While its checkout is open that is all; before anything final is said, Square is asked for other checkouts
/// of the same reference too: a start that was repeated after Square forgot its key has made two, and either may be the one that was paid.
/// </summary>
internal sealed class LookUpPayment(FindCheckouts checkouts, FindPayments payments, LocationCheck location)
{
    public async Task<ProviderAnswer> Run(PaymentCase payment, CancellationToken cancellation)
    {
        Found known = payment.Handle is { Length: > 0 } handle ? await checkouts.ById(handle, payment.Reference, cancellation) : new Found.Checkouts([]);
        if (known is not Found.Checkouts(var byId))
            return new ProviderAnswer.Unknown(((Found.Unclear)known).Why);

        if (byId is [{ IsOpen: true }])
            return new ProviderAnswer.Pending(null, null);

        return await checkouts.ByReference(payment, cancellation) switch
        {
            Found.Checkouts(var others) => await Judge(payment, [.. byId.UnionBy(others, static checkout => checkout.Id)], cancellation),
            // The checkout itself says that it is paid: a search that does not work now is no reason to let the customer wait.
            Found.Unclear when byId is [{ Status: CheckoutStatus.Completed }] => await Judge(payment, byId, cancellation),
            Found.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("Found is a closed set."),
        };
    }

    private async Task<ProviderAnswer> Judge(PaymentCase payment, IReadOnlyList<Checkout> all, CancellationToken cancellation)
    {
        // As long as one of several can be paid, nothing is final: what was taken with another is told when this one has ended.
        if (all.FirstOrDefault(static checkout => checkout.IsOpen) is { } open)
            return Open(payment, open);

        if (all.Count == 0)
            return await WithoutCheckout(payment, cancellation);

        if (all.Any(static checkout => checkout is { Status: CheckoutStatus.Completed, PaymentIds.Count: 0 }))
            return new ProviderAnswer.Unknown("Square says that the checkout is completed, and names no payment");

        var completed = all.Any(static checkout => checkout.Status == CheckoutStatus.Completed);
        return await payments.Of(all, payment.Reference, cancellation) switch
        {
            Taken.Yes(var money) => money,   // also where a checkout says CANCELED and a payment of it says COMPLETED: money that is taken counts
            Taken.NotYet => new ProviderAnswer.Pending(null, null),
            Taken.No when completed => new ProviderAnswer.Unknown("Square says that the checkout is completed, and that none of its payments is"),
            Taken.No => Ended(all),
            Taken.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("Taken is a closed set."),
        };
    }

    /// <summary>Also of a start whose answer was lost: so the clerk is told where it is to be paid.</summary>
    private static ProviderAnswer.Pending Open(PaymentCase payment, Checkout open) => new(
        open is { Deadline: { } end, Device: { } device } && payment.Handle is null ? new ProviderAction.PresentAtTerminal(payment.Terminal ?? device, end) : null,
        open.Id);

    private async Task<ProviderAnswer> WithoutCheckout(PaymentCase payment, CancellationToken cancellation) =>
        await payments.ByReference(payment, cancellation) switch
        {
            Taken.Yes(var money) => money,
            Taken.NotYet => new ProviderAnswer.Pending(null, null),
            Taken.No => new ProviderAnswer.Unknown("Square lists a try to pay, but no checkout for it"),
            Taken.Unclear(var why) => new ProviderAnswer.Unknown(why),
            null => await location.Problem(cancellation) is { } problem ? new ProviderAnswer.Unknown(problem) : new ProviderAnswer.Absent(),
            _ => throw new InvalidOperationException("Taken is a closed set."),
        };

    /// <summary>By the last of them; none has taken money.</summary>
    private static ProviderAnswer Ended(IReadOnlyList<Checkout> all) => all.MaxBy(static checkout => checkout.CreatedAt ?? default)!.CancelReason switch
    {
        "TIMED_OUT" => new ProviderAnswer.Expired(),
        "BUYER_CANCELED" => new ProviderAnswer.Cancelled(CancelledBy.Customer),
        "SELLER_CANCELED" => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
        _ => new ProviderAnswer.Cancelled(CancelledBy.Provider),   // cancelled for certain, and Square does not say by whom
    };
}
