namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// POST /v1/refunds under our reference as its key: within a day Stripe makes a repeated order one order. Keys are forgotten after
/// that, so an order that is not fresh is looked for first; it is sent only when Stripe's list does not have it.
/// </summary>
internal sealed class RefundPayment(StripeClient api, TimeProvider time)
{
    /// <summary>An order this young is the first of its kind; whoever had to wait (for an approval, for an answer) pays one question more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public async Task<RefundAnswer> Run(RefundOrder order, CancellationToken cancellation)
    {
        if (time.GetUtcNow() > order.RequestedAt + Fresh && await LookUp(order, cancellation) is var earlier and not RefundAnswer.Absent)
            return earlier;

        return await api.CreateRefund(Body(order), $"{order.Reference}-refund", cancellation) switch
        {
            StripeAnswer<Refund>.Done(var refund) => Read(order, refund),
            StripeAnswer<Refund>.Refused(var refusal, var said) => await AfterRefusal(order, refusal, said, cancellation),
            StripeAnswer<Refund>.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    public async Task<RefundAnswer> LookUp(RefundOrder order, CancellationToken cancellation)
    {
        if (order.ProviderReference.Length == 0)
            return new RefundAnswer.Unknown("Stripe's number of the payment is not known, so its refunds cannot be listed");

        return await Paging.Find(after => api.ListRefunds(order.ProviderReference, after, cancellation), refund => refund.Reference == order.Reference) switch
        {
            StripeAnswer<IReadOnlyList<Refund>>.Done(var refunds) => Among(order, refunds),
            StripeAnswer<IReadOnlyList<Refund>>.Refused(_, var said) => new RefundAnswer.Unknown(said),
            StripeAnswer<IReadOnlyList<Refund>>.Unclear(var why) => new RefundAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    /// <summary>A refusal says nothing about an earlier try whose answer was lost, so Stripe is asked before a refund is called failed.</summary>
    private async Task<RefundAnswer> AfterRefusal(RefundOrder order, Refusal refusal, string said, CancellationToken cancellation)
    {
        var earlier = await LookUp(order, cancellation);
        if (earlier is not RefundAnswer.Absent)
            return earlier;

        return refusal switch
        {
            // No answer to the refund itself: it may go again as it is.
            Refusal.RateLimited or Refusal.Locked => earlier,
            // Something was done under this key, and the list does not show what.
            Refusal.KeyReused => new RefundAnswer.Unknown(said),
            _ => new RefundAnswer.Failed(refusal.Code(), said),
        };
    }

    private static RefundAnswer Among(RefundOrder order, IReadOnlyList<Refund> refunds)
    {
        var alive = refunds.Where(refund => refund.Status is not ("failed" or "canceled")).ToList();
        return (alive.Count, refunds.Count) switch
        {
            (_, 0) => new RefundAnswer.Absent(),
            (0, _) => Read(order, refunds[0]),   // the newest stands first
            (1, _) => Read(order, alive[0]),
            _ => new RefundAnswer.Unknown("Stripe shows this refund more than once: the money may have gone back twice"),
        };
    }

    private static RefundAnswer Read(RefundOrder order, Refund refund)
    {
        if (refund.Reference != order.Reference || refund.Amount != order.Amount || refund.Currency != "jpy")
            return new RefundAnswer.Unknown("Stripe answered about another refund or amount than ours");

        return refund.Status switch
        {
            "succeeded" => new RefundAnswer.Succeeded(refund.Created, refund.Id),
            "pending" or "requires_action" => new RefundAnswer.Pending(),
            // Also long after it had succeeded: the card's bank sent the money back, and it is on the account with Stripe again.
            "failed" => new RefundAnswer.Failed("refund-failed", refund.FailureReason),
            "canceled" => new RefundAnswer.Failed("refund-canceled", refund.FailureReason),
            _ => new RefundAnswer.Unknown("Stripe told a refund status that is not in its documents"),
        };
    }

    /// <summary>The clerk's words may name a person and stay here; the payment's reference is for whoever reads the payout.</summary>
    private static Form Body(RefundOrder order) => new()
    {
        { "payment_intent", order.ProviderReference },
        { "amount", order.Amount },
        { "reason", "requested_by_customer" },
        { "metadata", new Form { { Metadata.Refund, order.Reference }, { Metadata.Payment, order.PaymentReference } } },
    };
}
