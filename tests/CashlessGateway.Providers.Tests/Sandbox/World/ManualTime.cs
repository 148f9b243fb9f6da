namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>Time that stands still until a test moves it, timers included.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _watchers = [];
    private DateTimeOffset _now = start;

    /// <summary>Noon in Japan.</summary>
    public static ManualTime Noon() => new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(9)));

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now.ToUniversalTime();
    }

    public void Advance(TimeSpan span) => Set(GetUtcNow() + span);

    public void Set(DateTimeOffset now)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now = now;
            due = [.. _timers.Where(timer => timer.At <= now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due) timer.Fire();
    }

    /// <summary>Ends when somebody waits for just this long.</summary>
    public async Task SomebodyWaits(TimeSpan due)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_timers.Any(timer => timer.Due == due)) return;
            _watchers.Add((due, seen));
        }

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Enter(ManualTimer timer, TimeSpan due)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan) return;
            timer.Due = due;
            timer.At = _now + due;
            _timers.Add(timer);
            foreach (var watcher in _watchers.Where(watcher => watcher.Due == due)) watcher.Seen.TrySetResult();
        }
    }

    private void Leave(ManualTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        public TimeSpan Due { get; set; }

        public DateTimeOffset At { get; set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Enter(this, dueTime);
            return true;
        }

        public void Dispose() => time.Leave(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
