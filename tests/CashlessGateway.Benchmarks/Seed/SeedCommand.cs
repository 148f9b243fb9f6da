using CashlessGateway.Benchmarks.Processes;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.Seed;

/// <summary>seed: a directory that compare uses with --data.</summary>
internal static class SeedCommand
{
    public static async Task Run(Options options)
    {
        var engine = Commands.EngineOf(options);
        var directory = Directory.CreateDirectory(options.Text("data")).FullName;
        await using var cluster = engine == Engine.PostgreSql ? await PostgresCluster.Start(directory) : null;
        var city = await SeededCity.Prepare(engine, cluster, directory, options.Text("gateway", GatewayProcess.DefaultDll()), options.Number("payments", 10_000), options.Number("open", 100_000));
        Console.WriteLine($"database    {city.Connection}");
        Console.WriteLine($"keys        {city.KeysFile}");
        Console.WriteLine($"receivables {city.ReceivablesFile}");
    }
}
