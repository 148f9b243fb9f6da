namespace CashlessGateway.Providers.Stripe;

/// <summary>What Stripe's objects say about a payment. Pure.</summary>
internal static class Meaning
{
    /// <summary>Null while it is open.</summary>
    public static ProviderAnswer? End(Session session, string reference, DateTimeOffset now)
    {
        // An answer about another payment (a cache on the way) must not end this one.
        if (session.Reference != reference)
            return new ProviderAnswer.Unknown("Stripe answered about another payment than the one that was asked for");

        // The payment comes first, whatever the visit says: an expired page with money taken is money taken.
        if (session.Intent is { Status: "succeeded" } paid)
            return Captured(paid, reference);

        return session.Status switch
        {
            "open" => null,
            // A way to pay that is settled later. Cards are not, but a dashboard can switch others on.
            "complete" when session is { PaymentStatus: "unpaid", Intent.Status: "processing" } => null,
            "complete" => new ProviderAnswer.Unknown("Stripe says that the page was completed, but does not show the payment as taken"),
            "expired" => Expired(session, now),
            _ => new ProviderAnswer.Unknown("Stripe told a state of its page that is not in its documents"),
        };
    }

    /// <summary>Null while it is open.</summary>
    public static ProviderAnswer? End(Intent intent, string reference) => intent.Status switch
    {
        "succeeded" => Captured(intent, reference),
        _ when intent.Reference != reference => new ProviderAnswer.Unknown("Stripe answered about another payment than the one that was asked for"),
        "requires_payment_method" or "requires_confirmation" or "requires_action" or "processing" => null,
        // A card was refused, and the payment was ended for it: the refusal is what the clerk has to hear.
        "canceled" when intent.LastFailure is { } failure => Declined(failure),
        "canceled" => new ProviderAnswer.Cancelled(By(intent.CancellationReason)),
        "requires_capture" => new ProviderAnswer.Unknown("Stripe holds the amount without taking it, which was not asked for"),
        _ => new ProviderAnswer.Unknown("Stripe told a state of the payment that is not in its documents"),
    };

    /// <summary>What was captured; unknown when a figure is missing, since a guessed one would be booked.</summary>
    public static ProviderAnswer Captured(Intent intent, string reference)
    {
        if (intent.Reference != reference)
            return new ProviderAnswer.Unknown("Stripe answered about another payment than the one that was asked for");

        // For a currency with cents the figure is in cents; the gateway takes none but yen, so it is told as it came.
        return intent is { AmountReceived: { } amount and > 0, Currency.Length: 3, Charge: { } charge }
            ? new ProviderAnswer.Captured(amount, intent.Currency.ToUpperInvariant(), charge.Created, intent.Id) { Brand = charge.Brand, ApprovalNumber = charge.AuthorizationCode }
            : new ProviderAnswer.Unknown("Stripe says it is paid, but its amount, currency or time cannot be read");
    }

    public static ProviderAnswer.Declined Declined(Failure failure) =>
        new(Refusals.OfFailure(failure.Code, failure.DeclineCode).Code(), string.Join(' ', new[] { failure.Code, failure.DeclineCode }.Where(word => word is not null)));

    /// <summary>Of several under one reference (a key that Stripe had forgotten): money first, then doubt, then what is still open, then an end.</summary>
    public static T? Foremost<T>(IEnumerable<T> all, Func<T, ProviderAnswer?> end) where T : class =>
        all.OrderBy(one => end(one) switch
        {
            ProviderAnswer.Captured => 0,
            ProviderAnswer.Unknown => 1,
            null => 2,
            _ => 3,
        }).FirstOrDefault();

    /// <summary>
    /// Only an end that leaves nothing under way. One before its time was asked for: by us, or by somebody in Stripe's dashboard.
    /// </summary>
    private static ProviderAnswer Expired(Session session, DateTimeOffset now) => session switch
    {
        { IntentIsUntold: true } => new ProviderAnswer.Unknown("Stripe says that its page has expired, but does not show the payment made there"),
        { Intent.Status: "processing" or "requires_capture" or "requires_action" } => new ProviderAnswer.Unknown("Stripe says that its page has expired, and the payment made there is still under way"),
        _ when now < session.ExpiresAt => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
        _ => new ProviderAnswer.Expired(),
    };

    private static CancelledBy By(string? reason) => reason switch
    {
        CancelReason.Customer => CancelledBy.Customer,
        CancelReason.Merchant or "duplicate" or "fraudulent" => CancelledBy.Merchant,
        _ => CancelledBy.Provider,   // automatic, expired, and whatever is to come
    };
}

/// <summary>What we tell Stripe when a payment is ended.</summary>
internal static class CancelReason
{
    public const string Customer = "requested_by_customer";
    public const string Merchant = "abandoned";
}
