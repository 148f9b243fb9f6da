using System.Globalization;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Benchmarks.Load;
using CashlessGateway.Benchmarks.Processes;
using CashlessGateway.Benchmarks.Seed;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks;

/// <summary>
/// compare: the floor and the gateway in turn, under the same load on the same machine. Twice each, so that a machine that gets
/// slower or faster in between shows.
/// </summary>
internal static class Comparison
{
    /// <summary>More than any gateway on such a machine pays in a second; the rest stays open.</summary>
    private const int MostPerSecond = 15_000;

    /// <summary>Seconds under load that are not counted: a cold process spends a third of its time on compiling itself.</summary>
    private const int WarmUp = 10;

    public static async Task Run(Options options)
    {
        var engine = Commands.EngineOf(options);
        var plan = new Plan(options.Number("seconds", 20), options.Number("warm-up", WarmUp), options.Number("connections", 64), options.Number("rounds", 2), options.Text("gateway", GatewayProcess.DefaultDll()));
        var kept = options.Find("data");
        var directory = Directory.CreateDirectory(kept ?? Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}")).FullName;
        try
        {
            await using var cluster = engine == Engine.PostgreSql ? await PostgresCluster.Start(directory) : null;
            var open = plan.Rounds * (plan.Seconds + plan.WarmUp) * (long)MostPerSecond;
            var payments = options.Number("payments", 10_000);
            var city = await SeededCity.Prepare(engine, cluster, directory, plan.GatewayDll, payments, open);
            var turns = new List<Turn>();
            for (var round = 0; round < plan.Rounds; round++)
            {
                turns.Add(await Floor(engine, cluster, city, plan));
                turns.Add(await Ours(engine, cluster, city, plan));
            }

            Console.WriteLine(Report.Of(engine, payments, plan.Connections, plan.Seconds, CapturedRows.Load(city.RowsFile), turns));
        }
        finally
        {
            if (kept is null) Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Turn> Floor(Engine engine, PostgresCluster? cluster, SeededCity city, Plan plan)
    {
        await using var floor = await FloorProcess.Start(engine, city.RowsFile, await city.NewFloor(engine, cluster));
        return Load("floor", floor, cluster, city, OpenReceivables.Endless(), plan);
    }

    private static async Task<Turn> Ours(Engine engine, PostgresCluster? cluster, SeededCity city, Plan plan)
    {
        await using var gateway = await GatewayProcess.Start(plan.GatewayDll, engine, city.DatabaseDirectory, city.Connection, jobs: true);
        var receivables = OpenReceivables.From(city.ReceivablesFile, city.Used);
        var turn = Load("gateway", gateway, cluster, city, receivables, plan);
        city.Use(receivables.Used);
        return turn;
    }

    private static Turn Load(string who, ServerProcess server, PostgresCluster? cluster, SeededCity city, OpenReceivables receivables, Plan plan)
    {
        var atStart = server.Usage.Megabytes();
        var requests = new PaymentRequests(server.Url, File.ReadAllLines(city.KeysFile), receivables);
        var measured = MeasuredLoad.Run(server.Url, requests, plan.Connections, plan.WarmUp, plan.Seconds, server.Usage, cluster?.Usage);
        Console.Error.WriteLine($"{who}: {measured.Describe()}");
        return new Turn(who, measured, atStart);
    }

    private sealed record Plan(int Seconds, int WarmUp, int Connections, int Rounds, string GatewayDll);
}

internal sealed record Turn(string Who, MeasuredLoad Load, double MegabytesAtStart);
