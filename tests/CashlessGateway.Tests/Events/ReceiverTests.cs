using System.Diagnostics;
using System.Globalization;
using System.Text;
using CashlessGateway.Tests.Storm;
using WebhookReceiver;

namespace CashlessGateway.Tests.Events;

/// <summary>samples/webhook-receiver: what integrators copy does what it says.</summary>
public sealed class ReceiverTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Signed = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long At = 1_614_265_330;
    private const string Body = """{"test": 2432232314}""";

    [Theory]
    [InlineData(Id, At, Signed, Body, 0, true)]
    [InlineData(Id, At, "v1,AAAA " + Signed, Body, 0, true)]
    [InlineData(Id, At, Signed, Body, 300, true)]
    [InlineData(Id, At, Signed, Body, -300, true)]
    [InlineData(Id, At, Signed, Body, 301, false)]
    [InlineData(Id, At, Signed, Body, -301, false)]
    [InlineData(Id, At + 1, Signed, Body, 0, false)]
    [InlineData("msg_other", At, Signed, Body, 0, false)]
    [InlineData(Id, At, Signed, """{"test": 2432232315}""", 0, false)]
    [InlineData(Id, At, "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Body, 0, false)]
    [InlineData(Id, At, "", Body, 0, false)]
    public void The_sample_takes_what_is_genuine_and_of_this_moment(string id, long timestamp, string signature, string body, int secondsLater, bool valid)
    {
        var time = new FakeTime();
        time.Set(DateTimeOffset.FromUnixTimeSeconds(At + secondsLater));
        Assert.Equal(valid, new Signature(Secret, time).IsValid(id, timestamp.ToString(CultureInfo.InvariantCulture), signature, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void The_sample_keeps_each_event_once_and_of_each_object_the_newest()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cashless-inbox-").FullName, "inbox.db");
        using (var inbox = new Inbox(file))
        {
            Assert.Equal(Kept.New, inbox.Keep("evt_2", "refund.succeeded", "ref_1", 2, "{}"));
            Assert.Equal(Kept.Older, inbox.Keep("evt_1", "refund.created", "ref_1", 1, "{}"));
        }

        using (var again = new Inbox(file))
        {
            Assert.Equal(Kept.Duplicate, again.Keep("evt_2", "refund.succeeded", "ref_1", 2, "{}"));
            Assert.Equal(["New", "Older"], again.All().Select(received => received.Kept));
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_receiver_that_is_killed_misses_nothing_and_counts_nothing_twice()
    {
        await using var city = await City.Open();
        // The receiver compares with the machine's own clock.
        city.Time.Set(DateTimeOffset.UtcNow);
        var (port, folder) = (GatewayProcess.FreePort(), Directory.CreateTempSubdirectory("cashless-receiver-").FullName);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var secret = (await city.Post("/v1/webhook-endpoints", new { url = url + "/events" }))["secret"]!;
        await using (var receiver = await ReceiverProcess.Start(url, secret, folder))
        {
            for (var sale = 0; sale < 5; sale++) await city.Sell();
            await city.SendEvents();
            Assert.Equal(10, (await receiver.Events()).Count);
        }

        for (var sale = 0; sale < 5; sale++) await city.Sell();
        await city.SendEvents();
        await using var again = await ReceiverProcess.Start(url, secret, folder);
        var delivered = (await city.Get("/v1/webhook-deliveries?status=delivered")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        await city.Post($"/v1/webhook-deliveries/{delivered}/redeliver", new { });
        city.Time.Advance(TimeSpan.FromSeconds(5));
        await city.SendEvents();

        Assert.All(await city.DeliveryStatuses(), status => Assert.Equal("delivered", status));
        var events = await again.Events();
        Assert.Equal(20, events.Count);
        Assert.Equal(20, events.Distinct(StringComparer.Ordinal).Count());
        using var forged = new HttpClient();
        using var answer = await forged.PostAsync(new Uri(url + "/events"), new StringContent("{}"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The sample as a process of its own; leaving it is kill -9.</summary>
    private sealed class ReceiverProcess : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http;

        private ReceiverProcess(Process process, string url) => (_process, _http) = (process, new HttpClient { BaseAddress = new Uri(url) });

        public static async Task<ReceiverProcess> Start(string url, string secret, string folder)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "webhook-receiver.dll"), $"--Secret={secret}", $"--Urls={url}", $"--File={Path.Combine(folder, "inbox.db")}"])
            {
                UseShellExecute = false,
                WorkingDirectory = folder,
                // Its log goes nowhere: a full pipe would stop it.
                Environment = { ["Logging__LogLevel__Default"] = "None" },
            };
            var receiver = new ReceiverProcess(Process.Start(start)!, url);
            await Eventually.True("the receiver listens", receiver.Listens);
            return receiver;
        }

        private async Task<bool> Listens()
        {
            try
            {
                await Events();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        public async Task<IReadOnlyList<string>> Events()
        {
            using var answer = await _http.GetAsync("/events");
            return [.. (await Answer.Of(answer)).Json.EnumerateArray().Select(static item => item.GetProperty("id").GetString()!)];
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
