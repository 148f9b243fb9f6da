using System.Text.Encodings.Web;
using System.Text.Unicode;
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
    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        services.AddRazorPages(static options =>
        {
            options.RootDirectory = "/";
            options.Conventions.ConfigureFilter(new ScreenHeaders());
            options.Conventions.ConfigureFilter(new OwnPosts());
            // OwnPosts does its work without a cookie and without keys that several nodes would have to share.
            options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
        }).ConfigureApplicationPartManager(OnlyOurs);
        // Japanese in a page's source is Japanese, not numbers.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services.AddNoKeyFiles();
    }

    /// <summary>Pages come out of this assembly, whichever program it runs in (a test's too), and out of no plug-in.</summary>
    private static void OnlyOurs(ApplicationPartManager manager)
    {
        var ours = typeof(ScreenServices).Assembly;
        manager.ApplicationParts.Clear();
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(ours).GetApplicationParts(ours)) manager.ApplicationParts.Add(part);
    }

    /// <summary>ASP.NET Core makes keys at each start and lays them into the user's home. No page encrypts anything, so they stay in memory.</summary>
    private static IServiceCollection AddNoKeyFiles(this IServiceCollection services)
    {
        services.AddDataProtection();
        return services.Configure<KeyManagementOptions>(static options =>
        {
            options.XmlRepository = new KeysInMemory();
            options.XmlEncryptor = new NullXmlEncryptor();
        });
    }

    public static void MapScreens(this WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = CacheFor(context.Context.Request) });
        app.MapRazorPages();
    }

    /// <summary>An address with a version changes with its content; any other is asked for again each time.</summary>
    private static string CacheFor(HttpRequest request) => request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
}
