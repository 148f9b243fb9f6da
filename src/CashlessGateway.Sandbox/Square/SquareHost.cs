using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;
using Microsoft.AspNetCore.Builder;

namespace CashlessGateway.Sandbox.Square;

/// <summary>A Square for development and tests.</summary>
public sealed class SquareHost : StandInHost
{
    private SquareHost(WebApplication app, SquareSandbox square) : base(app, square) => Square = square;

    public SquareSandbox Square { get; }

    public static async Task<SquareHost> Start(SquareOptions options, CancellationToken cancellation = default)
    {
        var square = new SquareSandbox(options);
        return new SquareHost(await Run(options.Port, options.Logging, square, app => Map(app, square), cancellation), square);
    }

    /// <summary>Where notices go from now on.</summary>
    public void NotifyAt(Uri target) => Square.SetWebhook(target);

    private static void Map(WebApplication app, SquareSandbox square)
    {
        square.StopWith(app.Lifetime.ApplicationStopping);
        new SquareApi(square).Map(app);
        FaultEndpoints.Map(app, square.Faults);
        SquareControl.Map(app, square);
        SquarePages.Map(app, square);
    }
}
