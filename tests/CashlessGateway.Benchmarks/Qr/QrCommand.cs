using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CashlessGateway.Benchmarks.Processes;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.Qr;

/// <summary>
/// Payments through a provider: how many a second and where their time goes; and what a provider that takes ten seconds for each
/// answer does to cash and to another contract. The providers' stand-ins run in this process, the gateway in its own.
/// </summary>
internal static class QrCommand
{
    private const string Main = "paypay-main";
    private const string Slow = "paypay-seishonen";

    public static async Task Run(Options options)
    {
        var (seconds, tills) = (options.Number("seconds", 10), options.Number("connections", 32));
        var directory = Directory.CreateTempSubdirectory("cashless-qr-").FullName;
        try
        {
            await using var main = await SandboxHost.Start(new SandboxOptions { Merchants = [new SandboxMerchant("k", "s", "m", Main)] });
            await using var slow = await SandboxHost.Start(new SandboxOptions { Merchants = [new SandboxMerchant("k", "s", "m", Slow)] });
            await using var gateway = await GatewayProcess.StartDemo(options.Text("gateway", GatewayProcess.DefaultDll()), directory, [(Main, main.Address), (Slow, slow.Address)]);
            main.NotifyAt(Main, new Uri(gateway.Url, "/hooks/" + Main));
            using var till = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 512 }) { BaseAddress = gateway.Url };
            till.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllLinesAsync(Path.Combine(directory, "demo-keys.txt")))[0].Trim());

            main.PayPay.Customer.Auto(new AutoCustomer(1.0));
            await Sell(till, "shimin-1", "juminhyo", qr: true, tills, 5);
            await Alone(gateway, till, main, tills, seconds);
            await BesideASlowOne(till, slow, seconds);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task Alone(GatewayProcess gateway, HttpClient till, SandboxHost main, int tills, int seconds)
    {
        var (cpu, before) = (gateway.Usage.CpuSeconds(), main.PayPay.Sums().Completed);
        var sold = await Sell(till, "shimin-1", "juminhyo", qr: true, tills, seconds);
        var watch = Stopwatch.StartNew();
        while ((await Json(await till.GetAsync("/v1/payments?status=pending&limit=1"))).GetProperty("items").GetArrayLength() > 0 && watch.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(100);
        cpu = gateway.Usage.CpuSeconds() - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"QR, {tills} tills, {seconds} s: {sold.Count / (double)seconds:N0} payments/s to a shown code, {main.PayPay.Sums().Completed - before:N0} paid, all captured {watch.Elapsed.TotalSeconds:F1} s after the last; {cpu * 1000 / sold.Count:F2} CPU-ms per payment (its notice, look-up and capture included)"));
        Console.WriteLine($"  POST /v1/sales        {sold.Spread}");
        var parts = new List<(double Call, double Capture)>();
        foreach (var payment in sold.Payments.TakeLast(300))
        {
            var events = (await Json(await till.GetAsync($"/v1/payments/{payment}/events"))).GetProperty("items").EnumerateArray().ToDictionary(each => each.GetProperty("type").GetString()!, each => each.GetProperty("occurredAt").GetDateTimeOffset());
            if (events.TryGetValue("payment.captured", out var captured) && events.TryGetValue("payment.pending", out var pending)) parts.Add(((pending - events["payment.created"]).TotalMilliseconds, (captured - pending).TotalMilliseconds));
        }

        Console.WriteLine($"  intent → shown        {Spread.Of(parts.Select(part => part.Call))}  (commit of the intent, the provider's answer)");
        Console.WriteLine($"  shown → captured      {Spread.Of(parts.Select(part => part.Capture))}  (the customer pays at once; notice, look-up)");
    }

    private static async Task BesideASlowOne(HttpClient till, SandboxHost slow, int seconds)
    {
        var (cashAlone, qrAlone) = await Both(till, seconds);
        slow.PayPay.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.Delay) { Ms = 10_000 });
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 64).Select(_ => KeepSelling(till, stop.Token)).ToList();
        await Task.Delay(2_000, CancellationToken.None);
        var (cashBeside, qrBeside) = await Both(till, seconds);
        await stop.CancelAsync();
        Console.WriteLine($"Beside a contract whose provider takes 10 s for each answer (64 of its customers waiting):");
        Console.WriteLine($"  cash alone            {cashAlone.PerSecond(seconds)}  {cashAlone.Spread}");
        Console.WriteLine($"  cash beside it        {cashBeside.PerSecond(seconds)}  {cashBeside.Spread}");
        Console.WriteLine($"  other contract alone  {qrAlone.PerSecond(seconds)}  {qrAlone.Spread}");
        Console.WriteLine($"  other contract beside {qrBeside.PerSecond(seconds)}  {qrBeside.Spread}");
        slow.PayPay.Faults.Clear();
        await Task.WhenAll(waiting);
    }

    private static async Task<(Sold Cash, Sold Qr)> Both(HttpClient till, int seconds)
    {
        var cash = Sell(till, "gyosei-kita", "juminhyo", qr: false, 8, seconds);
        var qr = Sell(till, "shimin-1", "juminhyo", qr: true, 8, seconds);
        return (await cash, await qr);
    }

    private static async Task KeepSelling(HttpClient till, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            if ((await Sale(till, "seishonen-kaikan", "seishonen-kenshu", qr: true)).Status != 201) await Task.Delay(500, CancellationToken.None);
    }

    private static async Task<Sold> Sell(HttpClient till, string place, string fee, bool qr, int tills, int seconds)
    {
        var sold = new Sold();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, tills).Select(async _ =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                var begin = Stopwatch.GetTimestamp();
                var (status, payment) = await Sale(till, place, fee, qr);
                if (status != 201) throw new BenchmarkException($"A sale at {place} was answered {status}.");
                sold.Add(payment!, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }));
        return sold;
    }

    private static async Task<(int Status, string? Payment)> Sale(HttpClient till, string place, string fee, bool qr)
    {
        var body = $$"""{"receivable":{"kind":"{{(place == "seishonen-kaikan" ? "facilityCharge" : "counterSale")}}","place":"{{place}}","lines":[{"fee":"{{fee}}"}]},"payment":{{(qr ? """{"method":"qr","presentation":"merchantCode"}""" : """{"method":"cash"}""")}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sales") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)));
        using var response = await till.SendAsync(request);
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? (await Json(response)).GetProperty("payment").GetProperty("id").GetString() : null);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.Clone();

    private sealed class Sold
    {
        private readonly ConcurrentQueue<(string Payment, double Ms)> _all = new();

        public void Add(string payment, double ms) => _all.Enqueue((payment, ms));

        public int Count => _all.Count;
        public IEnumerable<string> Payments => _all.Select(each => each.Payment);
        public Spread Spread => Spread.Of(_all.Select(each => each.Ms));

        public string PerSecond(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{_all.Count / (double)seconds,7:N0}/s");
    }

    private sealed record Spread(double Half, double Most, double Longest)
    {
        public static Spread Of(IEnumerable<double> values)
        {
            var sorted = values.Order().ToList();
            return sorted.Count == 0 ? new Spread(0, 0, 0) : new Spread(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], sorted[^1]);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {Half,7:F1} ms  p99 {Most,7:F1} ms  max {Longest,8:F1} ms");
    }
}
