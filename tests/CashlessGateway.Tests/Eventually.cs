using System.Diagnostics;

namespace CashlessGateway.Tests;

/// <summary>Waits for what another thread brings about, and says what was waited for when it does not come.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task True(string what, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}.");
            await Task.Delay(20);
        }
    }

    public static Task True(string what, Func<bool> condition) => True(what, () => Task.FromResult(condition()));
}
