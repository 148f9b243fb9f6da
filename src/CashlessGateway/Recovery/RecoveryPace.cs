namespace CashlessGateway.Recovery;

/// <summary>How hard a recovery asks.</summary>
internal static class RecoveryPace
{
    /// <summary>Questions at once: half of what an instance leaves to background work, as webhooks and the usual job go on.</summary>
    private const int AtOnce = 16;

    /// <summary>Calls without an answer after which an instance is left alone until the next round.</summary>
    public const int MostSilent = AtOnce;

    /// <summary>Between rounds while something is missing.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
}
