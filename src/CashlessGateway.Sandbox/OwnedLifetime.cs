using Microsoft.Extensions.Hosting;

namespace CashlessGateway.Sandbox;

/// <summary>The sandbox lives as long as its owner says. The usual lifetime would listen for Ctrl+C beside the gateway's own.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
