using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Sandbox;

/// <summary>
/// A provider's server for development and tests, on a loopback port of its own. Disposing it frees the port; a new one started
/// on the same port with the same state file goes on with the same truth.
/// </summary>
public abstract class StandInHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IAsyncDisposable _standIn;

    private protected StandInHost(WebApplication app, IAsyncDisposable standIn)
    {
        _app = app;
        _standIn = standIn;
        Address = LoopbackServer.AddressOf(app);
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _standIn.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A server that cannot start leaves neither a port nor a state file behind.</summary>
    private protected static async Task<WebApplication> Run(int port, Action<ILoggingBuilder>? logging, IAsyncDisposable standIn, Action<WebApplication> map, CancellationToken cancellation)
    {
        var app = LoopbackServer.Build(port, logging);
        try
        {
            map(app);
            await app.StartAsync(cancellation);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            await standIn.DisposeAsync();
            throw;
        }
    }
}
