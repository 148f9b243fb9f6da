using System.Text.Encodings.Web;
using System.Text.Unicode;
using CashlessGateway.Access.Roles;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// Pages for people: Razor Pages, made on the server. A page lies in the folder of its capability, names its own address, and derives
/// from <see cref="Screen"/>; what all share lies here and in wwwroot.
/// </summary>
public static class ScreenServices
{
    public static IServiceCollection AddScreens(this IServiceCollection services, Settings settings)
    {
        services.AddRazorPages(static options =>
        {
            options.RootDirectory = "/";
            options.Conventions.ConfigureFilter(new ScreenHeaders());
            options.Conventions.ConfigureFilter(new OwnPosts());
            options.Conventions.ConfigureFilter(new HandlerRights());
            // On a page without a session OwnPosts does its work without a cookie. The framework's own filter answers with an empty page; OwnForms says what to do.
            options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
            options.Conventions.ConfigureFilter(static page => new OwnForms(typeof(FormScreen).IsAssignableFrom(page.HandlerType), typeof(StaffPage).IsAssignableFrom(page.HandlerType)));
        }).ConfigureApplicationPartManager(OnlyOurs);
        // Japanese in a page's source is Japanese, not numbers.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<ScreenFailures>();
        return services.AddKeys(settings);
    }

    /// <summary>Pages come out of this assembly, whichever program it runs in (a test's too), and out of no plug-in.</summary>
    private static void OnlyOurs(ApplicationPartManager manager)
    {
        var ours = typeof(ScreenServices).Assembly;
        manager.ApplicationParts.Clear();
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(ours).GetApplicationParts(ours)) manager.ApplicationParts.Add(part);
    }

    private static IServiceCollection AddKeys(this IServiceCollection services, Settings settings)
    {
        // Opened now: a folder that cannot be written stops the start.
        var keys = KeysInFolder.Open(settings.SecretsDirectory);
        // One name for all nodes, wherever the program lies on each.
        services.AddDataProtection().SetApplicationName("CashlessGateway");
        services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = keys;
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services.AddAntiforgery(options =>
        {
            options.Cookie = new FormsCookie(settings.SecureCookies) { Name = Access.Staff.StaffCookies.FormsName(settings), HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
            options.FormFieldName = "formToken";
        });
    }

    /// <summary>Secure by setting: behind a proxy that speaks TLS the request itself comes without, and "always" would refuse to answer it.</summary>
    private sealed class FormsCookie(bool secure) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = secure;
            return options;
        }
    }

    public static void MapScreens(this WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = CacheFor(context.Context.Request) });
        app.MapRazorPages();
    }

    /// <summary>An address with a version changes with its content; any other is asked for again each time.</summary>
    private static string CacheFor(HttpRequest request) => request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
}
