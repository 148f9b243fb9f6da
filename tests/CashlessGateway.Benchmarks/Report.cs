using System.Globalization;
using System.Text;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks;

/// <summary>The table that goes into docs/performance.md.</summary>
internal static class Report
{
    public static string Of(Engine engine, long payments, int connections, int seconds, CapturedRows rows, IReadOnlyList<Turn> turns)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{engine}, {payments:N0} payments stored, {connections} connections, {seconds} s a turn, {Environment.ProcessorCount} cores with the load generator on them");
        text.AppendLine(CultureInfo.InvariantCulture, $"Floor: {rows.CountOfPayment}");
        text.AppendLine();
        text.AppendLine("| turn | payments/s | p50 ms | p95 ms | p99 ms | max ms | not 201 | CPU-ms per payment | of the database | cores busy elsewhere | MB after start | MB at the end |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|");
        foreach (var turn in turns) text.AppendLine(Line(turn));
        var (floor, ours) = (Mean(turns, "floor"), Mean(turns, "gateway"));
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Gateway / floor: {ours.PerSecond / floor.PerSecond:N2} of its payments, {ours.P99 / floor.P99:N1} times its p99");
        return text.ToString();
    }

    private static string Line(Turn turn)
    {
        var (load, result) = (turn.Load, turn.Load.Result);
        return string.Create(CultureInfo.InvariantCulture, $"| {turn.Who} | {result.PerSecond:N0} | {result.P50:N2} | {result.P95:N2} | {result.P99:N2} | {result.Max:N1} | {result.Failures} | {load.CpuMilliseconds:N3} | {(load.DatabaseCpuMilliseconds is { } cpu ? cpu.ToString("N3", CultureInfo.InvariantCulture) : "–")} | {load.Others:N2} | {turn.MegabytesAtStart:N0} | {load.Megabytes:N0} |");
    }

    private static (double PerSecond, double P99) Mean(IReadOnlyList<Turn> turns, string who)
    {
        var results = turns.Where(turn => turn.Who == who).Select(turn => turn.Load.Result).ToList();
        return (results.Average(result => result.PerSecond), results.Average(result => result.P99));
    }
}
