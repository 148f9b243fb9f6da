using System.Globalization;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Routing;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>Payments (or refunds) whose outcome is not known.</summary>
/// <param name="OldestId">As the API writes it.</param>
public sealed record Doubtful(long Count, TimeSpan OldestAge, string OldestId);

/// <summary>Things whose time is over.</summary>
/// <param name="Oldest">The one that waits longest, as a person would look for it.</param>
public sealed record Overdue(long Count, string Oldest);

/// <summary>When a job ran last for one city.</summary>
/// <param name="Away">Since its last run, or since the start when there was none.</param>
public sealed record JobWatch(string Job, TimeSpan Away, TimeSpan Allowed, bool Failed);

/// <summary>Calls to one provider instance of the last minutes.</summary>
public sealed record ProviderCalls(string Instance, long Calls, long Unwell);

public sealed record DiskSpace(string Path, long Free, long Total);

/// <summary>From measured values to an alarm or none. Each detail names the value and its threshold.</summary>
public static class AlarmRules
{
    /// <summary>One lost answer out of three is no rate yet.</summary>
    private const long FewestCalls = 20;

    private const long Megabyte = 1_048_576;

    /// <summary>A detail is a line on a screen.</summary>
    private const int MostNamed = 5;

    /// <summary>Three times two seconds would be an alarm whenever a job has much to do.</summary>
    private static readonly TimeSpan ShortestAway = TimeSpan.FromMinutes(1);

    public static (bool IsOn, Words Detail) InDoubt(Doubtful? doubtful, TimeSpan threshold)
    {
        if (doubtful is null) return (false, new($"なし（しきい値 {Ja(threshold)}）", $"none (threshold {En(threshold)})"));
        return (doubtful.OldestAge >= threshold, new(
            $"{Number(doubtful.Count)}件、最も古いもの {Ja(doubtful.OldestAge)} {doubtful.OldestId}（しきい値 {Ja(threshold)}）",
            $"{Number(doubtful.Count)}, the oldest for {En(doubtful.OldestAge)}: {doubtful.OldestId} (threshold {En(threshold)})"));
    }

    public static (bool IsOn, Words Detail) Outbox(Backlog backlog, TimeSpan threshold) => (backlog.OldestEvent >= threshold || backlog.OldestDelivery >= threshold, new(
        $"未処理の最古 {Ja(backlog.OldestEvent)}、送信待ち {Number(backlog.Waiting)}件の最古 {Ja(backlog.OldestDelivery)}、断念 {Number(backlog.GivenUp)}件（しきい値 {Ja(threshold)}）",
        $"oldest event not taken up {En(backlog.OldestEvent)}, oldest of {Number(backlog.Waiting)} deliveries waiting {En(backlog.OldestDelivery)}, given up {Number(backlog.GivenUp)} (threshold {En(threshold)})"));

    public static (bool IsOn, Words Detail) Unsealed(TimeSpan? oldest, TimeSpan threshold) => (oldest >= threshold, new(
        $"封印前の最古 {Ja(oldest)}（しきい値 {Ja(threshold)}）", $"oldest unsealed entry {En(oldest)} (threshold {En(threshold)})"));

    public static (bool IsOn, Words Detail) Designations(IReadOnlyList<Designation> ending) => ending.Count == 0
        ? (false, new($"{Designation.WarnedDaysBefore}日以内に終わるものはありません", $"none ends within {Designation.WarnedDaysBefore} days"))
        : (true, new(
            Named([.. ending.Select(static one => $"{one.Provider}（{one.Account}）は {one.ValidTo} まで")], "、"),
            Named([.. ending.Select(static one => $"{one.Provider} ({one.Account}) until {one.ValidTo}")], ", ")));

    public static (bool IsOn, Words Detail) OpenSessions(Overdue overdue) => overdue.Count == 0
        ? (false, new("なし", "none"))
        : (true, new($"{Number(overdue.Count)}件、最も早いもの {overdue.Oldest}", $"{Number(overdue.Count)}, the first: {overdue.Oldest}"));

    public static (bool IsOn, Words Detail) CarriedOver(Overdue overdue) => overdue.Count == 0
        ? (false, new("なし", "none"))
        : (true, new($"{Number(overdue.Count)}件、最も早い期限 {overdue.Oldest}", $"{Number(overdue.Count)}, the earliest deadline: {overdue.Oldest}"));

    public static (bool IsOn, Words Detail) Refunds(Overdue overdue, int days) => overdue.Count == 0
        ? (false, new($"なし（しきい値 {days}日）", $"none (threshold {days} days)"))
        : (true, new($"{Number(overdue.Count)}件、最も早いもの {overdue.Oldest}（しきい値 {days}日）", $"{Number(overdue.Count)}, the first: {overdue.Oldest} (threshold {days} days)"));

    /// <param name="interval">Of the schedule.</param>
    /// <param name="silence">How long an idle run of another node may go unrecorded.</param>
    public static TimeSpan Allowed(TimeSpan interval, long factor, TimeSpan silence) =>
        (interval * factor is var away && away > ShortestAway ? away : ShortestAway) + silence;

    public static (bool IsOn, Words Detail) Jobs(IReadOnlyList<JobWatch> jobs)
    {
        var (failed, late) = (jobs.Where(static job => job.Failed).ToList(), jobs.Where(static job => !job.Failed && job.Away > job.Allowed).ToList());
        if (failed.Count + late.Count == 0) return (false, new($"{jobs.Count}件とも動いています", $"all {jobs.Count} run"));
        return (true, new(
            Named([.. failed.Select(static job => $"{job.Job} は前回失敗"), .. late.Select(static job => $"{job.Job} は {Ja(job.Away)} 動いていません（しきい値 {Ja(job.Allowed)}）")], "、"),
            Named([.. failed.Select(static job => $"{job.Job} failed at its last run"), .. late.Select(static job => $"{job.Job} has not run for {En(job.Away)} (threshold {En(job.Allowed)})")], ", ")));
    }

    public static (bool IsOn, Words Detail) ProviderErrors(IReadOnlyList<ProviderCalls> instances, long percent)
    {
        var threshold = $"{Number(percent)}%";
        if (instances.Count == 0) return (false, new("決済事業者の設定なし", "no provider is configured"));
        var bad = instances.Where(instance => instance.Calls >= FewestCalls && instance.Unwell * 100 >= percent * instance.Calls).ToList();
        var shown = bad.Count > 0 ? bad : instances;
        return (bad.Count > 0, new(
            Named([.. shown.Select(static one => $"{one.Instance} {Number(one.Calls)}回中 {Number(one.Unwell)}回 応答なし")], "、") + $"（しきい値 {threshold}、{FewestCalls}回以上）",
            Named([.. shown.Select(static one => $"{one.Instance} {Number(one.Unwell)} of {Number(one.Calls)} calls unanswered")], ", ") + $" (threshold {threshold} from {FewestCalls} calls up)"));
    }

    public static (bool IsOn, Words Detail) Disk(DiskSpace disk, long percent, long megabytes)
    {
        var free = disk.Free / Megabyte;
        var share = disk.Total == 0 ? 0 : disk.Free * 100.0 / disk.Total;
        return (share < percent || free < megabytes, new(
            string.Create(CultureInfo.InvariantCulture, $"{disk.Path} の空き {share:F1}% {free:N0} MB（しきい値 {percent}%、{megabytes:N0} MB）"),
            string.Create(CultureInfo.InvariantCulture, $"{share:F1}% or {free:N0} MB free at {disk.Path} (threshold {percent}%, {megabytes:N0} MB)")));
    }

    private static string Named(IReadOnlyList<string> all, string between) =>
        string.Join(between, all.Take(MostNamed)) + (all.Count > MostNamed ? $" … +{all.Count - MostNamed}" : "");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ja(TimeSpan? age) => age switch
    {
        null => "なし",
        { TotalMinutes: < 2 } => $"{Number((long)age.Value.TotalSeconds)}秒",
        { TotalHours: < 2 } => $"{Number((long)age.Value.TotalMinutes)}分",
        { TotalDays: < 2 } => $"{Number((long)age.Value.TotalHours)}時間",
        _ => $"{Number((long)age.Value.TotalDays)}日",
    };

    private static string En(TimeSpan? age) => age switch
    {
        null => "none",
        { TotalMinutes: < 2 } => $"{Number((long)age.Value.TotalSeconds)} s",
        { TotalHours: < 2 } => $"{Number((long)age.Value.TotalMinutes)} min",
        { TotalDays: < 2 } => $"{Number((long)age.Value.TotalHours)} h",
        _ => $"{Number((long)age.Value.TotalDays)} d",
    };
}
