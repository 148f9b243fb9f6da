namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// Two steps: a payment for a card that is present, and its hand-over to the reader. Only the second lets anybody pay; when it is
/// refused, the payment is ended, so that it can never take money later.
/// </summary>
internal sealed class StartAtReader(StripeClient api, StripeSettings settings, LookUpPayment lookUp, EndIntent end, TimeProvider time)
{
    public async Task<ProviderAnswer> Run(PaymentOrder order, CancellationToken cancellation)
    {
        if (order.Device is not { Length: > 0 } reader)
            return new ProviderAnswer.Declined("no-device", "the terminal is not paired with a reader of Stripe");

        if (OrderTime.IsTooLate(order.RequestedAt, time.GetUtcNow()))
            return await LookUp(order, cancellation);

        return await api.CreateIntent(Body(order), $"{order.Reference}-intent", cancellation) switch
        {
            StripeAnswer<Intent>.Done(var intent) when IsOurs(order, intent) => await HandOver(order, intent, reader, cancellation),
            StripeAnswer<Intent>.Done => new ProviderAnswer.Unknown("Stripe made another payment or amount than ours; it is not handed to the reader"),
            StripeAnswer<Intent>.Refused(Refusal.KeyReused, var said) => await AfterRepeat(order, new ProviderAnswer.Unknown(said), cancellation),
            // Decided before Stripe looks at the key, so it says nothing about an earlier try that may stand on the reader by now.
            StripeAnswer<Intent>.Refused(Refusal.RateLimited or Refusal.Locked, var said) => await AfterRepeat(order, new ProviderAnswer.Declined(Refusal.RateLimited.Code(), said), cancellation),
            StripeAnswer<Intent>.Refused(var refusal, var said) => new ProviderAnswer.Declined(refusal.Code(), said),
            StripeAnswer<Intent>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    private static bool IsOurs(PaymentOrder order, Intent intent) => intent.Reference == order.Reference && intent.Amount == order.Amount && intent.Currency == "jpy";

    private async Task<ProviderAnswer> HandOver(PaymentOrder order, Intent intent, string reader, CancellationToken cancellation)
    {
        var handle = new Handle(intent.Id, reader);
        return await api.ProcessIntent(reader, Request(intent), $"{order.Reference}-process", cancellation) switch
        {
            StripeAnswer<Reader>.Done => new ProviderAnswer.Pending(
                new ProviderAction.PresentAtTerminal(order.Terminal ?? reader, order.RequestedAt + OrderTime.AtReader), handle.ToString()),
            // The reader may have got it although it did not say so in time: only a look at the payment tells.
            StripeAnswer<Reader>.Refused(Refusal.ReaderTimeout, var said) => new ProviderAnswer.Unknown(said),
            StripeAnswer<Reader>.Refused(Refusal.UnexpectedState or Refusal.KeyReused, var said) => await AfterRepeat(order, new ProviderAnswer.Unknown(said), cancellation),
            StripeAnswer<Reader>.Refused(var refusal, var said) =>
                await end.Run(intent.Id, order.Reference, CancelReason.Merchant, new ProviderAnswer.Declined(refusal.Code(), said), cancellation),
            StripeAnswer<Reader>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    /// <summary>Whatever an earlier try has left is what counts.</summary>
    private async Task<ProviderAnswer> AfterRepeat(PaymentOrder order, ProviderAnswer ifAbsent, CancellationToken cancellation) =>
        await LookUp(order, cancellation) is var found and not ProviderAnswer.Absent ? found : ifAbsent;

    private Task<ProviderAnswer> LookUp(PaymentOrder order, CancellationToken cancellation) => lookUp.Run(StartOnline.CaseOf(order), cancellation);

    private Form Body(PaymentOrder order)
    {
        var form = new Form
        {
            { "amount", order.Amount },
            { "currency", "jpy" },
            { settings.Version.MethodTypes, new[] { "card_present" } },
            { "capture_method", "automatic" },
            { "metadata", new Form { { Metadata.Payment, order.Reference } } },
        };
        if (order.Description.Length > 0)
            form.Add("description", order.Description);

        return form;
    }

    /// <summary>There are no tips at a counter, and a customer may change their mind at the reader.</summary>
    private static Form Request(Intent intent) => new()
    {
        { "payment_intent", intent.Id },
        { "process_config", new Form { { "enable_customer_cancellation", true }, { "skip_tipping", true } } },
    };
}
