using CashlessGateway.Access;
using CashlessGateway.Demo;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Demo;

/// <summary>A database that the demo city is loaded into, as often as a test starts it, from files that a test may spoil.</summary>
public sealed class DemoStart : IAsyncDisposable
{
    public const string City = "072036";

    private DemoStart(TestStore store)
    {
        Store = store;
        Clients = new ApiClients(store.Database, store.Clock);
        Settings = new Settings
        {
            CallLog = "",
            Engine = store.Engine,
            Directory = Path.Combine(store.Directory, "data"),
            ConnectionString = store.ConnectionString,
            PublicUrl = new Uri("http://localhost:5080"),
            SealEvery = TimeSpan.FromSeconds(5),
            AnchorFile = "anchors.log",
            RequestsPerMinutePerClient = 700,
            BodyBytes = 1_048_576,
            Jobs = false,
            KeyEnvironment = "demo",
            Demo = true,
            KeepWebhookDeliveries = TimeSpan.FromDays(90),
            LocalWebhooks = true,
        };
        Folder = Path.Combine(store.Directory, "demo-city");
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples", "demo-city")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    public TestStore Store { get; }
    public ApiClients Clients { get; }
    public Settings Settings { get; }
    public string Folder { get; }
    public string KeyFile => Path.Combine(Settings.Directory, "demo-keys.txt");

    /// <summary>The bills that were asked for, in all starts together.</summary>
    public List<BillToLoad> Bills { get; } = [];

    /// <summary>The bill at which loading breaks, counted from 1.</summary>
    public int? BreaksAt { get; set; }

    public static async Task<DemoStart> Open(Engine engine = Engine.Sqlite) => new(await TestStore.Open(engine));

    public Task<DemoKeys> Start() =>
        new DemoCity(Store.Database, Store.Clock, Store.Ids, Clients, Settings, Create).EnsureLoaded(Folder, CancellationToken.None);

    public Task<StartupException> Refusal() => Assert.ThrowsAsync<StartupException>(Start);

    public void Replace(string file, string old, string by)
    {
        var path = Path.Combine(Folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, by, StringComparison.Ordinal));
    }

    public Task<long> Count(string table, string condition = "1 = 1") =>
        Store.Scalar<long>($"select count(*) from {table} where municipality = '{City}' and {condition}");

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    private async Task Create(BillToLoad bill, CancellationToken cancellation)
    {
        if (Bills.Count + 1 == BreaksAt) throw new IOException("The power went out.");
        Bills.Add(bill);
        await Store.Execute("""
            insert into receivable (municipality, id, kind, place, reference, title, amount, tax_included, money_owner, client, version, created_at)
            values (@municipality, @id, 'bill', @place, @reference, @title, @amount, 0, 'city', 'demo', 1, 0)
            """, new { municipality = bill.Municipality, id = Store.Ids.Next(), place = bill.Place, reference = bill.Reference, title = bill.Title, amount = bill.Lines.Sum(line => line.Amount.Value) });
    }
}
