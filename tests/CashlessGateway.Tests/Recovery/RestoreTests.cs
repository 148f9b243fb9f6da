using System.Text.Json;
using CashlessGateway.Recovery;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Tests.Recovery;

/// <summary>Mechanics 27: take 100 payments, restore the older backup, every yen is found again.</summary>
public sealed class RestoreTests
{
    private static string Pay(Answer sale) => sale.Json.GetProperty("payment").GetProperty("id").GetString()!;

    /// <summary>Every fifth is cash, half of the codes are paid. What was paid.</summary>
    private static async Task<List<string>> Sell(City city, int count)
    {
        var paid = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (i % 5 == 4)
            {
                Assert.Equal(201, (await city.Sell()).Status);
                continue;
            }

            var sale = await city.SellByQr(count: 1 + (i % 3), place: i % 2 == 0 ? "shimin-1" : "gyosei-kita");
            Assert.Equal(201, sale.Status);
            if (i % 4 == 0) continue;
            city.Provider.Customer.Pay(Pay(sale));
            paid.Add(Pay(sale));
        }

        return paid;
    }

    private static async Task<City> WithoutNotices()
    {
        var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        return city;
    }

    private static Task<City> Restored(City city, string backup, Func<Task>? before = null) => city.Reopen(async () =>
    {
        if (before is not null) await before();
        await Commanded.On(city, "restore", "--from", backup, "--replace");
    }, "--Sandbox:Port=-1");

    private static Task<bool> Round(City city) => city.Of<RecoverPayments>().Round(CancellationToken.None);

    private static async Task<List<JsonElement>> Found(City city) =>
        [.. (await city.Get("/v1/exceptions?limit=200")).Json.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("kind").GetString() == "foundAfterRestore")];

    private static async Task<string> Missing(City city) =>
        (await city.Get("/health/ready")).Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "recovery").GetProperty("detail").GetString()!;

    [Fact]
    public async Task Every_yen_taken_since_the_backup_is_found_again_by_the_call_log()
    {
        var first = await WithoutNotices();
        await Sell(first, 40);
        await first.AskProviders(TimeSpan.FromSeconds(6));
        var late = Pay(await first.SellByQr());
        var backup = await Commanded.Backup(first);
        first.Provider.Customer.Pay(late);
        first.Time.Advance(TimeSpan.FromSeconds(6));
        var paid = await Sell(first, 60);
        await first.AskProviders(TimeSpan.FromSeconds(6));
        await using var city = await Restored(first, backup);

        var refused = await city.SellByQr();
        Assert.Equal((503, "recovering", "30"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        Assert.Equal("recovering", (await city.Sell()).Code);
        Assert.Equal(200, (await city.Get("/v1/payments")).Status);
        Assert.Equal(503, (await city.Get("/health/ready")).Status);

        Assert.True(await Round(city), await Missing(city));
        Assert.Equal(city.Provider.Sums().Net, await city.Balance("clearing/"));
        var found = await Found(city);
        Assert.Equal(paid.Count, found.Count);
        Assert.Equal(-found.Sum(row => row.GetProperty("amount").GetInt64()), await city.Balance("suspense/paypay-main"));
        Assert.Equal("captured", (await city.Get($"/v1/payments/{late}"))["status"]);
        // Codes that nobody here would see being paid are gone at the provider.
        foreach (var unpaid in city.Provider.Truth().Where(payment => payment.PaidAt is null))
            Assert.True(unpaid.CodeDeleted || unpaid.CancelAccepted || (await city.Get($"/v1/payments/{unpaid.MerchantPaymentId}")).Status == 200);
        Assert.Equal(200, (await city.Get("/health/ready")).Status);
        var next = await city.Sell();
        Assert.Equal(201, next.Status);
        Assert.True(next.Json.GetProperty("payment").GetProperty("receiptNumber").GetInt64() > 1_000, next.Text);
        await city.BooksAreWhole();

        var status = await Commanded.On(city, "recovery", "--status");
        Assert.Contains($"Unknown and found: {paid.Count} payments", status, StringComparison.Ordinal);
        Assert.Contains("Known and found paid: 1 payments, 600 yen", status, StringComparison.Ordinal);
        Assert.Contains("count the drawers", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_yen_is_found_again_by_the_providers_own_file_when_the_call_log_is_lost()
    {
        var first = await WithoutNotices();
        await Sell(first, 40);
        await first.AskProviders(TimeSpan.FromSeconds(6));
        var backup = await Commanded.Backup(first);
        first.Time.Advance(TimeSpan.FromMinutes(20));
        var paid = await Sell(first, 60);
        await first.AskProviders(TimeSpan.FromSeconds(6));
        var (main, other) = (await Download(first, "demo-city"), await Download(first, "demo-seishonen"));
        var lost = await Restored(first, backup, () =>
        {
            File.Delete(Path.Combine(first.Directory, "provider-calls.log"));
            return Task.CompletedTask;
        });
        Assert.False(await Round(lost));
        Assert.Contains("recover --instance paypay-main --file FILE", await Missing(lost), StringComparison.Ordinal);
        Assert.Equal("recovering", (await lost.Sell()).Code);

        await using var city = await lost.Reopen(async () =>
        {
            Assert.Contains($"{paid.Count} that the database did not know", await Commanded.On(lost, "recover", "--instance", "paypay-main", "--file", main), StringComparison.Ordinal);
            // Read twice, booked once.
            Assert.Contains("0 that the database did not know", await Commanded.On(lost, "recover", "--instance", "paypay-main", "--file", main), StringComparison.Ordinal);
            await Commanded.On(lost, "recover", "--instance", "paypay-seishonen", "--file", other);
        }, "--Sandbox:Port=-1");
        Assert.True(await Round(city), await Missing(city));
        Assert.Equal(city.Provider.Sums().Net, await city.Balance("clearing/"));
        Assert.Equal(paid.Count, (await Found(city)).Count);
        Assert.Equal(201, (await city.Sell()).Status);
        await city.BooksAreWhole();
    }

    private static async Task<string> Download(City city, string merchant)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var file = Path.Combine(city.Directory, merchant + ".csv");
        await File.WriteAllBytesAsync(file, await client.GetByteArrayAsync(new Uri(city.StandIn("paypay").Address, $"_transactions.csv?merchantId={merchant}")));
        return file;
    }

    [Fact]
    public async Task While_a_provider_is_away_nothing_new_is_taken()
    {
        var first = await WithoutNotices();
        var backup = await Commanded.Backup(first);
        var paid = await Sell(first, 10);
        await first.AskProviders(TimeSpan.FromSeconds(6));
        await using var city = await Restored(first, backup);
        city.Provider.Faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.ErrorBefore) { Times = 2 * 8 });
        Assert.False(await Round(city));
        Assert.Contains("paypay-main has not answered for 8 orders of the call log", await Missing(city), StringComparison.Ordinal);
        Assert.Equal("recovering", (await city.Sell()).Code);

        for (var round = 0; round < 10 && !await Round(city); round++) Assert.Equal("recovering", (await city.Sell()).Code);
        Assert.Equal(paid.Count, (await Found(city)).Count);
        Assert.Equal(city.Provider.Sums().Net, await city.Balance("clearing/"));
        Assert.Equal(201, (await city.Sell()).Status);
    }

    [Fact]
    public async Task Money_that_went_back_since_the_backup_is_found_too()
    {
        var first = await WithoutNotices();
        var sale = await first.SellByQr();
        first.Provider.Customer.Pay(Pay(sale));
        await first.AskProviders(TimeSpan.FromSeconds(6));
        var backup = await Commanded.Backup(first);
        first.Time.Advance(TimeSpan.FromDays(2));
        var refund = await first.Post($"/v1/payments/{Pay(sale)}/refunds", new { reason = "二重払い", way = "refund" });
        Assert.Equal(200, (await first.Approve($"/v1/refunds/{refund.Id}/approve")).Status);
        Assert.Equal(0, first.Provider.Sums().Net);
        await using var city = await Restored(first, backup);
        Assert.True(await Round(city), await Missing(city));
        Assert.Equal(-600, Assert.Single(await Found(city)).GetProperty("amount").GetInt64());
        Assert.Equal(0, await city.Balance("clearing/"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_person_ends_a_recovery_with_a_reason_that_stays()
    {
        var first = await WithoutNotices();
        var backup = await Commanded.Backup(first);
        first.Time.Advance(TimeSpan.FromMinutes(1));
        var restored = await Restored(first, backup, () =>
        {
            File.Delete(Path.Combine(first.Directory, "provider-calls.log"));
            return Task.CompletedTask;
        });
        Assert.False(await Round(restored));
        await using var city = await restored.Reopen(() => Commanded.On(restored, "recovery", "--finish", "--reason", "契約終了のため照会不可"), "--Sandbox:Port=-1");
        Assert.Equal(201, (await city.Sell()).Status);
        Assert.Contains("契約終了のため照会不可", await Commanded.On(city, "recovery", "--status"), StringComparison.Ordinal);
    }
}
