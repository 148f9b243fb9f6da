using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stripe").FullName;

    private string Path => System.IO.Path.Combine(_folder, "truth.jsonl");

    [Fact]
    public async Task A_stand_in_started_again_on_its_port_goes_on_with_the_same_truth()
    {
        var time = ManualTime.Noon();
        Uri address;
        string truth, created, intent;
        await using (var shop = await Reopen(0, time))
        {
            address = shop.Host.Address;
            intent = await shop.Paid();
            await shop.Post("v1/refunds", $"payment_intent={intent}&amount=100&metadata[refund_id]=ref_1");
            created = (await shop.Post("v1/checkout/sessions", shop.Page("pay_2"), "k1")).Id;
            shop.Stripe.Customer.Pay("pay_2", StripeCustomerOutcome.PayWithApproval);
            await shop.Post("v1/checkout/sessions", shop.Page("pay_3"));
            shop.Stripe.Customer.Pay("pay_3", StripeCustomerOutcome.PayWithApproval);
            shop.Stripe.Customer.Pay("pay_3", StripeCustomerOutcome.RefuseApproval);
            shop.Stripe.SetOffline(StripeShop.Device, true);
            shop.Stripe.PayOutNow();
            truth = Write(shop);
        }

        await using var again = await Reopen(address.Port, time);
        Assert.Equal((address, truth), (again.Host.Address, Write(again)));
        Assert.Equal(created, (await again.Post("v1/checkout/sessions", again.Page("pay_2"), "k1")).Id);
        Assert.Equal(StripeCustomerResult.Paid, again.Stripe.Customer.Pay("pay_2", StripeCustomerOutcome.Approve));
        Assert.Equal(StripeCustomerResult.NothingToPay, again.Stripe.Customer.Pay("pay_3", StripeCustomerOutcome.Approve));
        Assert.Equal("succeeded", (await again.Get($"v1/refunds?payment_intent={intent}")).Data[0].GetProperty("status").GetString());
        Assert.Equal("offline", (await again.Get($"v1/terminal/readers/{StripeShop.Device}")).Field("status"));
        Assert.Single((await again.Get("v1/payouts")).Data);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<StripeShop> Reopen(int port, ManualTime time) => StripeShop.Open(options => options with { Port = port, StateFile = Path }, time);

    private static string Write(StripeShop shop) => JsonSerializer.Serialize(shop.Stripe.Money());
}
