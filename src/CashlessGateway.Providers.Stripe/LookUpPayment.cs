namespace CashlessGateway.Providers.Stripe;

/// <summary>What became of a payment: by what Stripe told us at its start, or else by our reference in Stripe's lists.</summary>
internal sealed class LookUpPayment(StripeClient api, FindPayment find, EndIntent end, TimeProvider time)
{
    /// <summary>The customer pressed "cancel" on the reader.</summary>
    private const string CancelledAtReader = "customer_canceled";

    public async Task<ProviderAnswer> Run(PaymentCase payment, CancellationToken cancellation) => Handle.Of(payment) switch
    {
        { IsSession: true } handle => await BySession(payment, handle, cancellation),
        { } handle => await ByIntent(payment, handle, cancellation),
        null => await ByReference(payment, cancellation),
    };

    /// <summary>One payment at a reader, or one whose page is not known.</summary>
    public async Task<ProviderAnswer> Read(PaymentCase payment, Intent intent, Handle handle, bool isNew, CancellationToken cancellation)
    {
        if (Meaning.End(intent, payment.Reference) is { } over)
            return over;

        var reader = handle.Reader is { } id && await api.GetReader(id, cancellation) is StripeAnswer<Reader>.Done(var read) ? read : null;
        var action = reader?.With(intent.Id);
        return action switch
        {
            // A new try is a new payment here, so this one must never take money: the reader would offer it again.
            { Status: "failed", FailureCode: CancelledAtReader } => await end.Run(intent.Id, payment.Reference, CancelReason.Customer, new ProviderAnswer.Cancelled(CancelledBy.Customer), cancellation),
            { Status: "failed" } => await end.Run(intent.Id, payment.Reference, CancelReason.Merchant, Declined(intent, action), cancellation),
            null when reader is not null && intent.Status != "processing" && time.GetUtcNow() > payment.RequestedAt + OrderTime.AtReader =>
                await end.Run(intent.Id, payment.Reference, CancelReason.Merchant, new ProviderAnswer.Cancelled(CancelledBy.Merchant), cancellation),
            _ => Waiting(payment, handle, isNew),
        };
    }

    private static ProviderAnswer Waiting(PaymentCase payment, Handle handle, bool isNew) => !isNew
        ? new ProviderAnswer.Pending(null, null)
        : new ProviderAnswer.Pending(
            handle.Reader is { } reader ? new ProviderAction.PresentAtTerminal(payment.Terminal ?? reader, payment.RequestedAt + OrderTime.AtReader) : null,
            handle.ToString());

    private static ProviderAnswer.Declined Declined(Intent intent, ReaderAction action) =>
        Meaning.Declined(action.Failure ?? intent.LastFailure ?? new Failure(action.FailureCode, null));

    private async Task<ProviderAnswer> BySession(PaymentCase payment, Handle handle, CancellationToken cancellation) =>
        await api.GetSession(handle.Id, cancellation) switch
        {
            StripeAnswer<Session>.Done(var session) => Meaning.End(session, payment.Reference, time.GetUtcNow()) ?? new ProviderAnswer.Pending(null, null),
            StripeAnswer<Session>.Refused(Refusal.NotFound, _) => await ByReference(payment, cancellation),
            StripeAnswer<Session>.Refused(_, var said) => new ProviderAnswer.Unknown(said),
            StripeAnswer<Session>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };

    private async Task<ProviderAnswer> ByIntent(PaymentCase payment, Handle handle, CancellationToken cancellation) =>
        await api.GetIntent(handle.Id, cancellation) switch
        {
            StripeAnswer<Intent>.Done(var intent) => await Read(payment, intent, handle, isNew: false, cancellation),
            StripeAnswer<Intent>.Refused(Refusal.NotFound, _) => await ByReference(payment, cancellation),
            StripeAnswer<Intent>.Refused(_, var said) => new ProviderAnswer.Unknown(said),
            StripeAnswer<Intent>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };

    private Task<ProviderAnswer> ByReference(PaymentCase payment, CancellationToken cancellation) =>
        payment.Presentation == "online" ? FindOnline(payment, cancellation) : FindAtReader(payment, cancellation);

    private async Task<ProviderAnswer> FindOnline(PaymentCase payment, CancellationToken cancellation)
    {
        switch (await find.Sessions(payment, cancellation))
        {
            case StripeAnswer<IReadOnlyList<Session>>.Refused(_, var said):
                return new ProviderAnswer.Unknown(said);
            case StripeAnswer<IReadOnlyList<Session>>.Unclear(var why):
                return new ProviderAnswer.Unknown(why);
            case StripeAnswer<IReadOnlyList<Session>>.Done(var sessions):
                ProviderAnswer? End(Session session) => Meaning.End(session, payment.Reference, time.GetUtcNow());
                return Meaning.Foremost(sessions, End) is { } session
                    ? End(session) ?? StartOnline.Shown(session)
                    : await WithoutPage(payment, cancellation);
            default:
                throw new InvalidOperationException("StripeAnswer is a closed set.");
        }
    }

    /// <summary>No page, so nobody can have paid, unless the search knows better.</summary>
    private async Task<ProviderAnswer> WithoutPage(PaymentCase payment, CancellationToken cancellation) => await find.Searched(payment.Reference, cancellation) switch
    {
        null => new ProviderAnswer.Absent(),
        StripeAnswer<IReadOnlyList<Intent>>.Done(var intents) when Meaning.Foremost(intents, one => Meaning.End(one, payment.Reference)) is { } intent =>
            Meaning.End(intent, payment.Reference) ?? new ProviderAnswer.Unknown("Stripe has a payment of ours without the page it was made on"),
        _ => new ProviderAnswer.Unknown("Stripe's search found a payment that could not be read then"),
    };

    private async Task<ProviderAnswer> FindAtReader(PaymentCase payment, CancellationToken cancellation) => await find.Intents(payment, cancellation) switch
    {
        StripeAnswer<IReadOnlyList<Intent>>.Refused(_, var said) => new ProviderAnswer.Unknown(said),
        StripeAnswer<IReadOnlyList<Intent>>.Unclear(var why) => new ProviderAnswer.Unknown(why),
        StripeAnswer<IReadOnlyList<Intent>>.Done(var intents) => Meaning.Foremost(intents, one => Meaning.End(one, payment.Reference)) is { } intent
            ? await Read(payment, intent, new Handle(intent.Id, payment.Device), isNew: true, cancellation)
            : new ProviderAnswer.Absent(),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };
}
