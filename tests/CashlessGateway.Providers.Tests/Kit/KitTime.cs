namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>
/// Time that stands still until a test moves it. A timer of at most <see cref="LongestWait"/> is a pause between two tries and passes at once,
/// moving the clock; a longer one is a limit, and fires only when a test moves the clock past it.
/// </summary>
public sealed class KitTime : TimeProvider
{
    /// <summary>Nobody lets a clerk wait longer between two tries, and nobody gives a provider less to answer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly List<KitTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public void Set(DateTimeOffset now)
    {
        KitTimer[] due;
        lock (_lock)
        {
            _now = now;
            due = [.. _timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
                _timers.Remove(timer);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    public void Advance(TimeSpan span) => Set(GetUtcNow() + span);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new KitTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(KitTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero)
                return;

            timer.Due = _now + dueTime;
            _timers.Add(timer);
        }

        // Not on this thread: who makes a timer does not expect it to fire before he holds it.
        if (dueTime <= LongestWait)
            ThreadPool.QueueUserWorkItem(_ => Set(Later(timer.Due)));
    }

    private DateTimeOffset Later(DateTimeOffset due) => due > GetUtcNow() ? due : GetUtcNow();

    private void Forget(KitTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class KitTimer(KitTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
