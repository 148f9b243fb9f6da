namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>The practice server is as strict as a real one, and remembers.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private MatometeWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await MatometeWorld.Open();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_restart_goes_on_with_the_truth()
    {
        var (used, fresh) = (await _world.Code(), await _world.Code());
        var captured = await _world.Start(used);
        await _world.Start(await _world.Code(customer: "confirms"), "pay_waits");

        await _world.Restart(torn: "\n{\"charge\":{\"orderId\":\"pay_torn\",");

        Assert.Equal(captured, await _world.LookUp());
        Assert.Equal("code-used", Assert.IsType<ProviderAnswer.Declined>(await _world.Start(used, "pay_again")).Code);
        Assert.IsType<ProviderAnswer.Captured>(await _world.Start(fresh, "pay_fresh"));
        await _world.Phone("confirm", "pay_waits");
        Assert.IsType<ProviderAnswer.Captured>(await _world.LookUp("pay_waits"));
        await _world.Restart();
        Assert.Equal(900, await _world.Net());
    }

    [Fact]
    public async Task Another_order_under_a_key_that_is_taken_is_refused()
    {
        await _world.Start(await _world.Code());

        Assert.Equal((409, """{"error":{"code":"idempotency_mismatch"}}"""), await _world.Raw("v1/charges", MatometeWorld.Reference, Body(await _world.Code(), 301)));
        Assert.Equal(300, await _world.Net());
    }

    [Fact]
    public async Task A_hundred_equal_orders_at_once_are_one()
    {
        var body = Body(await _world.Code(), 300);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _world.Raw("v1/charges", MatometeWorld.Reference, body)));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 201));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(300, await _world.Net());
    }

    [Fact]
    public async Task What_is_not_as_documented_is_refused()
    {
        var code = await _world.Code();
        object[] wrong =
        [
            Body(code, 0), Body(code, 500_001), Body("4111111111111111x", 300), Body(code, 300, "USD"), new { orderId = MatometeWorld.Reference },
            new { orderId = MatometeWorld.Reference, amount = "300", currency = "JPY", customerCode = code, requestedAt = _world.Time.GetUtcNow(), shop = "s", description = "d" },
            new { orderId = MatometeWorld.Reference, amount = 300, currency = "JPY", customerCode = code, requestedAt = _world.Time.GetUtcNow(), shop = "s", description = "d", brand = "PAYPAY" },
        ];
        foreach (var body in wrong) Assert.Equal((400, """{"error":{"code":"invalid_request"}}"""), await _world.Raw("v1/charges", MatometeWorld.Reference, body));
        Assert.Equal(400, (await _world.Raw("v1/charges", "another_key", Body(code, 300))).Status);
        Assert.Equal(0, await _world.Net());
    }

    private object Body(string code, long amount, string currency = "JPY") =>
        new { orderId = MatometeWorld.Reference, amount, currency, customerCode = code, requestedAt = _world.Time.GetUtcNow(), shop = "shimin-1", description = "住民票の写し" };
}
