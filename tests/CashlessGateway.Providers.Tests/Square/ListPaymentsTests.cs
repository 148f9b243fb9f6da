using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class ListPaymentsTests
{
    [Fact]
    public async Task What_was_taken_and_what_went_back_stand_under_one_reference()
    {
        await using var world = await Listing();
        Assert.Equal(
            [
                new ListedPayment(SquareWorld.Reference, SquareSays.PaymentId, 300, "JPY", SquareSays.At),
                new ListedPayment(SquareWorld.Reference, SquareSays.PaymentId, -120, "JPY", SquareSays.At.AddMinutes(10)),
            ],
            await All(world));
    }

    [Fact]
    public async Task What_was_not_taken_or_did_not_go_back_is_left_out()
    {
        await using var world = await Listing(payment: "FAILED", refund: "REJECTED");
        Assert.Empty(await All(world));
    }

    [Fact]
    public async Task A_refund_of_an_earlier_payment_is_named_by_asking_for_that_payment()
    {
        await using var world = await Listing();
        world.On(SquareWorld.Payments, SquareSays.Nothing).On(SquareWorld.Payment, SquareSays.Payment("pay_earlier"));

        Assert.Equal("pay_earlier", Assert.Single(await All(world)).Reference);
    }

    [Fact]
    public async Task An_empty_list_counts_only_when_Square_knows_our_location()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Refunds, SquareSays.Nothing);
        Assert.Empty(await All(world));

        world.On(SquareWorld.Locations, SquareSays.Nothing);
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_or_a_page_that_is_missing_spoils_the_list()
    {
        await using var world = await Listing();
        world.On(SquareWorld.Payments, StubAnswer.Json(200, """{"payments":[{"id":"x","status":"COMPLETED"}]}"""));
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));

        world.On(SquareWorld.Payments, SquareSays.Nothing).On(SquareWorld.Refunds, StubAnswer.Html(502));
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));
    }

    private static async Task<SquareWorld> Listing(string payment = "COMPLETED", string refund = "COMPLETED")
    {
        var one = ((StubAnswer.Reply)SquareSays.Refund("ref_0001", 120, refund)).Body;
        var json = System.Text.Json.JsonDocument.Parse(one).RootElement.GetProperty("refund").GetRawText();
        return (await SquareWorld.Open())
            .On(SquareWorld.Payments, SquareSays.Payments(SquareSays.PaymentJson(SquareWorld.Reference, status: payment)))
            .On(SquareWorld.Refunds, StubAnswer.Json(200, $$"""{"refunds":[{{json}}]}"""));
    }

    private static async Task<List<ListedPayment>> All(SquareWorld world)
    {
        var all = new List<ListedPayment>();
        await foreach (var payment in world.Provider.ListSince(SquareSays.At.AddHours(-1), world.InTime)) all.Add(payment);
        return all;
    }
}
