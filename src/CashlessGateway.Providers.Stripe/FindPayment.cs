namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// Finds what was begun under our reference when no answer ever came. Stripe cannot be asked by it, so the lists around the order's
/// time are read to their end; they are never behind. The search is, so it only adds what the lists could not show.
/// </summary>
internal sealed class FindPayment(StripeClient api)
{
    private const string NoTime = "the order has no time, so Stripe's lists cannot be searched for it";

    public async Task<StripeAnswer<IReadOnlyList<Session>>> Sessions(PaymentCase payment, CancellationToken cancellation) =>
        OrderTime.Search(payment.RequestedAt) is { } window
            ? await Paging.Find(after => api.ListSessions(window, after, cancellation), session => session.Reference == payment.Reference)
            : new StripeAnswer<IReadOnlyList<Session>>.Unclear(NoTime);

    public async Task<StripeAnswer<IReadOnlyList<Intent>>> Intents(PaymentCase payment, CancellationToken cancellation)
    {
        if (OrderTime.Search(payment.RequestedAt) is not { } window)
            return new StripeAnswer<IReadOnlyList<Intent>>.Unclear(NoTime);

        var listed = await Paging.Find(after => api.ListIntents(window, after, cancellation), intent => intent.Reference == payment.Reference);
        // A list that could not be read is not made up for by a search: it may lack the one of two that is paid.
        return listed is StripeAnswer<IReadOnlyList<Intent>>.Done { Value.Count: 0 } ? await Searched(payment.Reference, cancellation) ?? listed : listed;
    }

    /// <summary>Null when the search has nothing to add. Its entries may be old, so each is asked for anew.</summary>
    public async Task<StripeAnswer<IReadOnlyList<Intent>>?> Searched(string reference, CancellationToken cancellation)
    {
        if (await api.SearchIntents(reference, cancellation) is not StripeAnswer<Page<Intent>>.Done({ Items: { Count: > 0 } hits }))
            return null;

        var found = new List<Intent>();
        foreach (var hit in hits.Where(hit => hit.Reference == reference))
        {
            if (await api.GetIntent(hit.Id, cancellation) is not StripeAnswer<Intent>.Done(var intent))
                return new StripeAnswer<IReadOnlyList<Intent>>.Unclear("Stripe's search found a payment that could not be read then");

            found.Add(intent);
        }

        return found.Count > 0 ? new StripeAnswer<IReadOnlyList<Intent>>.Done(found) : null;
    }
}
