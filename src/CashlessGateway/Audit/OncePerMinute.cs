using CashlessGateway.Money;

namespace CashlessGateway.Audit;

/// <summary>The first of each kind in a minute of the clock, and no more kinds than <paramref name="most"/>: what everybody can cause must not fill the disk.</summary>
public sealed class OncePerMinute(Clock clock, int most)
{
    private const long Minute = 60_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _minute;

    public bool IsFirst(string what)
    {
        var minute = clock.Now().Milliseconds / Minute;
        lock (_gate)
        {
            if (minute != _minute)
            {
                _seen.Clear();
                _minute = minute;
            }

            return _seen.Count < most && _seen.Add(what);
        }
    }
}
