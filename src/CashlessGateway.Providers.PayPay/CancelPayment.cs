namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// Gives up an unfinished payment in three steps: the code is deleted, so that nobody can begin to pay it; PayPay is asked whether the
/// customer was faster; then PayPay is asked for the promise that the money goes back (DELETE /v2/payments), which it gives even for a
/// payment that is not made yet. The promise alone does not disable a code, and the deletion alone says nothing about a payment under way.
/// </summary>
internal sealed class CancelPayment(PayPayApi api, LookUpPayment lookUp, TimeProvider time)
{
    /// <summary>
    /// The gateway's limit is for the whole cancel. The first two steps may take four seconds each, so that a silent one leaves
    /// seven of fifteen to the promise, which is what frees the clerk.
    /// </summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(4);

    private enum CodeEnd
    {
        Deleted,
        Paid,

        /// <summary>There was no id to delete it by, it is gone already, or nobody can tell.</summary>
        Open,
    }

    public async Task<ProviderAnswer> Run(PaymentCase payment, CancellationToken cancellation)
    {
        var code = await Briefly(limited => DeleteCode(payment.Handle, limited), cancellation);
        var before = await Briefly(limited => lookUp.Ask(payment.Reference, limited), cancellation);
        if (End(before) is { } end)
            return end;   // also when it was paid: taking money back from a customer who was faster is a void, behind another door

        if (code == CodeEnd.Paid)
            return new ProviderAnswer.Unknown("PayPay says the code is paid, and does not show the payment yet");

        var promise = await api.Delete($"/v2/payments/{Uri.EscapeDataString(payment.Reference)}", cancellation);
        return promise switch
        {
            PayPayAnswer.Done(true, _) => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
            PayPayAnswer.Done => await AfterUnclear("PayPay answered a cancel without accepting it", code, payment, cancellation),
            PayPayAnswer.Unclear(var why) => await AfterUnclear(why, code, payment, cancellation),
            PayPayAnswer.Refused(_, var said) => AfterRefusal(said, code, await lookUp.Ask(payment.Reference, cancellation)),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };
    }

    private async Task<CodeEnd> DeleteCode(string? codeId, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(codeId))
            return CodeEnd.Open;

        return await api.Delete($"/v2/codes/{Uri.EscapeDataString(codeId)}", cancellation) switch
        {
            PayPayAnswer.Done => CodeEnd.Deleted,
            PayPayAnswer.Refused(Refusal.CodeAlreadyPaid, _) => CodeEnd.Paid,
            PayPayAnswer.Refused or PayPayAnswer.Unclear => CodeEnd.Open,
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };
    }

    private static ProviderAnswer AfterRefusal(string said, CodeEnd code, PaymentDetails after) =>
        End(after) ?? Unpaid(code, after) ?? (after is PaymentDetails.NotFound
            ? new ProviderAnswer.Absent()   // neither a code nor a payment: whether that is the end, only the time since our call can say
            : new ProviderAnswer.Unknown($"{said}; and the payment can still be made"));

    /// <summary>The cancel may have been accepted: a payment that shows as completed now may be on its way back, and is not booked.</summary>
    private async Task<ProviderAnswer> AfterUnclear(string why, CodeEnd code, PaymentCase payment, CancellationToken cancellation)
    {
        var after = await lookUp.Ask(payment.Reference, cancellation);
        return End(after) is { } end and not ProviderAnswer.Captured ? end : Unpaid(code, after) ?? new ProviderAnswer.Unknown(why);
    }

    /// <summary>A deleted code cannot be paid any more, and this one was not paid before.</summary>
    private static ProviderAnswer? Unpaid(CodeEnd code, PaymentDetails after) =>
        code == CodeEnd.Deleted && after is PaymentDetails.NotFound or PaymentDetails.Found(PaymentStatus.Created, _)
            ? new ProviderAnswer.Cancelled(CancelledBy.Merchant)
            : null;

    /// <summary>Null while it has none.</summary>
    private static ProviderAnswer? End(PaymentDetails details) => details switch
    {
        PaymentDetails.Found(var status, var data) => status switch
        {
            PaymentStatus.Completed or PaymentStatus.Refunded => LookUpPayment.Captured(data),
            PaymentStatus.Failed or PaymentStatus.Canceled => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
            PaymentStatus.Expired => new ProviderAnswer.Expired(),
            PaymentStatus.Created or PaymentStatus.Authorized or PaymentStatus.Reauthorizing => null,
        },
        PaymentDetails.NotFound or PaymentDetails.Unclear => null,
        _ => throw new InvalidOperationException("PaymentDetails is a closed set."),
    };

    private async Task<T> Briefly<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(StepLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await step(either.Token);
    }
}
