using System.Globalization;

namespace CashlessGateway.Providers.Stripe;

/// <summary>The checked settings of one contract. A class, since a record would print its secrets.</summary>
internal sealed class StripeSettings
{
    /// <summary>Stripe's charges have up to eight digits.</summary>
    public const long HighestAmount = 99_999_999;

    /// <summary>Far above any key seen, far below what a header may hold.</summary>
    private const int LongestKey = 256;

    /// <summary>Stripe refuses a session that is to end sooner, and one that is to stay open for longer than a day.</summary>
    private const int ShortestSession = 30;
    private const int LongestSession = 23 * 60;

    /// <summary>Longer than any card network takes a refund.</summary>
    private const int MostRefundDays = 3650;

    public required Uri BaseUrl { get; init; }

    public required string ApiKey { get; init; }

    /// <summary>Null: no notice can be told from a forged one, so none is believed.</summary>
    public string? WebhookSecret { get; init; }

    public StripeVersion Version { get; init; } = StripeVersion.Dahlia;

    public bool Terminal { get; init; }

    /// <summary>Readers belong to a location, whose country must be the account's.</summary>
    public string? TerminalLocation { get; init; }

    public long MinimumAmount { get; init; } = 50;

    public TimeSpan Session { get; init; } = TimeSpan.FromMinutes(ShortestSession);

    public int RefundDays { get; init; } = 180;

    public static StripeSettings From(ProviderSetup setup) => new()
    {
        BaseUrl = Address(setup.Required(nameof(BaseUrl)), setup.Sandbox),
        ApiKey = SecretKey(setup.Required(nameof(ApiKey)), setup.Sandbox),
        WebhookSecret = setup.Optional(nameof(WebhookSecret)) is { } secret ? SigningSecret(secret) : null,
        Version = setup.Optional(nameof(Version)) is { } version ? Known(version) : StripeVersion.Dahlia,
        Terminal = setup.Optional(nameof(Terminal)) is { } terminal && YesOrNo(nameof(Terminal), terminal),
        TerminalLocation = setup.Optional(nameof(TerminalLocation)) is { } location ? Location(location) : null,
        // Stripe's table of lowest amounts says 50 yen; an account that is paid out in another currency may have a higher one.
        MinimumAmount = Number(setup, nameof(MinimumAmount), 50, 1, HighestAmount),
        Session = TimeSpan.FromMinutes(Number(setup, "SessionMinutes", ShortestSession, ShortestSession, LongestSession)),
        // Stripe publishes no end. Later refunds more often meet a card that was replaced or closed, and then come back weeks later as
        // failed; after half a year a bank transfer is the surer way. A contract that knows better says so.
        RefundDays = (int)Number(setup, nameof(RefundDays), 180, 1, MostRefundDays),
    };

    private static Uri Address(string text, bool sandbox)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw Wrong("is not an https address");

        if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw Wrong("must be scheme and host only, like https://api.stripe.com");

        var isLocal = url.IsLoopback || Host(url).EndsWith(".localhost", StringComparison.Ordinal);
        if (!sandbox && isLocal)
            throw Wrong("is a test address, and this environment takes only production");

        // A stand-in on the same machine has no certificate; whatever else is called gets a secret key with each request.
        if (url.Scheme != Uri.UriSchemeHttps && !isLocal)
            throw Wrong("must begin with https://");

        return url;

        static ProviderSettingException Wrong(string why) => new(nameof(BaseUrl), why);
    }

    /// <summary>With a dot at its end a name means the same host.</summary>
    private static string Host(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();

    /// <summary>Test and production share one address: the key alone decides whether money moves.</summary>
    private static string SecretKey(string value, bool sandbox)
    {
        var key = Printable(nameof(ApiKey), value);
        if (!Begins(key, "sk_", "rk_"))
            throw new ProviderSettingException(nameof(ApiKey), "is no secret key of Stripe: those begin with sk_ or rk_");

        if (sandbox && Begins(key, "sk_live_", "rk_live_"))
            throw new ProviderSettingException(nameof(ApiKey), "is a live key, and this environment takes only test keys");

        if (!sandbox && !Begins(key, "sk_live_", "rk_live_"))
            throw new ProviderSettingException(nameof(ApiKey), "is not a live key, and this environment takes only live keys");

        return key;
    }

    /// <summary>The endpoint's own name (we_…) and the API key are what people paste here by mistake.</summary>
    private static string SigningSecret(string value) => Begins(Printable(nameof(WebhookSecret), value), "whsec_")
        ? value
        : throw new ProviderSettingException(nameof(WebhookSecret), "is no signing secret of Stripe: those begin with whsec_");

    private static string Location(string value) => Begins(Printable(nameof(TerminalLocation), value), "tml_")
        ? value
        : throw new ProviderSettingException(nameof(TerminalLocation), "is no location of Stripe: those begin with tml_");

    private static StripeVersion Known(string text) => StripeVersion.Find(text)
        ?? throw new ProviderSettingException(
            nameof(Version), $"must be {StripeVersion.Dahlia.Name} or {StripeVersion.Endive.Name}: requests change their shape between versions, and these two are tested");

    /// <summary>A line break that came along with a pasted secret is the commonest reason for 401.</summary>
    private static string Printable(string setting, string value)
    {
        if (value.Length > LongestKey)
            throw new ProviderSettingException(setting, string.Create(CultureInfo.InvariantCulture, $"is longer than {LongestKey} characters"));

        if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ProviderSettingException(setting, "holds a space, a line break or another character that no such value of Stripe has");

        return value;
    }

    private static bool Begins(string value, params ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (value.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool YesOrNo(string setting, string text) => text.ToLowerInvariant() switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new ProviderSettingException(setting, "must be yes or no"),
    };

    private static long Number(ProviderSetup setup, string setting, long otherwise, long lowest, long highest)
    {
        if (setup.Optional(setting) is not { } text)
            return otherwise;

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : throw new ProviderSettingException(setting, string.Create(CultureInfo.InvariantCulture, $"must be a number from {lowest} to {highest}"));
    }
}

/// <summary>A version of Stripe's API: sent with each request, so that an upgrade of the account changes nothing here.</summary>
/// <param name="MethodTypes">What the parameter is called that names the ways to pay.</param>
internal sealed record StripeVersion(string Name, string MethodTypes)
{
    public static StripeVersion Dahlia { get; } = new("2026-08-26.dahlia", "payment_method_types");

    /// <summary>2026-09-30.endive took payment_method_types away.</summary>
    public static StripeVersion Endive { get; } = new("2026-10-28.endive", "allowed_payment_method_types");

    public static StripeVersion? Find(string name) => name == Dahlia.Name ? Dahlia : name == Endive.Name ? Endive : null;
}
