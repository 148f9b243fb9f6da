namespace CashlessGateway.Sandbox.PayPay;

/// <summary>The provider's rules for paying, deleting and cancelling a code.</summary>
internal static class PaymentRules
{
    /// <summary>One payment above this fails when the customer pays it.</summary>
    public const long HighestAmount = 500_000;

    private static readonly TimeSpan CancelOpenAfterMidnight = TimeSpan.FromMinutes(15);

    public static Step<CustomerResult> Pay(CodeOrder order, Progress progress, CustomerOutcome outcome, string newPaymentId, DateTimeOffset now)
    {
        return progress switch
        {
            { PaidAt: not null } => new(null, CustomerResult.AlreadyPaid),
            { Failure: not null } => new(null, CustomerResult.AlreadyFailed),
            { CodeDeleted: true } => new(null, CustomerResult.Deleted),
            _ when now >= order.ExpiresAt => new(null, CustomerResult.Expired),
            _ => outcome switch
            {
                CustomerOutcome.WalkAway => new(null, CustomerResult.WalkedAway),
                CustomerOutcome.InsufficientFunds => Fail(PaymentFailure.InsufficientFunds),
                CustomerOutcome.Pay when order.Amount > HighestAmount => Fail(PaymentFailure.OverLimit),
                CustomerOutcome.Pay => new(progress with { PaymentId = newPaymentId, PaidAt = now }, CustomerResult.Paid),
            },
        };

        Step<CustomerResult> Fail(PaymentFailure failure) =>
            new(progress with { PaymentId = newPaymentId, Failure = failure }, CustomerResult.Failed);
    }

    public static Step<DeleteResult> Delete(Progress progress) => progress switch
    {
        { PaidAt: not null } => new(null, DeleteResult.AlreadyPaid),
        { CodeDeleted: true } => new(null, DeleteResult.NotFound),
        _ => new(progress with { CodeDeleted = true }, DeleteResult.Deleted),
    };

    /// <summary>
    /// Before the customer has paid, a cancel is accepted and the code still works; what is paid then goes back.
    /// </summary>
    public static Step<CancelResult> Cancel(Progress progress, bool keepPromise, DateTimeOffset now) => progress switch
    {
        { CancelAcceptedAt: not null } => new(null, CancelResult.AcceptedBefore),
        { Refunds.Count: > 0 } => new(null, CancelResult.NotReversible),
        { PaidAt: { } paid } when now >= CancelEnd(paid) => new(null, CancelResult.NotReversible),
        _ => new(progress with { CancelAcceptedAt = now, CancelBroken = !keepPromise }, CancelResult.Accepted),
    };

    /// <summary>Until 00:14:59 in Japan of the day after the payment.</summary>
    private static DateTimeOffset CancelEnd(DateTimeOffset paid) => JapanTime.Midnight(paid, 1) + CancelOpenAfterMidnight;
}

internal enum DeleteResult
{
    Deleted,
    AlreadyPaid,
    NotFound,
}

internal enum CancelResult
{
    Accepted,
    AcceptedBefore,
    NotReversible,
}
