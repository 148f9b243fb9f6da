using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Sandbox;

/// <summary>A small web server on a loopback port: what every stand-in is made of.</summary>
internal static class LoopbackServer
{
    // Larger than any request of the protocols (20 order items with full names are about 30 KB).
    private const int LargestBody = 128 * 1024;

    // A request that a fault holds back must not hold up the end of a test.
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(1);

    /// <summary>Port 0 takes any free one; <see cref="AddressOf"/> tells which.</summary>
    public static WebApplication Build(int port, Action<ILoggingBuilder>? logging)
    {
        // The empty builder reads neither environment variables nor settings files: those belong to the gateway around us.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        logging?.Invoke(builder.Logging);
        return builder.Build();
    }

    /// <summary>Ends with a slash.</summary>
    public static Uri AddressOf(WebApplication app) => new(app.Urls.Single() + "/");
}
