using System.Text.Json;
using System.Text.Json.Serialization;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Web;

namespace CashlessGateway.Recovery;

/// <summary>One order to a provider, as it stands in the call log: enough to ask for it, and to book it, without the database. Nothing personal.</summary>
public sealed record CalledLine
{
    public required Instant At { get; init; }
    public required string Municipality { get; init; }
    public required string Instance { get; init; }

    /// <summary>Our id of the payment.</summary>
    public required string Payment { get; init; }

    public required string Receivable { get; init; }
    public required string Place { get; init; }

    /// <summary>Of the payment; of the refund, where it is one.</summary>
    public required Yen Amount { get; init; }

    public required string Method { get; init; }
    public required string Presentation { get; init; }
    public string? Brand { get; init; }
    public string? Terminal { get; init; }
    public string? Operator { get; init; }

    /// <summary>What it was for, by revenue account.</summary>
    public IReadOnlyList<CalledAccount> Accounts { get; init; } = [];

    /// <summary>Null for a payment.</summary>
    public CalledRefund? Refund { get; init; }

    public static CalledLine Of(AttemptPlan plan, Instant now) => new()
    {
        At = now,
        Municipality = plan.Payment.Municipality,
        Instance = plan.Instance.Name,
        Payment = plan.Payment.Id,
        Receivable = plan.Payment.Receivable,
        Place = plan.Payment.Place,
        Amount = plan.Payment.Amount,
        Method = plan.Payment.Method,
        Presentation = plan.Payment.Presentation,
        Brand = plan.Payment.Brand,
        Terminal = plan.Payment.Terminal,
        Operator = plan.Payment.Operator,
        Accounts = [.. plan.Lines.GroupBy(line => (line.RevenueAccount, line.Kaikei)).Select(group => new CalledAccount(group.Key.RevenueAccount, group.Key.Kaikei, Yen.Sum(group.Select(line => line.Amount))))],
    };

    public static CalledLine Of(Refund refund, Payment payment, string instance, Instant now) => new()
    {
        At = now,
        Municipality = payment.Municipality,
        Instance = instance,
        Payment = payment.Id,
        Receivable = payment.Receivable,
        Place = payment.Place,
        Amount = refund.Amount,
        Method = payment.Method,
        Presentation = payment.Presentation,
        Refund = new CalledRefund(refund.Id, refund.Way, payment.ProviderReference ?? "", payment.Amount, payment.CapturedAt ?? payment.CreatedAt),
    };
}

public sealed record CalledAccount(string Account, string Kaikei, Yen Amount);

/// <param name="ProviderReference">Of the payment.</param>
/// <param name="PaymentAmount">How much was paid; the line's own amount is what goes back.</param>
public sealed record CalledRefund(string Id, string Way, string ProviderReference, Yen PaymentAmount, Instant CapturedAt);

/// <summary>How a line is written: on one line, and without what is null.</summary>
internal static class CalledLineJson
{
    public static readonly JsonSerializerOptions Options = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
