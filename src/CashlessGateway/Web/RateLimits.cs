using System.Collections.Concurrent;
using System.Diagnostics;

namespace CashlessGateway.Web;

/// <summary>A bucket per client: it fills at the client's rate and holds a few seconds of it, so that a burst at a counter is no offence.</summary>
public sealed class RateLimits
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Null when the call may go on, else how long to wait.</summary>
    public TimeSpan? Take(string client, int ratePerMinute) =>
        _buckets.GetOrAdd(client, static _ => new Bucket()).Take(ratePerMinute);

    private sealed class Bucket
    {
        private readonly Lock _gate = new();
        private long _paidUntil;

        public TimeSpan? Take(int ratePerMinute)
        {
            // The time at which all calls so far are paid for (GCRA); the machine's clock plays no part.
            var cost = Stopwatch.Frequency * 60 / ratePerMinute;
            var credit = Math.Max((long)(Burst.TotalSeconds * Stopwatch.Frequency), cost);
            var now = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                var next = Math.Max(_paidUntil, now) + cost;
                if (next - now > credit) return TimeSpan.FromSeconds((double)(next - now - credit) / Stopwatch.Frequency);
                _paidUntil = next;
                return null;
            }
        }
    }
}
