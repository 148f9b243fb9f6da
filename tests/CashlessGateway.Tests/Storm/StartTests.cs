using System.Net;
using System.Net.Sockets;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Storm;

/// <summary>A start that cannot work says so in one sentence and ends with an exit code.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cashless-start-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={_directory}", $"--Urls=http://127.0.0.1:{port}", "--environment=Development");
        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_directory, "a-file");
        await File.WriteAllTextAsync(file, "");
        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={file}/data", "--Urls=http://127.0.0.1:0", "--environment=Development");
        Assert.Equal(1, code);
        Assert.Contains($"{file}/data", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_second_process_on_the_same_directory_ends_with_one_sentence()
    {
        await using var first = await GatewayProcess.Start(_directory);
        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={_directory}", "--Urls=http://127.0.0.1:0", "--environment=Development");
        Assert.Equal(1, code);
        Assert.Contains("in use by another CashlessGateway process", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Production_does_not_start_without_its_public_address()
    {
        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={_directory}", "--Urls=http://127.0.0.1:0", "--environment=Production");
        Assert.Equal(1, code);
        Assert.Contains("PublicUrl", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_named()
    {
        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={_directory}", "--Urls=http://127.0.0.1:0", "--environment=Development", "--Journal:SealEverySeconds=often");
        Assert.Equal(1, code);
        Assert.Contains("Journal:SealEverySeconds", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_migration_stops_the_start()
    {
        await (await GatewayProcess.Start(_directory)).DisposeAsync();
        await using (var raw = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_directory, "gateway.db")};Pooling=False"))
        {
            await raw.OpenAsync();
            await using var edit = raw.CreateCommand();
            edit.CommandText = "update migration set checksum = 'x0123456789abcdef' where number = 3";
            await edit.ExecuteNonQueryAsync();
        }

        var (code, error) = await GatewayProcess.RunToEnd($"--Storage:Directory={_directory}", "--Urls=http://127.0.0.1:0", "--environment=Development");
        Assert.Equal(1, code);
        Assert.Contains("0003_fees", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_cleanly_and_the_second_start_finds_everything()
    {
        string till;
        await using (var first = await GatewayProcess.Start(_directory))
        {
            till = first.Output.First(line => line.StartsWith("cgk_", StringComparison.Ordinal));
            Assert.Equal(0, await first.Interrupt());
        }

        await using var second = await GatewayProcess.Start(_directory);
        Assert.Contains(till, second.Output);
        var bills = await Answer.Of(await second.Till.GetAsync("/v1/receivables?limit=200"));
        Assert.Equal(40, bills.Json.GetProperty("items").GetArrayLength());
    }

    [Theory, EachEngine]
    public async Task Two_processes_on_one_server_database_migrate_once_and_both_serve(Engine engine)
    {
        Assert.SkipWhen(engine == Engine.Sqlite, "An embedded database has one process.");
        var (connection, drop) = await TestStore.NewDatabase(engine);
        string[] args = [$"--Storage:Engine={engine}", $"--Storage:ConnectionString={connection}"];
        var other = Directory.CreateTempSubdirectory("cashless-start-").FullName;
        try
        {
            var started = await Task.WhenAll(GatewayProcess.Start(_directory, args), GatewayProcess.Start(other, args));
            await using var first = started[0];
            await using var second = started[1];
            foreach (var gateway in started)
            {
                var bills = await Answer.Of(await gateway.Till.GetAsync("/v1/receivables?limit=200"));
                Assert.Equal(40, bills.Json.GetProperty("items").GetArrayLength());
            }
        }
        finally
        {
            await drop();
            Directory.Delete(other, recursive: true);
        }
    }
}
