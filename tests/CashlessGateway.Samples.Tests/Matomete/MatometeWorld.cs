using System.Net.Http.Json;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Kit;
using Matomete;
using MatometeServer;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>The plug-in, and its server beside it on the same clock.</summary>
internal sealed class MatometeWorld : IAsyncDisposable
{
    public const string ApiKey = "matomete_key_1";
    public const string NoticeSecret = "matomete_notice_secret_1";
    public const string SomeCode = "900081818812345678901234";
    public const string Reference = "pay_matomete_1";

    private readonly string _folder;
    private readonly HttpClient _http = ProviderKit.NewHttp();
    private PracticeServer _server;

    private MatometeWorld(PracticeServer server, KitTime time, string folder)
    {
        (_server, Time, _folder) = (server, time, folder);
        Provider = new MatometePlugin().Open(new ProviderSetup("matomete-main", Settings(server.Address), _http, time, Sandbox: true));
    }

    public KitTime Time { get; }

    public IProvider Provider { get; private set; }

    public static IReadOnlyDictionary<string, string> Settings(Uri address) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["BaseUrl"] = address.AbsoluteUri, ["ApiKey"] = ApiKey, ["NoticeSecret"] = NoticeSecret };

    public static PaymentOrder Order(KitTime time, string code, string reference = Reference) =>
        new(reference, 300, "qr", "customerCode") { CustomerCode = code, Description = "住民票の写し", PlaceCode = "shimin-1", RequestedAt = time.GetUtcNow() };

    public static async Task<MatometeWorld> Open()
    {
        var (folder, time) = (Directory.CreateTempSubdirectory("matomete-").FullName, new KitTime());
        return new MatometeWorld(await Serve(folder, time), time, folder);
    }

    private static Task<PracticeServer> Serve(string folder, KitTime time) =>
        PracticeServer.Start(new ServerOptions { ApiKey = ApiKey, NoticeSecret = NoticeSecret, File = Path.Combine(folder, "matomete.jsonl"), Time = time });

    /// <summary>The server ends and begins again with what stands in its file.</summary>
    public async Task Restart(string torn = "")
    {
        await _server.DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_folder, "matomete.jsonl"), torn);
        _server = await Serve(_folder, Time);
        Provider = new MatometePlugin().Open(new ProviderSetup("matomete-main", Settings(_server.Address), _http, Time, Sandbox: true));
    }

    public async Task<string> Code(string brand = "PAYPAY", string customer = "pays") => (await Post("_codes", new { brand, customer })).GetProperty("code").GetString()!;

    public Task Fault(string operation, FaultKind kind, int times = 1) => Post("_faults", new { operation, kind = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), times });

    /// <summary>The customer's finger.</summary>
    public Task Phone(string answer, string reference = Reference) => Post($"_phone/{reference}/{answer}", new { });

    public async Task<long> Net() => (await Truth()).GetProperty("netAmount").GetInt64();

    public Task<JsonElement> Truth() => _http.GetFromJsonAsync<JsonElement>(new Uri(_server.Address, "_truth"));

    public Task<ProviderAnswer> Start(string code, string reference = Reference) => Provider.Start(Order(Time, code, reference), CancellationToken.None);

    public Task<ProviderAnswer> LookUp(string reference = Reference) => Provider.LookUp(Case(reference), CancellationToken.None);

    public Task<ProviderAnswer> Cancel(string reference = Reference) => ((ICanCancel)Provider).Cancel(Case(reference), CancellationToken.None);

    /// <summary>Of a payment that was taken.</summary>
    public async Task<RefundOrder> Taken(string brand = "PAYPAY", string reference = Reference)
    {
        var captured = Assert.IsType<ProviderAnswer.Captured>(await Start(await Code(brand), reference));
        return new RefundOrder("rf_1", reference, captured.Reference, 300, 300, "refund") { PaidWith = new PaidWith("qr", captured.Brand), CapturedAt = captured.At, RequestedAt = Time.GetUtcNow() };
    }

    public Task<RefundAnswer> Refund(RefundOrder order) => ((ICanRefund)Provider).Refund(order, CancellationToken.None);

    public Task<RefundAnswer> LookUpRefund(RefundOrder order) => ((ICanRefund)Provider).LookUpRefund(order, CancellationToken.None);

    /// <summary>As another program would send it, past the plug-in.</summary>
    public async Task<(int Status, string Text)> Raw(string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", ApiKey);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static PaymentCase Case(string reference) => new(reference, 300, "qr", "customerCode");

    private async Task<JsonElement> Post(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(_server.Address, path), body);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).Clone();
    }
}
