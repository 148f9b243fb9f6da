namespace CashlessGateway.Providers.Stripe;

/// <summary>Gives up an unfinished payment: its page is expired, or the payment at the reader is cancelled. A customer who was faster has paid.</summary>
internal sealed class CancelPayment(StripeClient api, FindPayment find, LookUpPayment lookUp, EndIntent end, TimeProvider time)
{
    private static readonly ProviderAnswer.Cancelled ByUs = new(CancelledBy.Merchant);

    public async Task<ProviderAnswer> Run(PaymentCase payment, CancellationToken cancellation) => Handle.Of(payment) switch
    {
        { IsSession: true } handle => await Expire(payment, handle.Id, cancellation),
        { } handle => await EndAtReader(payment, handle, cancellation),
        null when payment.Presentation == "online" => await FindAndExpire(payment, cancellation),
        null => await FindAndEnd(payment, cancellation),
    };

    private async Task<ProviderAnswer> Expire(PaymentCase payment, string id, CancellationToken cancellation) => await api.ExpireSession(id, cancellation) switch
    {
        StripeAnswer<Session>.Done(var session) => After(payment, session, "Stripe took the end of its page and still shows it as open"),
        StripeAnswer<Session>.Refused(Refusal.NotFound, _) => await lookUp.Run(payment, cancellation),
        StripeAnswer<Session>.Refused(_, var said) => await AfterRefusal(payment, id, said, cancellation),
        StripeAnswer<Session>.Unclear(var why) => new ProviderAnswer.Unknown(why),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };

    private async Task<ProviderAnswer> AfterRefusal(PaymentCase payment, string id, string said, CancellationToken cancellation) => await api.GetSession(id, cancellation) switch
    {
        StripeAnswer<Session>.Done(var session) => After(payment, session, said),
        StripeAnswer<Session>.Refused(_, var again) => new ProviderAnswer.Unknown(again),
        StripeAnswer<Session>.Unclear(var why) => new ProviderAnswer.Unknown(why),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };

    private ProviderAnswer After(PaymentCase payment, Session session, string ifOpen) =>
        Meaning.End(session, payment.Reference, time.GetUtcNow()) ?? new ProviderAnswer.Unknown(ifOpen);

    /// <summary>The reader's screen first, so that nobody is asked for a card that would be refused; then the payment, which decides.</summary>
    private async Task<ProviderAnswer> EndAtReader(PaymentCase payment, Handle handle, CancellationToken cancellation)
    {
        if (handle.Reader is { } reader
            && await api.GetReader(reader, cancellation) is StripeAnswer<Reader>.Done(var shown)
            && shown.With(handle.Id) is { Status: "in_progress" }   // never the screen of another payment
            && await api.CancelAction(reader, cancellation) is StripeAnswer<Reader>.Refused(Refusal.ReaderBusy, var said))
        {
            // A card is being authorised in this moment. The answer is a second away, and the cancel is asked for again.
            return await lookUp.Run(payment, cancellation) is var now and not ProviderAnswer.Pending ? now : new ProviderAnswer.Unknown(said);
        }

        return await end.Run(handle.Id, payment.Reference, CancelReason.Merchant, ByUs, cancellation);
    }

    private async Task<ProviderAnswer> FindAndExpire(PaymentCase payment, CancellationToken cancellation) => await find.Sessions(payment, cancellation) switch
    {
        StripeAnswer<IReadOnlyList<Session>>.Refused(_, var said) => new ProviderAnswer.Unknown(said),
        StripeAnswer<IReadOnlyList<Session>>.Unclear(var why) => new ProviderAnswer.Unknown(why),
        StripeAnswer<IReadOnlyList<Session>>.Done({ Count: 0 }) => await lookUp.Run(payment, cancellation),
        StripeAnswer<IReadOnlyList<Session>>.Done(var sessions) => await EndAll(sessions, session => Expire(payment, session.Id, cancellation)),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };

    private async Task<ProviderAnswer> FindAndEnd(PaymentCase payment, CancellationToken cancellation) => await find.Intents(payment, cancellation) switch
    {
        StripeAnswer<IReadOnlyList<Intent>>.Refused(_, var said) => new ProviderAnswer.Unknown(said),
        StripeAnswer<IReadOnlyList<Intent>>.Unclear(var why) => new ProviderAnswer.Unknown(why),
        StripeAnswer<IReadOnlyList<Intent>>.Done({ Count: 0 }) => new ProviderAnswer.Absent(),
        StripeAnswer<IReadOnlyList<Intent>>.Done(var intents) => await EndAll(intents, intent => EndAtReader(payment, new Handle(intent.Id, payment.Device), cancellation)),
        _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
    };

    /// <summary>Each of them, also after one that is paid: what is left open could take the money a second time.</summary>
    private static async Task<ProviderAnswer> EndAll<T>(IReadOnlyList<T> all, Func<T, Task<ProviderAnswer>> one) where T : class
    {
        var answers = new List<ProviderAnswer>();
        foreach (var entry in all)
            answers.Add(await one(entry));

        return Meaning.Foremost(answers, answer => answer)!;
    }
}
