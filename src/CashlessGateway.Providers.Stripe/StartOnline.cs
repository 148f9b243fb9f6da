using System.Globalization;

namespace CashlessGateway.Providers.Stripe;

/// <summary>POST /v1/checkout/sessions: a page of Stripe's on which one payment can be made. 3-D Secure happens there.</summary>
internal sealed class StartOnline(StripeClient api, StripeSettings settings, LookUpPayment lookUp, TimeProvider time)
{
    /// <summary>The product's name on the page. Stripe publishes no limit; its own dashboard cuts at 250.</summary>
    private const int LongestName = 250;

    /// <summary>Far above any seen.</summary>
    private const int LongestUrl = 5_000;

    /// <summary>
    /// Stripe wants the end at least thirty minutes after the session's making, by its own clock and when the request has arrived.
    /// The end is counted from the order, since a repeat under the same key must be the same request.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    public async Task<ProviderAnswer> Run(PaymentOrder order, CancellationToken cancellation)
    {
        if (order.ReturnUrl is not { } back)
            return new ProviderAnswer.Declined("no-return-url", "Stripe's page needs an address to send the customer back to");

        if (OrderTime.IsTooLate(order.RequestedAt, time.GetUtcNow()))
            return await lookUp.Run(CaseOf(order), cancellation);

        return await api.CreateSession(Body(order, back), $"{order.Reference}-session", cancellation) switch
        {
            StripeAnswer<Session>.Done(var session) => Check(order, session),
            StripeAnswer<Session>.Refused(Refusal.KeyReused, var said) => await AfterKeyReused(order, said, cancellation),
            StripeAnswer<Session>.Refused(var refusal, var said) => new ProviderAnswer.Declined(refusal.Code(), said),
            StripeAnswer<Session>.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    /// <summary>The page's address is told with each answer about it, so one whose first answer was lost can still be shown.</summary>
    public static ProviderAnswer Shown(Session session) =>
        session.Url is { Length: <= LongestUrl } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? new ProviderAnswer.Pending(new ProviderAction.Redirect(url, session.ExpiresAt), new Handle(session.Id, null).ToString())
            : new ProviderAnswer.Unknown("Stripe made a page, but its address cannot be read");

    public static PaymentCase CaseOf(PaymentOrder order) => new(order.Reference, order.Amount, order.Method, order.Presentation)
    {
        Brand = order.Brand,
        Terminal = order.Terminal,
        Device = order.Device,
        RequestedAt = order.RequestedAt,
    };

    private static ProviderAnswer Check(PaymentOrder order, Session session) =>
        session.Reference == order.Reference && session.Amount == order.Amount && session.Currency == "jpy" && session.Id.StartsWith("cs_", StringComparison.Ordinal)
            ? Shown(session)
            : new ProviderAnswer.Unknown("Stripe made a page for another payment or amount; it is not shown");

    /// <summary>Something was begun under this key with other words than now; that is what counts.</summary>
    private async Task<ProviderAnswer> AfterKeyReused(PaymentOrder order, string said, CancellationToken cancellation) =>
        await lookUp.Run(CaseOf(order), cancellation) is var found and not ProviderAnswer.Absent ? found : new ProviderAnswer.Unknown(said);

    private Form Body(PaymentOrder order, Uri back)
    {
        var name = Cut(order.Description) is { Length: > 0 } text ? text : "お支払い";
        return new Form
        {
            { "mode", "payment" },
            { settings.Version.MethodTypes, new[] { "card" } },
            {
                "line_items", new[]
                {
                    new Form
                    {
                        { "quantity", 1 },
                        { "price_data", new Form { { "currency", "jpy" }, { "unit_amount", order.Amount }, { "product_data", new Form { { "name", name } } } } },
                    },
                }
            },
            { "client_reference_id", order.Reference },
            { "metadata", new Form { { Metadata.Payment, order.Reference } } },
            { "payment_intent_data", new Form { { "metadata", new Form { { Metadata.Payment, order.Reference } } }, { "description", name } } },
            { "success_url", back.AbsoluteUri },
            { "cancel_url", back.AbsoluteUri },
            { "expires_at", order.RequestedAt + settings.Session + Margin },
        };
    }

    /// <summary>Between two characters as people see them, so that no half of 𠮷 or of が (two code points) is left over.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= LongestName)
            return text;

        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= LongestName)
            end = next;

        return text[..end];
    }
}
