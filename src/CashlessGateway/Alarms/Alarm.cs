using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

public enum AlarmKind
{
    InDoubt,
    Outbox,
    Unsealed,
    Jobs,
    ProviderErrors,
    Disk,

    /// <summary>指定 that ends soon, and none follows.</summary>
    Designations,

    /// <summary>Drawers that were not closed by their hour.</summary>
    OpenSessions,

    /// <summary>未確定繰越 past its deadline.</summary>
    CarriedOver,

    /// <summary>Refunds that are not finished in the city's own time.</summary>
    Refunds,
}

/// <summary>What an alarm is called: in checks and rows, and by people.</summary>
public static class AlarmNames
{
    public static string Of(AlarmKind kind) => kind switch
    {
        AlarmKind.InDoubt => "in-doubt",
        AlarmKind.Outbox => "outbox",
        AlarmKind.Unsealed => "unsealed",
        AlarmKind.Jobs => "jobs",
        AlarmKind.ProviderErrors => "provider-errors",
        AlarmKind.Disk => "disk",
        AlarmKind.Designations => "designations",
        AlarmKind.OpenSessions => "open-sessions",
        AlarmKind.CarriedOver => "carried-over",
        AlarmKind.Refunds => "refunds",
    };

    public static Words Title(AlarmKind kind) => kind switch
    {
        AlarmKind.InDoubt => new("結果不明の決済が残っています", "Payments are in doubt"),
        AlarmKind.Outbox => new("外部への通知が遅れています", "Events out are late"),
        AlarmKind.Unsealed => new("仕訳の封印が遅れています", "Journal entries are not sealed"),
        AlarmKind.Jobs => new("自動処理が動いていません", "A job does not run"),
        AlarmKind.ProviderErrors => new("決済事業者の応答に異常が増えています", "A provider fails too often"),
        AlarmKind.Designations => new("決済事業者の指定がまもなく終わります", "A provider's designation ends soon"),
        AlarmKind.OpenSessions => new("時刻を過ぎても精算していない開局があります", "Drawers were not closed by their hour"),
        AlarmKind.Refunds => new("期限を過ぎても終わっていない返金・還付があります", "Refunds are past their deadline"),
        AlarmKind.CarriedOver => new("期限を過ぎた未確定繰越があります", "Payments carried over are past their deadline"),
        AlarmKind.Disk => new("ディスクの空きが少なくなっています", "Little disk space is left"),
    };
}

/// <summary>Whose alarm it is: one city's, or one machine's. A provider's calls and a disk are counted where they are.</summary>
public sealed record AlarmScope(string Municipality, string Node)
{
    private const string None = "-";

    public static AlarmScope City(string municipality) => new(municipality, None);

    public static AlarmScope Machine(string name) => new(None, name);

    public bool IsCity => Municipality != None;

    /// <summary>For people.</summary>
    public override string ToString() => IsCity ? Municipality : Node;
}

/// <summary>One alarm as it is now.</summary>
/// <param name="Detail">The measured value and the threshold. Counts, ids and ages; never who paid.</param>
public sealed record AlarmReading(AlarmKind Kind, AlarmScope Scope, bool IsOn, Words Detail)
{
    public string Name => AlarmNames.Of(Kind);
}
