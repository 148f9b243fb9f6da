using System.Net;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("square").FullName;

    private SquareOptions Options => new() { StateFile = Path.Combine(_folder, "square.state") };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restart_goes_on_with_the_same_truth()
    {
        var till = await Till.Open(Options);
        await till.Begun();
        till.Square.Customer.Do(Till.Reference);
        await till.Post("/v2/refunds", Refund(till));
        await till.Post("/v2/devices/codes", """{"idempotency_key":"d","device_code":{"product_type":"TERMINAL_API","name":"窓口2"} }""");
        var device = till.Square.Devices().Count;
        var before = till.Square.Money();
        await till.DisposeAsync();

        await using var again = await Till.Open(Options, till.Time);
        Assert.Equal(before, again.Square.Money());
        Assert.Equal(device, again.Square.Devices().Count);
        Assert.Equal(HttpStatusCode.OK, (await again.Post("/v2/refunds", Refund(again))).Status);   // the same key: no second refund
        Assert.Equal(1, again.Square.Money().Single().Refunds);
        Assert.Equal("COMPLETED", await again.StatusOf(again.Square.Truth().Single().CheckoutId));
    }

    [Fact]
    public async Task A_line_that_was_torn_by_a_kill_did_not_happen()
    {
        await using (var till = await Till.Open(Options)) await till.Begun();
        await File.AppendAllTextAsync(Options.StateFile!, "\n{\"checkout\":{\"id\":\"torn", CancellationToken.None);

        await using var again = await Till.Open(Options);
        Assert.Single(again.Square.Truth());
    }

    private static string Refund(Till till) =>
        $$"""{"idempotency_key":"ref_1","payment_id":"{{till.Square.Truth().Single().PaymentId}}","amount_money":{"amount":100,"currency":"JPY"},"reason":"ref_1"}""";
}
