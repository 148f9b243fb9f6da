namespace CashlessGateway.Money;

/// <summary>
/// The one place for 'now'. What it hands out never goes back: a time server that steps the machine back an hour must not
/// give a receipt an earlier day than the one before it, nor an entry an earlier instant than a sealed block.
/// </summary>
public sealed class Clock(TimeProvider time)
{
    private long _last = long.MinValue;

    public Instant Now()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            if (now <= last) return new Instant(last);
            if (Interlocked.CompareExchange(ref _last, now, last) == last) return new Instant(now);
        }
    }

    public BusinessDate Today() => BusinessDate.Of(Now());

    /// <summary>How far the machine's clock is behind what was already handed out; shown on /health/ready.</summary>
    public TimeSpan SteppedBack()
    {
        var last = Interlocked.Read(ref _last);
        var behind = last - time.GetUtcNow().ToUnixTimeMilliseconds();
        return last == long.MinValue || behind < 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(behind);
    }

    /// <summary>A restart must not forget what an earlier run already wrote.</summary>
    public void NotBefore(Instant known)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            if (known.Milliseconds <= last || Interlocked.CompareExchange(ref _last, known.Milliseconds, last) == last) return;
        }
    }
}
