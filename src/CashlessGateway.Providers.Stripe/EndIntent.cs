namespace CashlessGateway.Providers.Stripe;

/// <summary>
/// POST /v1/payment_intents/{id}/cancel: once Stripe has accepted it, that payment can never take money, whatever a reader or a page
/// still shows. This alone decides; everything else is politeness towards whoever stands there.
/// </summary>
internal sealed class EndIntent(StripeClient api)
{
    /// <param name="ended">What it means here that it can take no money any more.</param>
    public async Task<ProviderAnswer> Run(string id, string reference, string reason, ProviderAnswer ended, CancellationToken cancellation) =>
        await api.CancelIntent(id, reason, cancellation) switch
        {
            StripeAnswer<Intent>.Done(var intent) => After(intent, reference, ended, "Stripe took the cancel and still shows the payment as open"),
            StripeAnswer<Intent>.Refused(_, var said) => await AfterRefusal(id, reference, said, ended, cancellation),
            StripeAnswer<Intent>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };

    private async Task<ProviderAnswer> AfterRefusal(string id, string reference, string said, ProviderAnswer ended, CancellationToken cancellation) =>
        await api.GetIntent(id, cancellation) switch
        {
            StripeAnswer<Intent>.Done(var intent) => After(intent, reference, ended, said),
            StripeAnswer<Intent>.Refused(_, var again) => new ProviderAnswer.Unknown(again),
            StripeAnswer<Intent>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };

    private static ProviderAnswer After(Intent intent, string reference, ProviderAnswer ended, string ifOpen) => Meaning.End(intent, reference) switch
    {
        null => new ProviderAnswer.Unknown(ifOpen),
        ProviderAnswer.Cancelled or ProviderAnswer.Declined => ended,
        var other => other,
    };
}
