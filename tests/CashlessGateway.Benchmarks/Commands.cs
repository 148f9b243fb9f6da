using CashlessGateway.Benchmarks.City;
using CashlessGateway.Benchmarks.Codes;
using CashlessGateway.Benchmarks.Floor;
using CashlessGateway.Benchmarks.Load;
using CashlessGateway.Benchmarks.Qr;
using CashlessGateway.Benchmarks.Seed;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks;

/// <summary>How fast the gateway takes cash payments, measured against a floor that only writes the same rows.</summary>
internal static class Commands
{
    private const string Usage = """
        compare --engine sqlite|postgres [--payments 10000] [--seconds 20] [--warm-up 10] [--connections 64] [--rounds 2] [--data DIR] [--gateway DLL]
            Seeds a city, then loads the floor and the gateway in turn with the same bytes, and prints a table.
            DIR is kept and used again by the next run with the same --payments; without it everything is thrown away.
        seed --engine sqlite|postgres --data DIR [--payments 10000] [--open 100000] [--gateway DLL]
            Fills DIR: the database with stored payments, keys.txt and receivables.txt. The journal's blocks are of the right size
            and number, but their hashes are made up: `verify` would say so.
        load --url URL --key KEYS [--receivables FILE] [--connections 64] [--seconds 20] [--warm-up 3] [--pid PID]
            Pays the receivables of FILE in cash. KEYS is a file with one key a line, or one key.
        qr [--seconds 10] [--connections 32] [--gateway DLL]
            QR payments through the providers' stand-ins: payments a second and where their time goes, and what a contract whose
            provider takes 10 s for each answer does to cash and to another contract.
        codes
            Reading and drawing payment codes: time and memory of each, beside bwip-js drawing the same symbols
            (npm ci --prefix tests/CashlessGateway.Benchmarks/Codes).
        floor-sqlite --rows FILE --directory DIR --port PORT
        floor-postgres --rows FILE --connection STRING --port PORT
            The bare endpoint. FILE holds the rows of one payment, as compare and seed leave it (rows.json in DIR).
        """;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await Run(args);
        }
        catch (BenchmarkException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task<int> Run(string[] args)
    {
        if (args is not [var command, .. var rest])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        var options = Options.Read(rest);
        switch (command)
        {
            case "compare": await Comparison.Run(options); return 0;
            case "seed": await SeedCommand.Run(options); return 0;
            case "qr": await QrCommand.Run(options); return 0;
            case "codes": await CodesCommand.Run(); return 0;
            case "load": await LoadCommand.Run(options); return 0;
            case "floor-sqlite": await FloorServer.Run(new SqliteFloor(CapturedRows.Load(options.Text("rows")), options.Text("directory")), options.Number("port")); return 0;
            case "floor-postgres": await FloorServer.Run(new PostgresFloor(CapturedRows.Load(options.Text("rows")), options.Text("connection")), options.Number("port")); return 0;
            default: throw new BenchmarkException($"There is no command '{command}'.\n\n{Usage}");
        }
    }

    public static Engine EngineOf(Options options) => options.Text("engine", "sqlite").ToLowerInvariant() switch
    {
        "sqlite" => Engine.Sqlite,
        "postgres" or "postgresql" => Engine.PostgreSql,
        var other => throw new BenchmarkException($"--engine is '{other}'; it must be sqlite or postgres."),
    };
}

/// <summary>The measurement cannot go on. The message is one sentence for whoever started it.</summary>
internal sealed class BenchmarkException(string message, Exception? inner = null) : Exception(message, inner);
