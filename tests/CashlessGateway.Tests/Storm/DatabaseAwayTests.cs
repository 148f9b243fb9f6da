using System.Collections.Concurrent;
using System.Globalization;
using CashlessGateway.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CashlessGateway.Tests.Storm;

/// <summary>Without its database the gateway acknowledges nothing, says 503, and comes back by itself.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task A_locked_database_answers_503_and_then_takes_the_very_same_call()
    {
        await using var city = await City.Open();
        var owed = await city.OweCertificates();
        await using (var other = new SqliteConnection(city.ConnectionString))
        {
            await other.OpenAsync();
            await Run(other, "begin exclusive");
            var refused = await city.PayCash(owed.Id, "k");
            Assert.Equal((503, "not-ready"), (refused.Status, refused.Code));
            Assert.True(refused.Headers.ContainsKey("Retry-After"));
            await Run(other, "rollback");
        }

        Assert.Equal(201, (await city.PayCash(owed.Id, "k")).Status);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_server_that_goes_away_and_comes_back_loses_nothing_and_takes_nothing_twice(Engine engine)
    {
        Assert.SkipWhen(engine == Engine.Sqlite, "An embedded database does not go away; see the kill tests.");
        Assert.SkipWhen(engine == Engine.SqlServer, "The wire is cut before PostgreSQL; SQL Server takes the same path.");
        var (connection, drop) = await TestStore.NewDatabase(engine);
        var directory = Directory.CreateTempSubdirectory("cashless-away-").FullName;
        try
        {
            var server = new NpgsqlConnectionStringBuilder(connection);
            await using var wire = new CuttableProxy(server.Port);
            var through = new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = wire.Port, MaxPoolSize = 16 }.ConnectionString;
            await using var gateway = await GatewayProcess.Start(directory, $"--Storage:Engine={engine}", $"--Storage:ConnectionString={through}");
            var answers = new ConcurrentDictionary<string, string>();
            using var stop = new CancellationTokenSource();
            var tills = Enumerable.Range(0, 8).Select(till => SellThroughEverything(gateway, answers, till, stop.Token)).ToList();
            for (var cut = 0; cut < 5; cut++)
            {
                var before = answers.Count;
                await Eventually.True("sales go on", () => answers.Count > before + 10);
                wire.Cut();
                Assert.Equal(503, (int)(await gateway.Till.GetAsync("/health/ready")).StatusCode);
                wire.Mend();
            }

            await stop.CancelAsync();
            await Task.WhenAll(tills);
            foreach (var (key, text) in answers) Assert.Equal(text, (await City.Send(gateway.Till, "/v1/sales", Sale, key)).Text);
            var balances = await Answer.Of(await gateway.Till.GetAsync("/v1/balances?account=cash/"));
            Assert.Equal(answers.Count * 300L, balances.Json.GetProperty("accounts").EnumerateArray().Sum(row => row.GetProperty("balanceAmount").GetInt64()));
            var verdict = await City.Send(gateway.Till, "/v1/journal/verify", new { }, null);
            Assert.True(verdict.Json.GetProperty("whole").GetBoolean(), verdict.Text);
        }
        finally
        {
            await drop();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A file-size limit is a disk that is full for this process alone: lifted while it runs, it must go on by itself.</summary>
    [Fact]
    public async Task A_full_disk_answers_503_loses_nothing_and_payments_go_on_when_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "prlimit is Linux's.");
        var directory = Directory.CreateTempSubdirectory("cashless-full-").FullName;
        try
        {
            await using var gateway = await GatewayProcess.Start(directory, "--Jobs:Enabled=false");
            var taken = new Dictionary<string, string>();
            for (var i = 0; i < 20; i++) taken[$"before-{i}"] = (await City.Send(gateway.Till, "/v1/sales", Sale, $"before-{i}")).Text;
            var log = new FileInfo(Path.Combine(directory, "gateway.db-wal"));
            await gateway.LimitFileSize(log.Length + 64 * 1024);

            var refused = 0;
            for (var i = 0; i < 200 && refused < 5; i++)
            {
                var answer = await City.Send(gateway.Till, "/v1/sales", Sale, $"during-{i}");
                if (answer.Status == 201) taken[$"during-{i}"] = answer.Text;
                else refused += answer is { Status: 503, Code: "not-ready" } ? 1 : throw new InvalidOperationException(answer.Text);
            }

            Assert.Equal(5, refused);
            Assert.Equal(200, (int)(await gateway.Till.GetAsync("/v1/places")).StatusCode);
            await gateway.LimitFileSize(null);
            var after = await City.Send(gateway.Till, "/v1/sales", Sale, "after");
            Assert.Equal(201, after.Status);
            taken["after"] = after.Text;
            foreach (var (key, text) in taken) Assert.Equal(text, (await City.Send(gateway.Till, "/v1/sales", Sale, key)).Text);
            var balances = await Answer.Of(await gateway.Till.GetAsync("/v1/balances?account=cash/"));
            Assert.Equal(taken.Count * 300L, balances.Json.GetProperty("accounts").EnumerateArray().Sum(row => row.GetProperty("balanceAmount").GetInt64()));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory, EachEngine]
    public async Task A_clock_that_steps_back_an_hour_gives_no_earlier_instant_and_no_earlier_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        city.Time.Set(new DateTimeOffset(2026, 11, 21, 15, 10, 0, TimeSpan.Zero));
        var before = (await city.Sell()).Json.GetProperty("payment");
        city.Time.Advance(TimeSpan.FromHours(-1));
        var after = (await city.Sell()).Json.GetProperty("payment");
        Assert.Equal("2026-11-22", before.GetProperty("receiptDate").GetString());
        Assert.Equal("2026-11-22", after.GetProperty("receiptDate").GetString());
        Assert.True(string.CompareOrdinal(after.GetProperty("createdAt").GetString(), before.GetProperty("createdAt").GetString()) >= 0);
        Assert.Contains("behind what was already recorded", (await city.Get("/health/ready")).Text, StringComparison.Ordinal);

        // A restart in between does not forget it either.
        await using var again = await city.Reopen();
        var later = (await again.Sell()).Json.GetProperty("payment");
        Assert.Equal("2026-11-22", later.GetProperty("receiptDate").GetString());
        await again.BooksAreWhole();
    }

    private static async Task SellThroughEverything(GatewayProcess gateway, ConcurrentDictionary<string, string> answers, int name, CancellationToken stop)
    {
        for (var sale = 0; !stop.IsCancellationRequested; sale++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"till{name}-{sale}");
            while (true)
            {
                var answer = await City.Send(gateway.Till, "/v1/sales", Sale, key);
                if (answer.Status == 201)
                {
                    answers[key] = answer.Text;
                    break;
                }

                Assert.True(answer.Status == 503, answer.Text + "\n" + gateway.Log);
            }
        }
    }

    private static async Task Run(SqliteConnection connection, string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private const string Sale = """{"receivable":{"kind":"counterSale","place":"shimin-1","lines":[{"fee":"juminhyo","quantity":1}]},"payment":{"method":"cash"}}""";
}
