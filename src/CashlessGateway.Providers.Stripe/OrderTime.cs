namespace CashlessGateway.Providers.Stripe;

/// <summary>How an order's own time bounds everything that can exist of it at Stripe.</summary>
internal static class OrderTime
{
    /// <summary>
    /// Stripe keeps keys for at least a day. A start is sent only within ten minutes of its order, so that one short list holds all
    /// that can have come of it; later it is only looked for.
    /// </summary>
    public static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);

    /// <summary>Nobody stands at a reader for longer; the gateway then gives it up and frees the terminal.</summary>
    public static readonly TimeSpan AtReader = TimeSpan.FromMinutes(5);

    /// <summary>How far our clock and Stripe's may be apart. A server that follows a time server is right to a second.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    public static bool IsTooLate(DateTimeOffset requestedAt, DateTimeOffset now) => now > requestedAt + StartWithin;

    /// <summary>Null for an order without a time: it could have been at any.</summary>
    public static Window? Search(DateTimeOffset requestedAt) =>
        requestedAt == default ? null : new Window(requestedAt - Slack, requestedAt + StartWithin + Slack);
}
