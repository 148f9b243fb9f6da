using CashlessGateway.Money;

namespace CashlessGateway.Alarms;

/// <summary>A mail that is due.</summary>
public enum AlarmMail
{
    Began,
    StillOn,
    Ended,
}

/// <summary>An alarm's row: how it stands, since when, and what the last mail said.</summary>
public sealed record AlarmState
{
    public const string On = "on";
    public const string Off = "off";

    /// <summary>Twice in a working day, so that nobody gets used to it.</summary>
    private static readonly TimeSpan RemindEvery = TimeSpan.FromHours(4);

    /// <summary>A rate that goes up and down around its threshold is one alarm, not one a minute.</summary>
    private static readonly TimeSpan QuietBeforeEnd = TimeSpan.FromMinutes(5);

    public string Municipality { get; init; } = "";
    public string Name { get; init; } = "";
    public string Node { get; init; } = "";
    public string State { get; init; } = Off;
    public Instant ChangedAt { get; init; }
    public string Told { get; init; } = Off;
    public Instant ToldAt { get; init; }
    public Instant SendingUntil { get; init; }

    public static string Of(bool isOn) => isOn ? On : Off;

    /// <summary>Who was not told that it began need not be told that it ended.</summary>
    public AlarmMail? Due(Instant now) => (State, Told) switch
    {
        _ when SendingUntil > now => null,
        (On, Off) => AlarmMail.Began,
        (On, _) when now - ToldAt >= RemindEvery => AlarmMail.StillOn,
        (Off, On) when now - ChangedAt >= QuietBeforeEnd => AlarmMail.Ended,
        _ => null,
    };
}
