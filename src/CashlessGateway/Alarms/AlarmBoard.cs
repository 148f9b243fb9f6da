using System.Globalization;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>
/// Alarms on /health/ready. None of them blocks: payments go on, a person should look. A balancer asks every second or so, so the
/// cities are measured once in a while and not once a call.
/// </summary>
public sealed class AlarmBoard(Database database, AlarmMeasures measures, TimeProvider time)
{
    private const int MostCities = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>All checks together: a database that hangs must not make a balancer wait once per alarm.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<AlarmReading>>? _cities;
    private long _measuredAt;

    public async Task<HealthCheck> Check(AlarmKind kind, CancellationToken cancellation)
    {
        var name = "alarm:" + AlarmNames.Of(kind);
        try
        {
            var readings = kind is AlarmKind.ProviderErrors or AlarmKind.Disk ? measures.OfMachine() : await Cities().WaitAsync(cancellation);
            return Check(name, [.. readings.Where(reading => reading.Kind == kind)]);
        }
        catch (Exception error) when (error is StorageUnavailableException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            return new HealthCheck(name, Well: false, Blocks: false, $"It could not be measured: {error.Message}");
        }
    }

    /// <summary>For people to look at; any number may be harmless.</summary>
    public HealthCheck UnknownNotices()
    {
        var counts = measures.UnknownNotices();
        return new HealthCheck("alarm:unknown-notices", Well: true, Blocks: false, string.Create(CultureInfo.InvariantCulture,
            $"{counts.Sum(static one => one.Count)} since the start{(counts.Count > 0 ? ": " : "")}{string.Join(", ", counts.Select(static one => $"{one.Instance} {one.Count}"))}"));
    }

    private static HealthCheck Check(string name, IReadOnlyList<AlarmReading> readings)
    {
        var on = readings.Where(static reading => reading.IsOn).ToList();
        var detail = on.Count > 0 ? string.Join("; ", on.Take(MostCities).Select(static reading => $"{reading.Scope}: {reading.Detail.En}")) + (on.Count > MostCities ? $"; and {on.Count - MostCities} more" : "")
            : readings.Count == 1 ? readings[0].Detail.En
            : string.Create(CultureInfo.InvariantCulture, $"well in {readings.Count} municipalities");
        return new HealthCheck(name, on.Count == 0, Blocks: false, detail);
    }

    private Task<IReadOnlyList<AlarmReading>> Cities()
    {
        lock (_gate)
        {
            if (_cities is null || (_cities.IsCompleted && time.GetElapsedTime(_measuredAt) > Fresh))
            {
                _measuredAt = time.GetTimestamp();
                _cities = Measure();
            }

            var left = Patience - time.GetElapsedTime(_measuredAt);
            return _cities.IsCompleted ? _cities : _cities.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private async Task<IReadOnlyList<AlarmReading>> Measure()
    {
        var readings = new List<AlarmReading>();
        foreach (var municipality in await database.All<string>(PlaceStore.Municipalities)) readings.AddRange(await measures.OfCity(municipality, CancellationToken.None));
        return readings;
    }
}
