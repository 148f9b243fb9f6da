using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class PayTests
{
    [Fact]
    public async Task A_paid_code_is_completed_with_a_number_of_twenty_digits()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        Assert.Equal("paid", await shop.Pay("A"));
        foreach (var answer in new[] { await shop.Api.Get("A"), await shop.Api.GetNative("A") })
        {
            Assert.Equal("COMPLETED", answer.State);
            Assert.Equal(300, answer.Amount);
            Assert.Matches("^[0-9]{20}$", answer.Field("paymentId"));
            Assert.Equal(shop.Time.GetUtcNow().ToUnixTimeSeconds(), answer.Data.GetProperty("acceptedAt").GetInt64());
        }
    }

    [Fact]
    public async Task The_last_second_of_a_code_counts_and_the_next_does_not()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        await shop.Api.Create("B");
        shop.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("paid", await shop.Pay("A"));
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("expired", await shop.Pay("B"));
    }

    [Theory]
    [InlineData(500_000, "paid", "COMPLETED")]
    [InlineData(500_001, "failed", "FAILED")]
    public async Task More_than_half_a_million_yen_fails_when_it_is_paid(long amount, string result, string state)
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A", amount);
        Assert.Equal(result, await shop.Pay("A"));
        Assert.Equal(state, (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task Without_enough_money_the_payment_fails_for_good()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        Assert.Equal("failed", await shop.Pay("A", "insufficientFunds"));
        Assert.Equal("alreadyFailed", await shop.Pay("A"));
        Assert.Equal("FAILED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task Who_walks_away_can_come_back()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        Assert.Equal("walkedAway", await shop.Pay("A", "walkAway"));
        Assert.Equal("CREATED", (await shop.Api.Get("A")).State);
        Assert.Equal("paid", await shop.Pay("A"));
    }

    [Fact]
    public async Task Two_hundred_payers_of_one_code_pay_once()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => shop.PayPay.Customer.Pay("A"))));
        Assert.Single(results, CustomerResult.Paid);
        Assert.Equal(199, results.Count(result => result == CustomerResult.AlreadyPaid));
        Assert.Equal(300, shop.PayPay.Sums().Taken);
    }

    [Fact]
    public async Task Deleting_and_paying_at_once_never_both_succeed()
    {
        await using var shop = await Shop.Open();
        for (var round = 0; round < 20; round++)
        {
            var id = $"A{round}";
            var code = (await shop.Api.Create(id)).Field("codeId");
            var deleting = Task.Run(() => shop.Api.DeleteCode(code));
            var paying = Task.Run(() => shop.Pay(id));
            Assert.Equal((await deleting).Code == "SUCCESS" ? "deleted" : "paid", await paying);
        }
    }

    [Fact]
    public async Task The_automatic_customer_pays_what_is_shown_and_not_what_was_never_seen()
    {
        await using var shop = await Shop.Open();
        shop.PayPay.Customer.Auto(new AutoCustomer(1) { DelayMs = 700 });
        await shop.Fault("""{"operation":"createCode","kind":"errorAfter","reference":"unseen"}""");
        await shop.Api.Create("unseen");
        await shop.Api.Create("seen");
        await shop.Time.SomebodyWaits(TimeSpan.FromMilliseconds(700));
        Assert.Equal("CREATED", (await shop.Api.Get("seen")).State);
        shop.Time.Advance(TimeSpan.FromMilliseconds(700));
        await Wait.Until(() => shop.PayPay.Find("seen")!.Status == PayPayStatus.Completed);
        Assert.Equal(PayPayStatus.Created, shop.PayPay.Find("unseen")!.Status);
    }
}
