using System.Runtime.CompilerServices;

namespace CashlessGateway.Providers.Stripe;

/// <summary>GET /v1/disputes. Stripe lists them by their beginning only, so those that may still change are always among them.</summary>
internal sealed class ListDisputes(StripeClient api)
{
    /// <summary>Banks take up to three months for a decision after the evidence, which itself is due within weeks.</summary>
    private static readonly TimeSpan LongestDispute = TimeSpan.FromDays(180);

    public async IAsyncEnumerable<Dispute> Run(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var window = new Window(since - LongestDispute, null);
        await foreach (var dispute in Paging.Read(after => api.ListDisputes(window, after, cancellation), cancellation))
        {
            yield return new Dispute(dispute.Id, dispute.Intent ?? "", dispute.Amount, dispute.Currency.ToUpperInvariant(), State(dispute.Status), dispute.Reason ?? "", dispute.Created)
            {
                PaymentReference = dispute.PaymentReference,
                EvidenceUntil = dispute.DueBy,
            };
        }
    }

    private static DisputeState State(string status) => status switch
    {
        "needs_response" or "warning_needs_response" => DisputeState.NeedsResponse,
        "under_review" or "warning_under_review" => DisputeState.UnderReview,
        "won" or "warning_closed" or "prevented" => DisputeState.Won,
        "lost" => DisputeState.Lost,
        _ => throw new ProviderReadException("Stripe told a state of a dispute that is not in its documents"),
    };
}
