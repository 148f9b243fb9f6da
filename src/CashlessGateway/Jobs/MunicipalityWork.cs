namespace CashlessGateway.Jobs;

/// <summary>
/// What a job does for one city. A plain class: a test, a 'run now' button and the scheduler call the same thing. Safe to run
/// twice and on two nodes at once; what it did not finish within the limit it finishes the next time.
/// </summary>
public interface IMunicipalityWork
{
    /// <summary>The job's name in the run record and in the scheduler. Never changes.</summary>
    string Name { get; }

    /// <summary>It ends things by their time, and must not while nobody knows what was paid since a backup.</summary>
    bool WaitsForRecovery => false;

    /// <returns>How many things were done.</returns>
    Task<int> Run(string municipality, int limit, CancellationToken cancellation);
}

/// <summary>When a job runs, and how much it may do for one city before the next city has its turn.</summary>
public sealed record JobSchedule
{
    private JobSchedule() { }

    /// <summary>Null for a daily job.</summary>
    public TimeSpan? Interval { get; private init; }

    /// <summary>In Asia/Tokyo.</summary>
    public TimeOnly TimeOfDay { get; private init; }

    public required int Limit { get; init; }

    public static JobSchedule Every(TimeSpan interval, int limit) => new() { Interval = interval, Limit = limit };

    /// <summary>A day missed while the gateway was down is caught up with one run as soon as it is up.</summary>
    public static JobSchedule DailyAt(TimeOnly time, int limit) => new() { TimeOfDay = time, Limit = limit };
}

/// <summary>A work and its schedule.</summary>
public sealed record ScheduledWork(IMunicipalityWork Work, JobSchedule Schedule);
