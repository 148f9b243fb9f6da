using CashlessGateway.Providers;

namespace Matomete;

/// <summary>The checked settings of one contract. A class, since a record would print its secrets.</summary>
internal sealed class MatometeSettings
{
    /// <summary>Far above Matomete's own keys, far below what a header may hold.</summary>
    private const int LongestKey = 200;

    public required Uri BaseUrl { get; init; }

    public required string ApiKey { get; init; }

    public required string NoticeSecret { get; init; }

    public static MatometeSettings From(ProviderSetup setup) => new()
    {
        BaseUrl = Address(setup.Required(nameof(BaseUrl)), setup.Sandbox),
        ApiKey = Key(nameof(ApiKey), setup.Required(nameof(ApiKey))),
        NoticeSecret = Key(nameof(NoticeSecret), setup.Required(nameof(NoticeSecret))),
    };

    /// <summary>Practice money where practice is expected, and nowhere else.</summary>
    private static Uri Address(string text, bool sandbox)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw new ProviderSettingException(nameof(BaseUrl), "is not an https address");
        if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new ProviderSettingException(nameof(BaseUrl), "must be scheme and host only, like https://api.matomete.example");
        var isTest = url.IsLoopback || url.Host.StartsWith("test.", StringComparison.OrdinalIgnoreCase);
        if (sandbox != isTest)
            throw new ProviderSettingException(nameof(BaseUrl), sandbox ? "is Matomete's production, and this environment takes only a test address" : "is a test address, and this environment takes only production");
        if (!sandbox && url.Scheme != Uri.UriSchemeHttps)
            throw new ProviderSettingException(nameof(BaseUrl), "must begin with https://");
        return url;
    }

    /// <summary>A line break that came along with a pasted key would be a 401 on every call.</summary>
    private static string Key(string setting, string value) =>
        value.Length <= LongestKey && value.All(static letter => letter is > ' ' and <= '~')
            ? value
            : throw new ProviderSettingException(setting, "is too long, or holds a space, a line break or a character outside ASCII");
}
