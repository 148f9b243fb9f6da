using CashlessGateway.Storage;
using Npgsql;

namespace CashlessGateway.Tests.Recovery;

/// <summary>A backup is a whole one or none, and is taken while the tills go on selling.</summary>
public sealed class BackupTests
{
    private const int Tills = 8;

    [Fact]
    public async Task The_books_of_a_backup_taken_while_eight_tills_sell_are_whole()
    {
        await using var city = await City.Open();
        using var stop = new CancellationTokenSource();
        var selling = Enumerable.Range(0, Tills).Select(_ => Task.Run(async () =>
        {
            var sold = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(201, (await city.Sell()).Status);
                sold++;
            }

            return sold;
        })).ToList();
        await Eventually.True("every till has sold", async () => (await city.Get("/v1/payments")).Json.GetProperty("items").GetArrayLength() >= Tills);
        var backup = await Commanded.Backup(city);
        await stop.CancelAsync();
        var sold = (await Task.WhenAll(selling)).Sum();

        var directory = Directory.CreateTempSubdirectory("cashless-restore-").FullName;
        Assert.Contains("Restored", await Commanded.On(directory, city.Time, "restore", "--from", backup), StringComparison.Ordinal);
        await using (var restored = await City.OpenLeftovers(directory, city.Time))
        {
            await restored.BooksAreWhole();
            Assert.InRange(await restored.Balance("cash/"), 1, sold * 600L);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_backup_that_was_not_finished_is_refused()
    {
        await using var city = await City.Open();
        var backup = await Commanded.Backup(city);
        File.Delete(Path.Combine(backup, "manifest.json"));
        Assert.Contains("the backup was not finished", await Refused(city, backup), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_was_changed_is_refused()
    {
        await using var city = await City.Open();
        var backup = await Commanded.Backup(city);
        await using (var file = new FileStream(Path.Combine(backup, "gateway.db"), FileMode.Open))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(1);
        }

        Assert.Contains("is not what was backed up", await Refused(city, backup), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_is_refused_while_the_gateway_runs_and_never_deletes_what_is_there()
    {
        var city = await City.Open();
        var backup = await Commanded.Backup(city);
        Assert.Contains("in use by another", (await Assert.ThrowsAsync<StartupException>(() => Commanded.On(city, "restore", "--from", backup))).Message, StringComparison.Ordinal);
        await using var restored = await city.Reopen(async () =>
        {
            Assert.Contains("--replace", await Commanded.Refused(city.Directory, city.Time, "restore", "--from", backup), StringComparison.Ordinal);
            await Commanded.On(city, "restore", "--from", backup, "--replace");
        });
        Assert.True(File.Exists(Path.Combine(Directory.GetDirectories(city.Directory, "replaced-*").Single(), "gateway.db")));
    }

    /// <summary>Into a folder of its own, since the city's is in use.</summary>
    private static async Task<string> Refused(City city, string backup)
    {
        var directory = Directory.CreateTempSubdirectory("cashless-restore-").FullName;
        var why = await Commanded.Refused(directory, city.Time, "restore", "--from", backup);
        Assert.False(File.Exists(Path.Combine(directory, "gateway.db")));
        Directory.Delete(directory, recursive: true);
        return why;
    }

    [Fact]
    public async Task A_PostgreSQL_database_comes_back_by_the_servers_own_tools()
    {
        if (Engines.WhyMissing(Engine.PostgreSql) is { } missing) Assert.Skip(missing);
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "pg_dump")))) Assert.Skip("pg_dump is not on PATH");
        await using var city = await City.Open(Engine.PostgreSql);
        for (var i = 0; i < 5; i++) await city.Sell();
        var parent = Path.Combine(city.Directory, "backups");
        await Commanded.On(city, "backup", "--to", parent, "--Storage:Engine=PostgreSql", $"--Storage:ConnectionString={city.ConnectionString}");
        var backup = Directory.GetDirectories(parent).Single();
        Assert.Contains("holds", await Commanded.Refused(city.Directory, city.Time, "restore", "--from", backup, "--Storage:Engine=PostgreSql", $"--Storage:ConnectionString={city.ConnectionString}"), StringComparison.Ordinal);

        var (empty, drop) = await TestStore.NewDatabase(Engine.PostgreSql);
        await Commanded.On(city, "restore", "--from", backup, "--Storage:Engine=PostgreSql", $"--Storage:ConnectionString={empty}");
        await using (var connection = new NpgsqlConnection(empty))
        {
            await connection.OpenAsync();
            await using var count = new NpgsqlCommand("select (select count(*) from payment) || ' ' || (select state from recovery)", connection);
            Assert.Equal("5 recovering", await count.ExecuteScalarAsync());
        }

        await drop();
    }

    [Fact]
    public async Task A_restore_that_was_broken_off_between_two_files_never_starts_with_an_empty_database()
    {
        var directory = Directory.CreateTempSubdirectory("cashless-restore-").FullName;
        try
        {
            // As after a kill between moving the old file aside and giving the copy its name.
            await File.WriteAllTextAsync(Path.Combine(directory, "gateway.db.restoring"), "");
            var (exitCode, error) = await Storm.GatewayProcess.RunToEnd("--environment=Development", "--Urls=http://127.0.0.1:0", $"--Storage:Directory={directory}");
            Assert.Equal(1, exitCode);
            Assert.Contains("Run the restore again", error, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(directory, "gateway.db")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
