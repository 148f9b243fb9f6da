using CashlessGateway.Benchmarks.Processes;

namespace CashlessGateway.Benchmarks.Load;

/// <summary>load: against a server that someone else has started.</summary>
internal static class LoadCommand
{
    public static Task Run(Options options)
    {
        var url = new Uri(options.Text("url"));
        var receivables = options.Find("receivables") is { } file ? OpenReceivables.From(file) : OpenReceivables.Endless();
        var key = options.Text("key");
        var requests = new PaymentRequests(url, File.Exists(key) ? File.ReadAllLines(key) : [key], receivables);
        var server = options.Find("pid") is not null ? new ProcessUsage(options.Number("pid")) : null;
        var measured = MeasuredLoad.Run(url, requests, options.Number("connections", 64), options.Number("warm-up", 3), options.Number("seconds", 20), server, null);
        Console.WriteLine(measured.Describe());
        return Task.CompletedTask;
    }
}

/// <summary>A run of load, and what it cost.</summary>
/// <param name="CpuMilliseconds">Of the server, per payment.</param>
/// <param name="DatabaseCpuMilliseconds">Of the database server's back ends, per payment.</param>
/// <param name="Others">How many cores were busy with something else altogether: a turn with much of it says little.</param>
internal sealed record MeasuredLoad(LoadResult Result, double? CpuMilliseconds, double? DatabaseCpuMilliseconds, double Others, double? Megabytes)
{
    public static MeasuredLoad Run(Uri url, PaymentRequests requests, int connections, int warmUp, int seconds, ProcessUsage? server, ProcessUsage? database)
    {
        var (before, after) = (default(Used), default(Used));
        var result = new LoadGenerator(url, requests, connections).Run(TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(seconds),
            () => before = Used.Now(server, database), () => after = Used.Now(server, database));
        var perPayment = 1000.0 / Math.Max(1, result.Payments);
        var others = after.Machine - before.Machine - (after.Server - before.Server) - (after.Database - before.Database) - (after.Generator - before.Generator);
        return new MeasuredLoad(result, server is null ? null : (after.Server - before.Server) * perPayment, database is null ? null : (after.Database - before.Database) * perPayment,
            Math.Max(0, others / seconds), server?.Megabytes());
    }

    public string Describe() => FormattableString.Invariant(
        $"{Result.PerSecond:N0} payments/s, p50 {Result.P50:N2} ms, p95 {Result.P95:N2} ms, p99 {Result.P99:N2} ms, max {Result.Max:N1} ms, not 201: {Result.Failures}, CPU {CpuMilliseconds:N3} ms per payment, {Megabytes:N0} MB");

    /// <summary>CPU seconds so far.</summary>
    private readonly record struct Used(double Machine, double Generator, double Server, double Database)
    {
        public static Used Now(ProcessUsage? server, ProcessUsage? database) =>
            new(ProcessUsage.CpuSecondsOfMachine(), new ProcessUsage(Environment.ProcessId).CpuSeconds(), server?.CpuSeconds() ?? 0, database?.CpuSecondsOfChildren() ?? 0);
    }
}
