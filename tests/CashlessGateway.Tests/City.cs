using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests;

/// <summary>A running gateway with the demo city, seen from outside: over HTTP, with a till's key and an approver's.</summary>
public sealed class City : IAsyncDisposable
{
    private readonly Func<Task> _drop;
    private readonly bool _ownsDirectory;

    /// <summary>Over all cities: one that was reopened or restored still knows the keys of the one before.</summary>
    private static int _keys;

    private City(Gateway gateway, FakeTime time, Engine engine, string connectionString, string directory, bool ownsDirectory, Func<Task> drop)
    {
        (Gateway, Time, Engine, ConnectionString, Directory, _ownsDirectory, _drop) = (gateway, time, engine, connectionString, directory, ownsDirectory, drop);
        var address = new Uri(gateway.App.Urls.First());
        Till = Client(address, gateway.DemoKeys!.Till);
        Approver = Client(address, gateway.DemoKeys.Approver);
        Nobody = Client(address, null);
    }

    public Gateway Gateway { get; }
    public FakeTime Time { get; }
    public Engine Engine { get; }
    public string ConnectionString { get; }
    public string Directory { get; }
    public HttpClient Till { get; }
    public HttpClient Approver { get; }
    public HttpClient Nobody { get; }

    public const string Code = "072036";

    public T Of<T>() where T : notnull => Gateway.App.Services.GetRequiredService<T>();

    public static async Task<City> Open(Engine engine = Engine.Sqlite, params string[] more)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cashless-city-").FullName;
        var (connection, drop) = engine == Engine.Sqlite
            ? ($"Data Source={Path.Combine(directory, "gateway.db")};Pooling=False", static () => Task.CompletedTask)
            : await TestStore.NewDatabase(engine);
        return await Open(engine, connection, directory, ownsDirectory: true, drop, new FakeTime(), more);
    }

    /// <summary>With a part of the gateway replaced by a test's own.</summary>
    public static async Task<City> OpenWith(Action<IServiceCollection> services, params string[] more)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cashless-city-").FullName;
        return await Open(Engine.Sqlite, $"Data Source={Path.Combine(directory, "gateway.db")};Pooling=False", directory, ownsDirectory: true, static () => Task.CompletedTask, new FakeTime(), more, services);
    }

    /// <summary>Data that a killed process left behind.</summary>
    public static Task<City> OpenLeftovers(string directory, FakeTime time, params string[] more) =>
        Open(Engine.Sqlite, $"Data Source={Path.Combine(directory, "gateway.db")};Pooling=False", directory, ownsDirectory: false, static () => Task.CompletedTask, time, more);

    /// <summary>The same data after a stop.</summary>
    public Task<City> Reopen(params string[] more) => Reopen(static () => Task.CompletedTask, more);

    /// <summary>The same, with something done to the data while nothing runs.</summary>
    public async Task<City> Reopen(Func<Task> between, params string[] more)
    {
        await Stop();
        await between();
        return await Open(Engine, ConnectionString, Directory, _ownsDirectory, _drop, Time, more);
    }

    private static async Task<City> Open(Engine engine, string connection, string directory, bool ownsDirectory, Func<Task> drop, FakeTime time, string[] more, Action<IServiceCollection>? services = null)
    {
        string[] args =
        [
            "--environment=Development", "--Urls=http://127.0.0.1:0", "--Jobs:Enabled=false", "--Sandbox:Port=0", $"--Storage:Engine={engine}", $"--Storage:Directory={directory}",
            "--Limits:RequestsPerMinutePerClient=1000000", .. engine == Engine.Sqlite ? Array.Empty<string>() : [$"--Storage:ConnectionString={connection}"], .. more,
        ];
        var gateway = await Gateway.Open(args, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            Access.TestSignIn.Add(builder.Services);
            services?.Invoke(builder.Services);
        });
        await gateway.App.StartAsync();
        return new City(gateway, time, engine, connection, directory, ownsDirectory, drop);
    }

    /// <summary>A city whose providers' stand-ins run beside it.</summary>
    public static Task<City> OpenWithSandbox(Engine engine = Engine.Sqlite) => Open(engine, "--Sandbox:Port=-1");

    public CashlessGateway.Sandbox.PayPay.PayPaySandbox Provider => (CashlessGateway.Sandbox.PayPay.PayPaySandbox)StandIn("paypay").StandIn;

    public CashlessGateway.Sandbox.IRunningStandIn StandIn(string type) => Gateway.Sandboxes.Single(sandbox => sandbox.Type == type).Own!;

    public Task<Answer> SellByQr(int count = 2, string? key = null, string place = "shimin-1") =>
        Post("/v1/sales", new { receivable = new { kind = "counterSale", place, lines = new[] { new { fee = "juminhyo", quantity = count } } }, payment = new { method = "qr", presentation = "merchantCode" } }, key);

    public Task<Answer> PayByQr(string receivable, string? key = null) => Post("/v1/payments", new { receivable, place = "shimin-1", method = "qr", presentation = "merchantCode" }, key);

    /// <summary>Lets time pass and the job run, as often as needed, until nothing is due any more.</summary>
    public async Task AskProviders(TimeSpan? later = null)
    {
        if (later is { } pause) Time.Advance(pause);
        await Of<CashlessGateway.Payments.AskDuePayments>().Run(Code, 10_000, CancellationToken.None);
    }

    public string NewKey() => $"test-{Interlocked.Increment(ref _keys)}";

    public Task<Answer> Post(string path, object body, string? key = null) => Send(Till, path, body, key ?? NewKey());

    public Task<Answer> Approve(string path, object? body = null, string? key = null) => Send(Approver, path, body ?? new { }, key ?? NewKey());

    public static async Task<Answer> Send(HttpClient client, string path, object body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return await Answer.Of(response);
    }

    public async Task<Answer> Get(string path, HttpClient? client = null)
    {
        using var response = await (client ?? Till).GetAsync(path);
        return await Answer.Of(response);
    }

    // What tests say in a few words.
    public Task<Answer> Owe(params object[] lines) => Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines });

    public Task<Answer> OweCertificates(int count = 2) => Owe(new { fee = "juminhyo", quantity = count });

    public Task<Answer> PayCash(string receivable, string? key = null) => Post("/v1/payments", new { receivable, place = "shimin-1", method = "cash" }, key);

    public Task<Answer> Sell(int count = 2, string place = "shimin-1") =>
        Post("/v1/sales", new { receivable = new { kind = "counterSale", place, lines = new[] { new { fee = "juminhyo", quantity = count } } }, payment = new { method = "cash" } });

    public async Task<long> Balance(string account)
    {
        var balances = await Get($"/v1/balances?asOf=2999-12-31&account={account}");
        return balances.Json.GetProperty("accounts").EnumerateArray().Sum(row => row.GetProperty("balanceAmount").GetInt64());
    }

    /// <summary>Seals, then verifies: the books are whole, or the test ends here with what was found.</summary>
    public async Task BooksAreWhole()
    {
        await Of<CashlessGateway.Ledger.Sealer>().Seal(Code);
        var verdict = await Post("/v1/journal/verify", new { });
        Assert.True(verdict.Json.GetProperty("whole").GetBoolean(), verdict.Text);
        var balances = await Get("/v1/balances?asOf=2999-12-31");
        Assert.Equal(balances.Json.GetProperty("debitAmount").GetInt64(), balances.Json.GetProperty("creditAmount").GetInt64());
    }

    private static HttpClient Client(Uri address, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private bool _stopped;

    private async Task Stop()
    {
        _stopped = true;
        Till.Dispose();
        Approver.Dispose();
        Nobody.Dispose();
        await Gateway.App.StopAsync();
        await Gateway.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // A reopened city is put away by its successor.
        if (_stopped) return;
        await Stop();
        await _drop();
        if (_ownsDirectory) System.IO.Directory.Delete(Directory, recursive: true);
    }
}

/// <summary>An answer as a client sees it.</summary>
public sealed record Answer(int Status, string Text, JsonElement Json, IReadOnlyDictionary<string, string> Headers)
{
    public string Id => Json.GetProperty("id").GetString()!;

    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? this[string name] => Json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    public long Number(string name) => Json.GetProperty(name).GetInt64();

    public IEnumerable<string> Violations => Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}");

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, text, isJson && text.Length > 0 ? JsonDocument.Parse(text).RootElement.Clone() : default, headers);
    }
}
