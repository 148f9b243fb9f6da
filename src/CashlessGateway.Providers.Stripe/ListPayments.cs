using System.Runtime.CompilerServices;

namespace CashlessGateway.Providers.Stripe;

/// <summary>What Stripe took and gave back, for a gateway that was restored from an older backup.</summary>
internal sealed class ListPayments(StripeClient api)
{
    public async IAsyncEnumerable<ListedPayment> Run(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var window = new Window(since, null);
        await foreach (var intent in Paging.Read(after => api.ListIntents(window, after, cancellation), cancellation))
        {
            if (intent.Status == "succeeded")
                yield return Taken(intent);
        }

        await foreach (var refund in Paging.Read(after => api.ListRefunds(window, after, cancellation), cancellation))
        {
            if (refund.Status is not ("failed" or "canceled"))
                yield return new ListedPayment(refund.PaymentReference, refund.Intent ?? refund.Id, -refund.Amount, refund.Currency.ToUpperInvariant(), refund.Created);
        }
    }

    private static ListedPayment Taken(Intent intent) => intent is { AmountReceived: { } amount, Charge: { } charge }
        ? new ListedPayment(intent.Reference, intent.Id, amount, intent.Currency.ToUpperInvariant(), charge.Created)
        : throw new ProviderReadException("Stripe lists a payment as taken, but its amount or time cannot be read");
}
