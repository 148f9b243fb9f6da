namespace CashlessGateway.Providers;

/// <summary>What a provider can answer about a payment. A closed set.</summary>
public abstract record ProviderAnswer
{
    private ProviderAnswer() { }

    /// <summary>The customer's money is taken.</summary>
    /// <param name="Amount">As the provider says it, in whole units of <paramref name="Currency"/>. Not checked by the adapter: the gateway compares.</param>
    /// <param name="Currency">ISO 4217, as the provider says it.</param>
    /// <param name="At">By the provider's own clock; decides the day of the receipt.</param>
    /// <param name="Reference">What the provider calls this payment.</param>
    public sealed record Captured(long Amount, string Currency, DateTimeOffset At, string Reference) : ProviderAnswer
    {
        /// <summary>The brand that was used, where the customer could choose.</summary>
        public string? Brand { get; init; }

        /// <summary>承認番号, where there is one.</summary>
        public string? ApprovalNumber { get; init; }
    }

    /// <summary>Not finished: the customer must act.</summary>
    /// <param name="Action">What has to be shown to the customer. Null: as told before.</param>
    /// <param name="Handle">What the adapter needs to find or cancel the payment again; the gateway keeps it and hands it back. Null: as told before.</param>
    public sealed record Pending(ProviderAction? Action, string? Handle) : ProviderAnswer;

    /// <summary>Refused for good; no money moved.</summary>
    /// <param name="Code">Short and stable, like <c>insufficient-funds</c>.</param>
    /// <param name="Detail">For the operator's log; holds nothing personal.</param>
    public sealed record Declined(string Code, string? Detail) : ProviderAnswer;

    /// <summary>Given up, and can no longer take money (or the provider has promised to send it back).</summary>
    public sealed record Cancelled(CancelledBy By) : ProviderAnswer;

    /// <summary>Its time is over, and the provider says so. An adapter whose provider does not say so leaves the end to the gateway's clock.</summary>
    public sealed record Expired : ProviderAnswer;

    /// <summary>The provider does not know it. Not the same as "it did not happen": see <see cref="ProviderAbilities.AbsentIsFinalAfter"/>.</summary>
    public sealed record Absent : ProviderAnswer;

    /// <summary>Nobody can tell now.</summary>
    /// <param name="Why">For people: what was tried and what came back. Holds nothing personal and no secret.</param>
    public sealed record Unknown(string Why) : ProviderAnswer;
}

/// <summary>Who gave a payment up.</summary>
public enum CancelledBy
{
    /// <summary>We did.</summary>
    Merchant,

    /// <summary>The payer did.</summary>
    Customer,

    /// <summary>The provider did.</summary>
    Provider,
}

/// <summary>What the customer has to be shown.</summary>
public abstract record ProviderAction
{
    private ProviderAction() { }

    /// <summary>A code to be drawn as a QR symbol.</summary>
    public sealed record ShowCode(string Payload, DateTimeOffset ExpiresAt) : ProviderAction;

    /// <summary>A page of the provider.</summary>
    public sealed record Redirect(Uri Url, DateTimeOffset ExpiresAt) : ProviderAction;

    /// <summary>The customer pays at this terminal.</summary>
    public sealed record PresentAtTerminal(string Terminal, DateTimeOffset ExpiresAt) : ProviderAction;

    /// <summary>The customer confirms in the app, or types its PIN; nothing is to be shown at the counter.</summary>
    public sealed record ConfirmOnPhone(DateTimeOffset ExpiresAt) : ProviderAction;

    /// <summary>It cannot be given up from here any more: the clerk ends it at the terminal itself.</summary>
    public sealed record EndAtTerminal(string Terminal) : ProviderAction;
}

/// <summary>What a provider can answer about money that goes back. A closed set.</summary>
public abstract record RefundAnswer
{
    private RefundAnswer() { }

    /// <summary>The money is on its way, for good.</summary>
    /// <param name="At">By the provider's own clock; null where it does not tell.</param>
    /// <param name="Reference">What the provider calls the refund.</param>
    public sealed record Succeeded(DateTimeOffset? At, string? Reference) : RefundAnswer;

    /// <summary>Accepted, not done yet.</summary>
    public sealed record Pending : RefundAnswer;

    /// <summary>Refused for good; no money went back.</summary>
    public sealed record Failed(string Code, string? Detail) : RefundAnswer;

    /// <summary>The provider does not know it, and a repeated order under the same reference would be one order.</summary>
    public sealed record Absent : RefundAnswer;

    /// <summary>Nobody can tell now.</summary>
    public sealed record Unknown(string Why) : RefundAnswer;
}
