namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>Waiting for what another thread is about to do.</summary>
public static class Wait
{
    public static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
