using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The provider's rules for sending money back.</summary>
internal static class RefundRules
{
    private const int OpenDays = 365;

    public static Step<RefundDecision> Decide(CodeOrder order, Progress progress, Refund wanted, PayPayTerms terms, DateTimeOffset now) => progress switch
    {
        { PaidAt: null } => Refuse(Refusals.CannotBeRefunded),
        _ when progress.ReturnsAt(terms) is not null => Refuse(Refusals.CannotBeRefunded),
        _ when now >= JapanTime.Midnight(progress.PaidAt.Value, OpenDays + 1) => Refuse(Refusals.CannotBeRefunded),
        _ when progress.Refunds.Count >= terms.MaxRefundsPerPayment => Refuse(Refusals.MultipleRefunds),
        _ when wanted.Amount > order.Amount - progress.Refunded() => Refuse(Refusals.RefundAmount),
        _ => new(progress with { Refunds = [.. progress.Refunds, wanted] }, new RefundDecision.Accepted(wanted)),
    };

    private static Step<RefundDecision> Refuse(ApiAnswer answer) => new(null, new RefundDecision.Refused(answer));
}

internal abstract record RefundDecision
{
    private RefundDecision() { }

    public sealed record Accepted(Refund Refund) : RefundDecision;

    public sealed record Refused(ApiAnswer Answer) : RefundDecision;
}
