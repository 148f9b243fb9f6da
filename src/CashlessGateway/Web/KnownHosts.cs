using Microsoft.AspNetCore.HostFiltering;

namespace CashlessGateway.Web;

/// <summary>
/// Which names the gateway answers to. A page of another site that points its own name at our address (DNS rebinding), or a request with
/// a made-up Host, gets a 400 before anything else looks at it.
/// </summary>
public static class KnownHosts
{
    /// <summary>People and probes on the machine itself.</summary>
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddKnownHosts(this IServiceCollection services, Settings settings) =>
        services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = [.. ThisMachine, settings.PublicUrl.Host, .. settings.Hosts];
            options.AllowEmptyHosts = false;
            options.IncludeFailureMessage = false;
        });
}
