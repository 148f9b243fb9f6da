using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace CashlessGateway.Sandbox.Square;

/// <summary>
/// Square's server for development and tests, on a loopback port of its own. Disposing it frees the port; a new one started
/// on the same port with the same <see cref="SquareOptions.StateFile"/> goes on with the same truth.
/// </summary>
public sealed class SquareHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SquareHost(WebApplication app, SquareSandbox square, Uri address)
    {
        _app = app;
        Square = square;
        Address = address;
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address { get; }

    public SquareSandbox Square { get; }

    public static async Task<SquareHost> Start(SquareOptions options, CancellationToken cancellation = default)
    {
        var square = new SquareSandbox(options);
        var app = LoopbackServer.Build(options.Port, options.Logging);
        try
        {
            square.StopWith(app.Lifetime.ApplicationStopping);
            new SquareApi(square).Map(app);
            FaultEndpoints.Map(app, square.Faults);
            SquareControl.Map(app, square);
            SquarePages.Map(app, square);
            await app.StartAsync(cancellation);
            return new SquareHost(app, square, LoopbackServer.AddressOf(app));
        }
        catch
        {
            await app.DisposeAsync();
            await square.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where notices go from now on.</summary>
    public void NotifyAt(Uri target) => Square.SetWebhook(target);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Square.DisposeAsync();
    }
}
