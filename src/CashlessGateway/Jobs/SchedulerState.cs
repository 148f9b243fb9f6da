namespace CashlessGateway.Jobs;

/// <summary>Whether jobs run, for /health/ready. A node that is set not to run any is ready without them.</summary>
public sealed class SchedulerState(bool wanted)
{
    private volatile string? _notRunning = wanted ? "The job scheduler has not started yet." : null;

    /// <summary>Why jobs do not run; null when they do.</summary>
    public string? NotRunning => _notRunning;

    internal void Runs() => _notRunning = null;

    internal void Stands(string reason) => _notRunning = reason;
}
