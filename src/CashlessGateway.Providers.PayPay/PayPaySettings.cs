using System.Globalization;

namespace CashlessGateway.Providers.PayPay;

/// <summary>The checked settings of one contract. A class, since a record would print its secret.</summary>
internal sealed class PayPaySettings
{
    /// <summary>PayPay for Business lists at most fifty refunds of one payment.</summary>
    private const int MostRefunds = 50;

    /// <summary>Far above any key seen, far below what a header may hold.</summary>
    private const int LongestKey = 256;

    public required Uri BaseUrl { get; init; }

    public required string ApiKey { get; init; }

    public required string ApiSecret { get; init; }

    /// <summary>Whose payments these are, where one key serves several merchants.</summary>
    public string? MerchantId { get; init; }

    /// <summary>The API's documents say one refund per order, the merchants' help says fifty: the contract decides, and one is always right.</summary>
    public int MaxRefundsPerPayment { get; init; } = 1;

    public static PayPaySettings From(ProviderSetup setup) => new()
    {
        BaseUrl = Address(setup.Required(nameof(BaseUrl)), setup.Sandbox),
        ApiKey = Key(nameof(ApiKey), setup.Required(nameof(ApiKey))),
        ApiSecret = Key(nameof(ApiSecret), setup.Required(nameof(ApiSecret))),
        MerchantId = setup.Optional(nameof(MerchantId)) is { } merchant ? Key(nameof(MerchantId), merchant) : null,
        MaxRefundsPerPayment = setup.Optional(nameof(MaxRefundsPerPayment)) is { } most ? Refunds(most) : 1,
    };

    private static Uri Address(string text, bool sandbox)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw Wrong("is not an https address");

        // The signature covers the path, so a prefix that a proxy takes away would break it; the rest has no meaning here.
        if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw Wrong("must be scheme and host only, like https://api.paypay.ne.jp");

        if (sandbox && IsProduction(url))
            throw Wrong("is PayPay's production, and this environment takes only a sandbox");

        if (!sandbox && IsTest(url))
            throw Wrong("is a sandbox or a test address, and this environment takes only production");

        if (!sandbox && url.Scheme != Uri.UriSchemeHttps)
            throw Wrong("must begin with https://");

        return url;

        static ProviderSettingException Wrong(string why) => new(nameof(BaseUrl), why);
    }

    private static bool IsProduction(Uri url) => IsPayPay(url) && !IsTest(url);

    /// <summary>The API has two host names in production (api. and apigw.) and may get more; its test systems name themselves.</summary>
    private static bool IsTest(Uri url) =>
        url.IsLoopback
        || Host(url).EndsWith(".localhost", StringComparison.Ordinal)
        || (IsPayPay(url) && Host(url).Split('.', '-').Any(part => part is "sandbox" or "stg" or "staging" or "perf" or "test" or "dev"));

    private static bool IsPayPay(Uri url) => Host(url) is "paypay.ne.jp" || Host(url).EndsWith(".paypay.ne.jp", StringComparison.Ordinal);

    /// <summary>With a dot at its end a name means the same host.</summary>
    private static string Host(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();

    /// <summary>A line break that came along with a pasted secret is the commonest reason for 401.</summary>
    private static string Key(string setting, string value)
    {
        if (value.Length > LongestKey)
            throw new ProviderSettingException(setting, string.Create(CultureInfo.InvariantCulture, $"is longer than {LongestKey} characters"));

        // A colon separates the parts of the header that the key goes into.
        if (value.Any(c => c is <= ' ' or > '~' or ':'))
            throw new ProviderSettingException(setting, "holds a space, a line break, a colon or a character outside ASCII");

        return value;
    }

    private static int Refunds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostRefunds
            ? most
            : throw new ProviderSettingException(
                nameof(MaxRefundsPerPayment), string.Create(CultureInfo.InvariantCulture, $"must be a number from 1 to {MostRefunds}"));
}
