using CashlessGateway.Payments;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Tests.Storm;

/// <summary>
/// The process dies between every two steps of a payment, a cancel, a refund and a question. After the next start every payment ends,
/// nothing is taken twice, and the provider's truth equals the books to the yen.
/// </summary>
public sealed class FailPointTests
{
    public static TheoryData<int> Points => [.. FailPoints.All];

    [Theory, MemberData(nameof(Points))]
    public async Task Whatever_step_the_plug_is_pulled_at_the_books_are_the_providers_truth(int point)
    {
        var directory = Directory.CreateTempSubdirectory("cashless-point-").FullName;
        try
        {
            var time = new FakeTime();
            time.Set(DateTimeOffset.UtcNow);
            await using var provider = await SandboxHost.Start(new SandboxOptions { Time = time, Merchants = [new SandboxMerchant("k", "s", "m", "paypay-main")] });
            string[] contract = ["--Providers:paypay-main:Type=paypay", $"--Providers:paypay-main:BaseUrl={provider.Address}", "--Providers:paypay-main:ApiKey=k", "--Providers:paypay-main:ApiSecret=s", "--Providers:paypay-main:MerchantId=m"];
            await using (var gateway = await GatewayProcess.Start(directory, [.. contract, "--Jobs:Enabled=false", $"--FailPoint={point}"]))
            {
                provider.NotifyAt("paypay-main", new Uri(gateway.Till.BaseAddress!, "/hooks/paypay-main"));
                await DieAt(point, gateway, provider.PayPay);
                await gateway.Ended;
            }

            time.Set(DateTimeOffset.UtcNow);
            await using var city = await City.OpenLeftovers(directory, time, contract);
            await Judge(point, city, provider.PayPay);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_payment_whose_process_died_after_the_intent_is_answered_under_its_own_key()
    {
        var directory = Directory.CreateTempSubdirectory("cashless-point-").FullName;
        try
        {
            var time = new FakeTime();
            time.Set(DateTimeOffset.UtcNow);
            await using var provider = await SandboxHost.Start(new SandboxOptions { Time = time, Merchants = [new SandboxMerchant("k", "s", "m", "paypay-main")] });
            string[] contract = ["--Providers:paypay-main:Type=paypay", $"--Providers:paypay-main:BaseUrl={provider.Address}", "--Providers:paypay-main:ApiKey=k", "--Providers:paypay-main:ApiSecret=s", "--Providers:paypay-main:MerchantId=m"];
            object attempt;
            await using (var gateway = await GatewayProcess.Start(directory, [.. contract, "--Jobs:Enabled=false", $"--FailPoint={FailPoints.AfterIntent}"]))
            {
                var owed = await City.Send(gateway.Till, "/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } }, "owed");
                attempt = new { receivable = owed.Id, place = "shimin-1", method = "qr", presentation = "merchantCode" };
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => City.Send(gateway.Till, "/v1/payments", attempt, "attempt"));
                await gateway.Ended;
            }

            time.Set(DateTimeOffset.UtcNow);
            await using var city = await City.OpenLeftovers(directory, time, contract);
            // Not "another payment is in progress": the key began with the intent, and names it.
            var again = await City.Send(city.Till, "/v1/payments", attempt, "attempt");
            Assert.Equal(201, again.Status);
            Assert.Equal(again.Id, Assert.Single((await city.Get("/v1/payments")).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static readonly object Sale = new
    {
        receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 2 } } },
        payment = new { method = "qr", presentation = "merchantCode" },
    };

    /// <summary>Goes on with one customer's visit until the process is gone.</summary>
    private static async Task DieAt(int point, GatewayProcess gateway, PayPaySandbox provider)
    {
        try
        {
            var sale = await City.Send(gateway.Till, "/v1/sales", Sale, "sale");
            var payment = sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
            switch (point)
            {
                case FailPoints.AfterCancelIntent or FailPoints.AfterCancel or FailPoints.AfterCancelWritten:
                    await City.Send(gateway.Till, $"/v1/payments/{payment}/cancel", new { }, "cancel");
                    break;
                case FailPoints.AfterRefundIntent or FailPoints.AfterRefund or FailPoints.AfterRefundWritten:
                    provider.SetWebhook(null);
                    provider.Customer.Pay(payment);
                    await Eventually.True("the payment is captured", async () => (await Get(gateway, payment))["status"] == "captured");
                    await City.Send(gateway.Till, $"/v1/payments/{payment}/refunds", new { reason = "打ち間違い" }, "refund");
                    break;
                case FailPoints.AfterNotice:
                    provider.Customer.Pay(payment);
                    await gateway.Ended;
                    return;
                default:
                    provider.Customer.Pay(payment);
                    await Get(gateway, payment);
                    await gateway.Ended;
                    return;
            }

            Assert.Fail($"It was to die at {point}, and did not.\n{gateway.Log}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            // The plug was pulled.
        }
    }

    private static async Task<Answer> Get(GatewayProcess gateway, string payment)
    {
        using var response = await gateway.Till.GetAsync($"/v1/payments/{payment}");
        return await Answer.Of(response);
    }

    private static async Task Judge(int point, City city, PayPaySandbox provider)
    {
        // A till that lost its answer sends the same thing again.
        var sale = await City.Send(city.Till, "/v1/sales", Sale, "sale");
        Assert.Equal(201, sale.Status);
        var payment = sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
        if (point is FailPoints.AfterCancelIntent or FailPoints.AfterCancel or FailPoints.AfterCancelWritten)
            Assert.Equal(200, (await City.Send(city.Till, $"/v1/payments/{payment}/cancel", new { }, "cancel")).Status);
        if (point is FailPoints.AfterRefundIntent or FailPoints.AfterRefund or FailPoints.AfterRefundWritten)
            Assert.Equal(201, (await City.Send(city.Till, $"/v1/payments/{payment}/refunds", new { reason = "打ち間違い" }, "refund")).Status);
        Assert.Equal(sale.Text, (await City.Send(city.Till, "/v1/sales", Sale, "sale")).Text);

        for (var i = 0; i < 60; i++) await city.AskProviders(TimeSpan.FromSeconds(10));
        var payments = (await city.Get("/v1/payments")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.All(payments, each => Assert.True(PaymentStates.IsFinal(Storage.Names.Parse<PaymentState>(each.GetProperty("status").GetString()!)), each.ToString()));
        Assert.Single(payments);
        Assert.Equal(provider.Sums().Net, await city.Balance("clearing/paypay-main/shimin-1"));
        if (point == FailPoints.AfterNotice || point is FailPoints.AfterAskClaimed or FailPoints.AfterAsk) Assert.Equal(600, provider.Sums().Net);
        await city.BooksAreWhole();
    }
}
