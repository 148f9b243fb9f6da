using System.Globalization;

namespace CashlessGateway.Providers.Square;

/// <summary>The checked settings of one contract. A class, since a record would print its secrets.</summary>
internal sealed class SquareSettings
{
    /// <summary>The version whose published description the adapter was written against.</summary>
    public const string KnownVersion = "2025-08-20";

    /// <summary>Square's tokens have 64 characters; far below what a header may hold.</summary>
    private const int LongestKey = 512;

    /// <summary>By Square's documents.</summary>
    private const int LongestLocation = 50;

    /// <summary>Square takes no longer address for a subscription.</summary>
    private const int LongestAddress = 2048;

    public required Uri BaseUrl { get; init; }

    public required string AccessToken { get; init; }

    public required string LocationId { get; init; }

    public required string Version { get; init; }

    /// <summary>What the location is signed up for.</summary>
    public required IReadOnlyList<string> Payments { get; init; }

    /// <summary>Null: no notice can be checked, so none is believed.</summary>
    public string? WebhookSignatureKey { get; init; }

    /// <summary>Letter for letter as it was registered at Square: it is part of what is signed.</summary>
    public string? NotificationUrl { get; init; }

    public static SquareSettings From(ProviderSetup setup) => new()
    {
        BaseUrl = Address(setup.Required(nameof(BaseUrl)), setup.Sandbox),
        AccessToken = Key(nameof(AccessToken), setup.Required(nameof(AccessToken))),
        LocationId = Location(setup.Required(nameof(LocationId))),
        Version = Date(setup.Optional(nameof(Version)) ?? KnownVersion),
        Payments = Offered(setup.Optional(nameof(Payments))),
        WebhookSignatureKey = setup.Optional(nameof(WebhookSignatureKey)) is { } key ? Key(nameof(WebhookSignatureKey), key) : null,
        NotificationUrl = Notified(setup),
    };

    private static Uri Address(string text, bool sandbox)
    {
        if (!IsWeb(text, out var url))
            throw Wrong("is not an https address");

        if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw Wrong("must be scheme and host only, like https://connect.squareup.com");

        if (sandbox && IsOf(url, "squareup.com"))
            throw Wrong("is Square's production, and this environment takes only a sandbox");

        if (!sandbox && IsTest(url))
            throw Wrong("is a sandbox or a test address, and this environment takes only production");

        if (!sandbox && url.Scheme != Uri.UriSchemeHttps)
            throw Wrong("must begin with https://");

        return url;

        static ProviderSettingException Wrong(string why) => new(nameof(BaseUrl), why);
    }

    private static bool IsTest(Uri url) => url.IsLoopback || Host(url).EndsWith(".localhost", StringComparison.Ordinal) || IsOf(url, "squareupsandbox.com");

    private static bool IsOf(Uri url, string domain) => Host(url) == domain || Host(url).EndsWith("." + domain, StringComparison.Ordinal);

    /// <summary>With a dot at its end a name means the same host.</summary>
    private static string Host(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();

    private static bool IsWeb(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    /// <summary>A line break that came along with a pasted secret is the commonest reason for 401.</summary>
    private static string Key(string setting, string value)
    {
        if (value.Length > LongestKey)
            throw new ProviderSettingException(setting, string.Create(CultureInfo.InvariantCulture, $"is longer than {LongestKey} characters"));

        if (value.Any(c => c is <= ' ' or > '~'))
            throw new ProviderSettingException(setting, "holds a space, a line break or a character outside ASCII");

        return value;
    }

    private static string Location(string value) =>
        value.Length <= LongestLocation && value.All(char.IsAsciiLetterOrDigit)
            ? value
            : throw new ProviderSettingException(nameof(LocationId), "must be the id of a location, letters and digits like L88917AVBK2S5");

    private static string Date(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? value
            : throw new ProviderSettingException(nameof(Version), $"must be a version of Square's API, a date like {KnownVersion}");

    private static IReadOnlyList<string> Offered(string? text)
    {
        if (text is null)
            return PaymentTypes.All;

        var offered = text.Split(',', StringSplitOptions.TrimEntries).Distinct().ToList();
        return offered.TrueForAll(PaymentTypes.All.Contains)
            ? offered
            : throw new ProviderSettingException(nameof(Payments), $"may list {string.Join(", ", PaymentTypes.All)}, joined by commas");
    }

    private static string? Notified(ProviderSetup setup)
    {
        if (setup.Optional(nameof(NotificationUrl)) is not { } text)
        {
            return setup.Optional(nameof(WebhookSignatureKey)) is null
                ? null
                : throw new ProviderSettingException(nameof(NotificationUrl), "is missing: Square signs the registered address together with the notice");
        }

        if (text.Length > LongestAddress || !IsWeb(text, out var url))
            throw new ProviderSettingException(nameof(NotificationUrl), "is not an https address");

        if (!setup.Sandbox && url.Scheme != Uri.UriSchemeHttps)
            throw new ProviderSettingException(nameof(NotificationUrl), "must begin with https://");

        return text;
    }
}
