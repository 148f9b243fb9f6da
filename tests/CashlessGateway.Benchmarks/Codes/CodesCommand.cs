using System.Globalization;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace CashlessGateway.Benchmarks.Codes;

/// <summary>codes: what reading and drawing a code costs, beside bwip-js drawing the same symbols on the same machine.</summary>
internal static class CodesCommand
{
    /// <summary>15 rounds of 0.2 s each tell the mean to about one in a hundred, and the whole takes two minutes.</summary>
    private const int Rounds = 15;
    private static readonly TimeInterval RoundTime = TimeInterval.FromMilliseconds(200);

    public static async Task Run()
    {
        BwipDrawing.RequireInstalled();
        var directory = Directory.CreateTempSubdirectory("cashless-codes-").FullName;
        try
        {
            var ours = Measure<ReadingBenchmarks>(directory).Concat(Measure<DrawingBenchmarks>(directory)).ToList();
            await Console.Error.WriteLineAsync("bwip-js ...");
            Console.WriteLine(Table(ours, await BwipDrawing.Measure(Samples.Slip, Samples.ElQr)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static List<Ours> Measure<T>(string directory)
    {
        Console.Error.WriteLine($"{typeof(T).Name} ...");
        // In this process: the program that the default toolchain generates would be built under this repository's own rules.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(RoundTime).WithIterationCount(Rounds);
        var log = new AccumulationLogger();
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(log)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(directory);
        var summary = BenchmarkRunner.Run<T>(config);
        if (summary.HasCriticalValidationErrors) throw new BenchmarkException(string.Join('\n', summary.ValidationErrors.Select(error => error.Message)));
        return [.. summary.Reports.Select(report => Of(report, log))];
    }

    private static Ours Of(BenchmarkReport report, AccumulationLogger log)
    {
        var what = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        if (report is not { Success: true, ResultStatistics: { } statistics }) throw new BenchmarkException($"'{what}' could not be measured:\n{log.GetLog()}");
        return new Ours(what, statistics.Mean / 1000, statistics.StandardError / 1000, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    private static string Table(IReadOnlyList<Ours> ours, IReadOnlyList<BwipDrawing> bwip)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $".NET {Environment.Version}, {Environment.ProcessorCount} cores, one of them used");
        text.AppendLine();
        text.AppendLine("| what | µs | ± | bytes allocated | bwip-js µs | bwip-js / ours |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (var each in ours)
        {
            var other = bwip.FirstOrDefault(drawing => drawing.What == each.What);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {each.What} | {each.Microseconds:N2} | {each.Error:N2} | {each.Allocated:N0} | {Or(other?.Microseconds, "N0")} | {Or(other?.Microseconds / each.Microseconds, "N1")} |");
        }

        return text.ToString();
    }

    private static string Or(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private sealed record Ours(string What, double Microseconds, double Error, long Allocated);
}
