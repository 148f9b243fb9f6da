using CashlessGateway.Money;

namespace CashlessGateway.Events;

/// <summary>When a delivery that failed is tried again, and when a person has to look.</summary>
public static class RetrySchedule
{
    /// <summary>A weekend: a receiver that breaks on Friday evening is repaired on Monday morning and has missed nothing.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(72);

    /// <summary>A restart is over in seconds, a deployment in minutes, an outage in hours; the last pause repeats.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
    ];

    /// <summary>Null: given up.</summary>
    /// <param name="failures">Failed tries of this round, the last one included.</param>
    /// <param name="roundFrom">The first try of this round; a redelivery begins a new one.</param>
    public static Instant? Next(long failures, Instant roundFrom, Instant now)
    {
        var end = roundFrom.Plus(GiveUpAfter);
        if (now >= end) return null;
        var next = now.Plus(Pauses[(int)Math.Min(failures, Pauses.Length) - 1]);
        // The last try is at the end itself, so that the three days are meant as they are said.
        return next < end ? next : end;
    }
}
