using System.Collections.Concurrent;
using System.Text.Json;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Storm;

/// <summary>
/// kill -9 under load. The tills' own notes are the judge: what was answered is there after the restart with the same bytes, and
/// what was not answered is taken once when its key is sent again.
/// </summary>
public sealed class KillTests
{
    private const int Tills = 16;

    /// <summary>Ten kills are the acceptance figure; the normal suite takes a slice.</summary>
    private static int Kills => Environment.GetEnvironmentVariable("CASHLESS_TEST_LONG") == "1" ? 10 : 3;

    [Theory, EachEngine]
    public async Task After_each_kill_nothing_acknowledged_is_lost_and_nothing_is_taken_twice(Engine engine)
    {
        var directory = Directory.CreateTempSubdirectory("cashless-kill-").FullName;
        var (connection, drop) = engine == Engine.Sqlite ? ("", static () => Task.CompletedTask) : await TestStore.NewDatabase(engine);
        string[] args = engine == Engine.Sqlite ? [] : [$"--Storage:Engine={engine}", $"--Storage:ConnectionString={connection}"];
        try
        {
            var notes = new ConcurrentDictionary<string, string?>();
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var gateway = await GatewayProcess.Start(directory, args);
                using var stop = new CancellationTokenSource();
                var tills = Enumerable.Range(0, Tills).Select(till => SellUntilStopped(gateway.Till, notes, $"kill{kill}-till{till}", stop.Token)).ToList();
                // The moment of the kill is chance, but there must have been something to lose.
                var enough = notes.Values.Count(answer => answer is not null) + 20;
                await Eventually.True("twenty sales are answered", () => notes.Values.Count(answer => answer is not null) >= enough);
                await Task.Delay(Random.Shared.Next(0, 700));
                await gateway.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(tills);
            }

            await using var last = await GatewayProcess.Start(directory, args);
            await Judge(last, notes);
        }
        finally
        {
            await drop();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A till makes its key first, notes it, sends, and notes the answer it saw.</summary>
    private static async Task SellUntilStopped(HttpClient till, ConcurrentDictionary<string, string?> notes, string name, CancellationToken stop)
    {
        for (var sale = 0; !stop.IsCancellationRequested; sale++)
        {
            var key = $"{name}-{sale}";
            notes[key] = null;
            try
            {
                var answer = await City.Send(till, "/v1/sales", Sale, key);
                Assert.Equal(201, answer.Status);
                notes[key] = answer.Text;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }

    private static async Task Judge(GatewayProcess gateway, ConcurrentDictionary<string, string?> notes)
    {
        Assert.Contains(notes.Values, answer => answer is not null);
        var payments = new HashSet<string>();
        var receipts = new List<long>();
        foreach (var (key, seen) in notes)
        {
            var again = await City.Send(gateway.Till, "/v1/sales", Sale, key);
            Assert.Equal(201, again.Status);
            if (seen is not null) Assert.Equal(seen, again.Text);
            var payment = again.Json.GetProperty("payment");
            Assert.True(payments.Add(payment.GetProperty("id").GetString()!), "two keys share a payment");
            receipts.Add(payment.GetProperty("receiptNumber").GetInt64());
        }

        Assert.Equal(Enumerable.Range(1, notes.Count).Select(number => (long)number), receipts.Order());
        var balances = await Answer.Of(await gateway.Till.GetAsync("/v1/balances?account=cash/"));
        Assert.Equal(notes.Count * 300L, balances.Json.GetProperty("accounts").EnumerateArray().Sum(row => row.GetProperty("balanceAmount").GetInt64()));
        var verdict = await City.Send(gateway.Till, "/v1/journal/verify", new { }, null);
        Assert.True(verdict.Json.GetProperty("whole").GetBoolean(), verdict.Text);
    }

    private static readonly string Sale = JsonSerializer.Serialize(new
    {
        receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } } },
        payment = new { method = "cash" },
    });
}
