namespace CashlessGateway.Providers;

/// <summary>What the gateway asks for. Nothing in it tells who pays.</summary>
/// <param name="Reference">Ours, unique for ever: letters, digits and <c>_</c>, at most 40. A look-up works with it alone, when no answer ever came.</param>
/// <param name="Amount">Whole yen.</param>
/// <param name="Method"><c>qr</c>, <c>emoney</c> or <c>card</c>.</param>
/// <param name="Presentation"><c>merchantCode</c>, <c>customerCode</c>, <c>terminal</c> or <c>online</c>.</param>
public sealed record PaymentOrder(string Reference, long Amount, string Method, string Presentation)
{
    /// <summary>The brand that was asked for; null when the customer chooses.</summary>
    public string? Brand { get; init; }

    /// <summary>What is paid, as the customer may see it in the app.</summary>
    public string Description { get; init; } = "";

    /// <summary>The place's code and name.</summary>
    public string PlaceCode { get; init; } = "";

    /// <summary>The place's name.</summary>
    public string PlaceName { get; init; } = "";

    /// <summary>The terminal it is paid at, by our code.</summary>
    public string? Terminal { get; init; }

    /// <summary>What the provider calls that terminal: see <see cref="IPairsDevices"/>.</summary>
    public string? Device { get; init; }

    /// <summary>The code that the customer showed. Never logged, never kept whole.</summary>
    public string? CustomerCode { get; init; }

    /// <summary>Where the provider's page sends the customer back to.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>When the gateway wrote the order down.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Without the customer's code: whoever reads it can take money with it.</summary>
    public override string ToString() => $"{Reference}: {Amount} yen by {Method}/{Presentation}";
}

/// <summary>A payment that was begun.</summary>
/// <param name="Reference">As in its order.</param>
/// <param name="Amount">As in its order.</param>
/// <param name="Method">As in its order.</param>
/// <param name="Presentation">As in its order.</param>
public sealed record PaymentCase(string Reference, long Amount, string Method, string Presentation)
{
    /// <summary>What <see cref="ProviderAnswer.Pending"/> gave to be kept. Null when no answer ever came.</summary>
    public string? Handle { get; init; }

    /// <summary>What the provider calls it, where that is known.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>The brand that was asked for, or that was used.</summary>
    public string? Brand { get; init; }

    /// <summary>The terminal it is paid at, by our code.</summary>
    public string? Terminal { get; init; }

    /// <summary>What the provider calls that terminal.</summary>
    public string? Device { get; init; }

    /// <summary>When the gateway wrote the order down.</summary>
    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>Money that is to go back.</summary>
/// <param name="Reference">Of the refund; ours, unique for ever.</param>
/// <param name="PaymentReference">Of the payment; ours.</param>
/// <param name="ProviderReference">What the provider calls the payment.</param>
/// <param name="Amount">How much goes back.</param>
/// <param name="PaymentAmount">How much was paid.</param>
/// <param name="Way"><c>void</c> or <c>refund</c>.</param>
public sealed record RefundOrder(string Reference, string PaymentReference, string ProviderReference, long Amount, long PaymentAmount, string Way)
{
    /// <summary>How it was paid.</summary>
    public PaidWith PaidWith { get; init; } = new("", null);

    /// <summary>When the payment was captured.</summary>
    public DateTimeOffset CapturedAt { get; init; }

    /// <summary>When the gateway wrote the refund down.</summary>
    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>What a payment was made with.</summary>
/// <param name="Method"><c>qr</c>, <c>emoney</c> or <c>card</c>.</param>
/// <param name="Brand">By the names of the API; null where it is not known.</param>
public sealed record PaidWith(string Method, string? Brand);

/// <summary>A notice as it was posted.</summary>
public sealed record WebhookPost(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);

/// <summary>What a notice says. A closed set.</summary>
public abstract record WebhookNotice
{
    private WebhookNotice() { }

    /// <summary>Something happened to a payment: ask.</summary>
    /// <param name="Reference">Ours.</param>
    /// <param name="DedupeKey">The provider's event id, or reference and state.</param>
    public sealed record About(string Reference, string DedupeKey) : WebhookNotice;

    /// <summary>Something happened to a refund, perhaps after it had succeeded: ask.</summary>
    /// <param name="Reference">Of the refund; ours.</param>
    /// <param name="DedupeKey">The provider's event id, or reference and state.</param>
    public sealed record AboutRefund(string Reference, string DedupeKey) : WebhookNotice;

    /// <summary>The payer's bank disputes a payment: read the disputes.</summary>
    /// <param name="DedupeKey">The provider's event id.</param>
    public sealed record AboutDispute(string DedupeKey) : WebhookNotice;

    /// <summary>Genuine, and of no interest here.</summary>
    public sealed record Irrelevant(string What) : WebhookNotice;

    /// <summary>The signature is wrong, or it cannot be read.</summary>
    public sealed record Forged(string Why) : WebhookNotice;
}

/// <summary>A payment as the provider lists it.</summary>
/// <param name="Reference">Ours, where the provider kept it.</param>
/// <param name="ProviderReference">Its own.</param>
/// <param name="Amount">What was taken; what went back is listed apart, below zero.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="At">When, by the provider's clock.</param>
public sealed record ListedPayment(string? Reference, string ProviderReference, long Amount, string Currency, DateTimeOffset At);
