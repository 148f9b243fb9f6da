using System.Text.Json;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Benchmarks.Processes;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.Seed;

/// <summary>A directory with everything a comparison needs: the database, the rows of one payment, the keys, what is still to be paid.</summary>
internal sealed class SeededCity
{
    private readonly string _directory;
    private Contents _contents;

    private SeededCity(string directory, string connection, Contents contents)
    {
        _directory = directory;
        Connection = connection;
        _contents = contents;
    }

    public string Connection { get; }
    public string DatabaseDirectory => Folder(_directory, "city");
    public string RowsFile => Path.Combine(_directory, "rows.json");
    public string ReceivablesFile => Path.Combine(_directory, "receivables.txt");
    public string KeysFile => Path.Combine(_directory, "keys.txt");
    public long Used => _contents.Used;
    public long Open => _contents.Open;

    public static async Task<SeededCity> Prepare(Engine engine, PostgresCluster? cluster, string directory, string gatewayDll, long payments, long open)
    {
        if (Find(engine, cluster, directory) is { } found)
        {
            if (found._contents.Payments != payments) throw new BenchmarkException($"{directory} holds {found._contents.Payments} payments, not {payments}.");
            if (found.Open - found.Used >= open) return found;
            throw new BenchmarkException($"{directory} has only {found.Open - found.Used} open receivables left, this run may need {open}.");
        }

        var template = Folder(directory, "template");
        var rows = await RowCapture.Run(engine, template, await NewDatabase(engine, cluster, template, "template_city"), gatewayDll);
        var database = Folder(directory, "city");
        var city = new SeededCity(directory, await NewDatabase(engine, cluster, database, "city"), new Contents(engine, payments, open, 0));
        rows.Save(city.RowsFile);
        await File.WriteAllLinesAsync(city.KeysFile, await BenchmarkCity.Found(engine, city.Connection));
        await new Seeder(engine, city.Connection, rows).Fill(payments, open);
        Seeder.WriteIds(city.ReceivablesFile, payments, open);
        city.Save();
        return city;
    }

    /// <summary>A fresh place for one run of the floor.</summary>
    public async Task<string> NewFloor(Engine engine, PostgresCluster? cluster)
    {
        var folder = Path.Combine(_directory, "floor");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return engine == Engine.Sqlite ? folder : await cluster!.NewDatabase("floor");
    }

    public void Use(long used)
    {
        _contents = _contents with { Used = used };
        Save();
    }

    private void Save() => File.WriteAllText(Path.Combine(_directory, "seed.json"), JsonSerializer.Serialize(_contents));

    private static SeededCity? Find(Engine engine, PostgresCluster? cluster, string directory)
    {
        var file = Path.Combine(directory, "seed.json");
        if (!File.Exists(file)) return null;
        var contents = JsonSerializer.Deserialize<Contents>(File.ReadAllText(file))!;
        if (contents.Engine != engine) throw new BenchmarkException($"{directory} holds a {contents.Engine} database.");
        return new SeededCity(directory, cluster?.Connection("city") ?? SqliteFile(Folder(directory, "city")), contents);
    }

    private static async Task<string> NewDatabase(Engine engine, PostgresCluster? cluster, string folder, string name) =>
        engine == Engine.Sqlite ? SqliteFile(folder) : await cluster!.NewDatabase(name);

    private static string SqliteFile(string folder) => $"Data Source={Path.Combine(folder, "gateway.db")};Pooling=False";

    private static string Folder(string directory, string name) => Directory.CreateDirectory(Path.Combine(directory, name)).FullName;

    /// <param name="Used">Open receivables that earlier runs have paid.</param>
    private sealed record Contents(Engine Engine, long Payments, long Open, long Used);
}
