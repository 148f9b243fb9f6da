namespace CashlessGateway.Tests;

/// <summary>Time that stands still until a test moves it.</summary>
public sealed class FakeTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
