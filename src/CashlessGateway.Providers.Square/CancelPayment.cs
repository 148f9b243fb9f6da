namespace CashlessGateway.Providers.Square;

/// <summary>
/// Gives up an unfinished payment: each open checkout of it is told to stop, and then Square is asked what became of it. A customer who
/// was faster has paid. E-money after an error at the Terminal cannot be cancelled from here (Square's documents): then a person ends it there.
/// </summary>
internal sealed class CancelPayment(SquareApi api, FindCheckouts checkouts, LookUpPayment lookUp, TimeProvider time)
{
    /// <summary>The gateway's limit is for the whole cancel: a silent first step must leave time to see what became of it.</summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(10);

    /// <summary>A Terminal that hears a cancel stops within seconds; one that has not by then shows something that needs a person.</summary>
    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(20);

    public async Task<ProviderAnswer> Run(PaymentCase payment, CancellationToken cancellation)
    {
        var (open, problem) = await ToCancel(payment, cancellation);
        if (open is null)
            return new ProviderAnswer.Unknown(problem);

        var refused = false;
        foreach (var checkout in open)
            refused |= await Briefly(limited => api.Post($"/v2/terminals/checkouts/{Uri.EscapeDataString(checkout)}/cancel", null, limited), cancellation) is SquareAnswer.Refused;

        return await lookUp.Run(payment, cancellation) switch
        {
            ProviderAnswer.Pending pending => await Waiting(payment, pending.Handle ?? payment.Handle, refused, cancellation),
            var end => end,
        };
    }

    /// <summary>The one that is known, or what the search finds; null when nobody can tell.</summary>
    private async Task<(IReadOnlyList<string>? Ids, string Problem)> ToCancel(PaymentCase payment, CancellationToken cancellation)
    {
        if (payment.Handle is { Length: > 0 } handle)
            return ([handle], "");

        return await checkouts.ByReference(payment, cancellation) switch
        {
            Found.Checkouts(var list) => ([.. list.Where(static checkout => checkout.IsOpen).Select(static checkout => checkout.Id)], ""),
            Found.Unclear(var why) => (null, why),
            _ => throw new InvalidOperationException("Found is a closed set."),
        };
    }

    private async Task<ProviderAnswer> Waiting(PaymentCase payment, string? id, bool refused, CancellationToken cancellation)
    {
        if (id is null || await checkouts.ById(id, payment.Reference, cancellation) is not Found.Checkouts([var checkout]))
            return new ProviderAnswer.Pending(null, id);

        var stuck = checkout.Status switch
        {
            CheckoutStatus.InProgress => refused,
            CheckoutStatus.CancelRequested => checkout.UpdatedAt + HeardWithin <= time.GetUtcNow(),
            CheckoutStatus.Pending or CheckoutStatus.Canceled or CheckoutStatus.Completed => false,
        };
        return new ProviderAnswer.Pending(
            stuck && PaymentTypes.IsEMoney(checkout.PaymentType) ? new ProviderAction.EndAtTerminal(payment.Terminal ?? checkout.Device ?? id) : null, id);
    }

    private async Task<T> Briefly<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(StepLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await step(either.Token);
    }
}
