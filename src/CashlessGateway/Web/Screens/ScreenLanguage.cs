using Microsoft.AspNetCore.WebUtilities;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// The language of the screens: what the address says, else what was chosen last, else Japanese. The browser's own list is not asked:
/// a city's computers often have an English one that nobody chose.
/// </summary>
internal static class ScreenLanguage
{
    private const string Name = "lang";
    private const string Japanese = "ja";
    private const string English = "en";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static string Tag(Language language) => language switch
    {
        Language.Japanese => Japanese,
        Language.English => English,
    };

    public static Language Of(HttpRequest request) => Asked(request) ?? Parse(request.Cookies[Name]) ?? Language.Japanese;

    /// <summary>A choice in the address holds for the next pages too.</summary>
    public static void Remember(HttpContext http)
    {
        if (Asked(http.Request) is not { } chosen) return;
        http.Response.Cookies.Append(Name, Tag(chosen), new CookieOptions { MaxAge = Remembered, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });
    }

    /// <summary>This very page in another language.</summary>
    public static string Address(HttpRequest request, Language language)
    {
        // What was sent to a page in a body is not in its address, and must not get there.
        var others = HttpMethods.IsGet(request.Method) ? request.Query.Where(static pair => pair.Key != Name) : [];
        return QueryHelpers.AddQueryString(request.Path, others.Append(new(Name, Tag(language))));
    }

    private static Language? Asked(HttpRequest request) => Parse(request.Query[Name]);

    private static Language? Parse(string? tag) => tag switch
    {
        Japanese => Language.Japanese,
        English => Language.English,
        _ => null,
    };
}
