using System.Runtime.CompilerServices;

namespace CashlessGateway.Providers.Stripe;

/// <summary>GET /v1/payouts, and for each of them GET /v1/balance_transactions: what was paid out, and for what.</summary>
internal sealed class ReadSettlements(StripeClient api)
{
    public async IAsyncEnumerable<Payout> Payouts(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var payout in Paging.Read(after => api.ListPayouts(new Window(since, null), after, cancellation), cancellation))
            yield return new Payout(payout.Id, State(payout.Status), payout.Amount, payout.Currency.ToUpperInvariant(), Day(payout.Arrives), payout.Created);
    }

    public async IAsyncEnumerable<SettlementLine> Lines(string payout, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in Paging.Read(after => api.ListTransactions(payout, after, cancellation), cancellation))
        {
            // The transfer itself is listed among its lines, with the sum below zero.
            if (line.Source != payout)
                yield return Line(line);
        }
    }

    /// <summary>Stripe writes a day as its midnight in UTC.</summary>
    private static DateOnly Day(DateTimeOffset arrives) => DateOnly.FromDateTime(arrives.UtcDateTime);

    private static PayoutState State(string status) => status switch
    {
        "pending" or "in_transit" => PayoutState.Announced,
        "paid" => PayoutState.Paid,   // and can still turn failed, some days later
        "failed" or "canceled" => PayoutState.Failed,
        _ => throw new ProviderReadException("Stripe told a state of a payout that is not in its documents"),
    };

    private static SettlementLine Line(BalanceTransaction line)
    {
        if (line.Net != line.Amount - line.Fee)
            throw new ProviderReadException($"Stripe's line {line.Id} does not add up: {line.Amount} less {line.Fee} is told as {line.Net}");

        var kind = Kind(line.Category);
        // A fee apart from a payment stands in Stripe's list as an amount below zero.
        var (gross, fee) = kind == SettlementKind.Fee ? (0, -line.Net) : (line.Amount, line.Fee);
        return new SettlementLine(line.Id, kind, gross, fee, line.Currency.ToUpperInvariant(), line.Created)
        {
            ProviderReference = line.Intent,
            PaymentReference = line.PaymentReference,
            RefundReference = kind == SettlementKind.Refund ? line.RefundReference ?? line.Source : null,
            Word = line.Category,
        };
    }

    private static SettlementKind Kind(string category) => category switch
    {
        "charge" => SettlementKind.Payment,
        // A refund that failed comes as its own line above zero.
        "refund" or "refund_failure" => SettlementKind.Refund,
        "fee" => SettlementKind.Fee,
        "dispute" => SettlementKind.Dispute,
        "dispute_reversal" => SettlementKind.DisputeReversed,
        "other_adjustment" => SettlementKind.Adjustment,
        _ => SettlementKind.Other,
    };
}
