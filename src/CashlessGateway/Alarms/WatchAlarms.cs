using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>
/// The job that mails: when an alarm begins, each four hours while it lasts, and when it is over. What a machine alone knows is
/// measured where the job happens to run.
/// </summary>
public sealed class WatchAlarms(AlarmMeasures measures, AlarmStore alarms, PlaceStore places, Clock clock, ILogger<WatchAlarms> log, IMailer? mailer = null) : IMunicipalityWork
{
    /// <summary>A mail server that is away is not tried once per alarm and city, but by the next run.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(50);

    private volatile string? _notSent;
    private long _pausedUntil;

    public string Name => "alarms";

    /// <summary>Somebody should know that alarms reach nobody.</summary>
    public HealthCheck Check() => new("alarm:mail", _notSent is null, Blocks: false, _notSent is { } why ? $"The last mail was not taken: {why}. It is tried again each minute." : null);

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        if (mailer is null) return 0;
        var sent = 0;
        foreach (var reading in (await measures.OfCity(municipality, cancellation)).Concat(measures.OfMachine()))
        {
            var now = clock.Now();
            if (await alarms.Note(reading, now, cancellation) is not { } alarm || alarm.Due(now) is not { } mail) continue;
            if (now.Milliseconds < Interlocked.Read(ref _pausedUntil)) continue;
            if (await alarms.Claim(alarm, now, cancellation) is not { } claimed) continue;
            if (await Send(mailer, mail, reading, alarm, claimed, cancellation)) sent++;
        }

        return sent;
    }

    private async Task<bool> Send(IMailer to, AlarmMail mail, AlarmReading reading, AlarmState alarm, Instant claimed, CancellationToken cancellation)
    {
        var where = reading.Scope.IsCity ? $"{await places.NameOfCity(reading.Scope.Municipality)} {reading.Scope.Municipality}" : reading.Scope.Node;
        var why = await to.Send(AlarmLetter.Write(mail, reading, where, alarm.ChangedAt), cancellation);
        var now = clock.Now();
        await alarms.Sent(alarm, claimed, why is null, now);
        if (why is not null && _notSent is null) log.LogWarning("A mail about the alarm {Alarm} was not taken: {Reason}. It is tried again each minute.", reading.Name, why);
        _notSent = why;
        Interlocked.Exchange(ref _pausedUntil, why is null ? 0 : now.Plus(Pause).Milliseconds);
        return why is null;
    }
}
