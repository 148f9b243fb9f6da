using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CashlessGateway.Storage;
using MatometeServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests.Samples;

/// <summary>A city that takes customers' codes through the sample plug-in, and the aggregator's server beside it on the same clock.</summary>
internal sealed class Aggregator : IAsyncDisposable
{
    private static readonly Sql TakesCustomerCodes = new("""
        insert into place_method (municipality, place, method, presentation, brands, provider, position)
        values (@municipality, 'shimin-1', 'qr', 'customerCode', null, 'matomete-main', 90)
        """);

    private readonly PracticeServer _server;
    private readonly FakeTime _serverTime;
    private readonly string _folder;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private Aggregator(City city, PracticeServer server, FakeTime serverTime, string folder, LogBook log) => (City, _server, _serverTime, _folder, Log) = (city, server, serverTime, folder, log);

    public City City { get; }

    /// <summary>Everything that was logged, from the finest level on.</summary>
    public LogBook Log { get; }

    public static async Task<Aggregator> Open()
    {
        var (folder, time, log) = (Directory.CreateTempSubdirectory("cashless-aggregator-").FullName, new FakeTime(), new LogBook());
        PutIn(Path.Combine(folder, "plugins", "matomete-provider"));
        var server = await PracticeServer.Start(new ServerOptions { ApiKey = "key-of-the-city", NoticeSecret = "notice-secret-of-the-city", Time = time });
        var city = await City.OpenWith(services => services.AddSingleton<ILoggerProvider>(log),
            $"--Plugins:Directory={Path.Combine(folder, "plugins")}", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            "--Providers:matomete-main:Type=matomete", $"--Providers:matomete-main:BaseUrl={server.Address}", "--Providers:matomete-main:ApiKey=key-of-the-city",
            "--Providers:matomete-main:NoticeSecret=notice-secret-of-the-city", "--Providers:matomete-main:WebhookPath=unguessable");
        server.NotifyAt(new Uri(city.Till.BaseAddress!, "/hooks/matomete-main/unguessable"));
        await city.Of<Database>().WriteSurely(async unit =>
        {
            await unit.Execute(TakesCustomerCodes, new { municipality = City.Code });
            await CashlessGateway.Routing.RoutingStore.Add(unit, City.Code, new CashlessGateway.Routing.Designation("01JD3Z8Q5T0000000000000099", "matomete-main", CashlessGateway.Routing.DesignationKind.PaymentTrustee, "*", "第1号", CashlessGateway.Money.BusinessDate.Of(2026, 4, 1), CashlessGateway.Money.BusinessDate.Of(2026, 4, 1), null), "test", city.Of<CashlessGateway.Money.Clock>().Now());
            return true;
        }, ReadBack.SafeToRepeat);
        return new Aggregator(city, server, time, folder, log);
    }

    /// <summary>As the sample's README says.</summary>
    private static void PutIn(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "built-plugins", "matomete-provider"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    public async Task<string> Code(string brand = "PAYPAY", string customer = "pays") => (await Post("_codes", new { brand, customer })).GetProperty("code").GetString()!;

    public Task Fault(string operation, string kind) => Post("_faults", new { operation, kind });

    public Task Confirm(string payment) => Post($"_phone/{payment}/confirm", new { });

    public async Task<long> Net() => (await _http.GetFromJsonAsync<JsonElement>(new Uri(_server.Address, "_truth"))).GetProperty("netAmount").GetInt64();

    /// <summary>A bill over two certificates, 600 yen, paid by the code that the customer shows.</summary>
    public async Task<Answer> Pay(string code) =>
        await City.Post("/v1/payments", new { receivable = (await City.OweCertificates()).Id, place = "shimin-1", method = "qr", presentation = "customerCode", customerCode = code });

    public async Task<string> Status(string payment) => (await City.Get($"/v1/payments/{payment}"))["status"]!;

    public Task LetPass(TimeSpan span)
    {
        _serverTime.Advance(span);
        return City.AskProviders(span);
    }

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
        Log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> Post(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(_server.Address, path), body);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).Clone();
    }
}

/// <summary>Keeps what is logged, messages and exceptions.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // Nothing is held.
    }
}
