using System.Text.Json;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class StartTests
{
    [Fact]
    public async Task A_checkout_is_asked_for_as_documented()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));
        await world.Start();

        var body = JsonDocument.Parse(Assert.Single(world.Stub.Requests).Text).RootElement;
        var expected = JsonDocument.Parse(
            $$"""
            {"idempotency_key":"{{SquareWorld.Reference}}","checkout":{"amount_money":{"amount":300,"currency":"JPY"},"reference_id":"{{SquareWorld.Reference}}","note":"住民票の写し",
             "payment_type":"CARD_PRESENT","deadline_duration":"PT5M","device_options":{"device_id":"{{SquareSays.Device}}","skip_receipt_screen":true} } }
            """).RootElement;
        Assert.True(JsonElement.DeepEquals(expected, body), body.ToString());
    }

    [Fact]
    public async Task It_is_paid_at_the_terminal_until_Squares_deadline()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));

        Assert.Equal(new ProviderAnswer.Pending(new ProviderAction.PresentAtTerminal("T01", SquareSays.At.AddMinutes(5)), SquareSays.CheckoutId), await world.Start());
    }

    [Theory]
    [InlineData("emoney", "suica", "FELICA_TRANSPORTATION_GROUP")]
    [InlineData("emoney", "id", "FELICA_ID")]
    [InlineData("emoney", "quicpay", "FELICA_QUICPAY")]
    [InlineData("emoney", null, "FELICA_ALL")]
    [InlineData("qr", null, "QR_CODE")]
    [InlineData("qr", "paypay", "QR_CODE")]
    [InlineData("card", null, "CARD_PRESENT")]
    [InlineData("card", "visa", "CARD_PRESENT")]
    public async Task Method_and_brand_say_what_the_terminal_takes(string method, string? brand, string type)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING", type: type));
        await world.Provider.Start(world.Order with { Method = method, Brand = brand }, world.InTime);

        Assert.Contains($"\"payment_type\":\"{type}\"", Assert.Single(world.Stub.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_one_brand_is_offered_the_terminal_asks_for_that()
    {
        await using var world = await SquareWorld.Open(("Payments", "id,card"));
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));
        await world.Provider.Start(world.Order with { Method = "emoney", Brand = null }, world.InTime);

        Assert.Contains("FELICA_ID", Assert.Single(world.Stub.Requests).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qr", "merchantCode", null)]
    [InlineData("card", "online", null)]
    [InlineData("emoney", "terminal", "edy")]
    public async Task What_is_not_offered_is_declined_without_asking(string method, string presentation, string? brand)
    {
        await using var world = await SquareWorld.Open();
        var answer = await world.Provider.Start(new PaymentOrder(SquareWorld.Reference, 300, method, presentation) { Brand = brand, Device = SquareSays.Device }, world.InTime);

        Assert.Equal("method-not-offered", Assert.IsType<ProviderAnswer.Declined>(answer).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Fact]
    public async Task Without_a_paired_device_nothing_is_asked()
    {
        await using var world = await SquareWorld.Open();
        Assert.Equal("no-device", Assert.IsType<ProviderAnswer.Declined>(await world.Provider.Start(world.Order with { Device = null }, world.InTime)).Code);
        Assert.Empty(world.Stub.Requests);
    }

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public async Task More_than_an_IC_card_holds_is_not_asked_for(long amount, bool asked)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING", amount));
        var answer = await world.Provider.Start(world.Order with { Method = "emoney", Brand = "suica", Amount = amount }, world.InTime);

        Assert.Equal(asked, answer is ProviderAnswer.Pending);
        Assert.Equal(asked ? 1 : 0, world.Stub.Requests.Count);
    }

    [Fact]
    public async Task A_long_description_is_cut_between_characters()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));
        await world.Provider.Start(world.Order with { Description = string.Concat(Enumerable.Repeat("か\u3099", 300)) }, world.InTime);

        var note = JsonDocument.Parse(Assert.Single(world.Stub.Requests).Text).RootElement.GetProperty("checkout").GetProperty("note").GetString()!;
        Assert.Equal(500, note.Length);
        Assert.EndsWith("\u3099", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkout_of_another_reference_amount_or_device_is_not_shown()
    {
        await using var world = await SquareWorld.Open();
        foreach (var wrong in new[]
        {
            SquareSays.Checkout("pay_other", "PENDING"),
            SquareSays.Checkout(SquareWorld.Reference, "PENDING", 301),
            StubWith("\"device_id\":\"dbb", "\"device_id\":\"xbb"),
            StubWith("\"created_at\":\"2026-11-21T01:00:00.000Z\"", "\"created_at\":\"today\""),
            StubWith("PENDING", "BEGUN"),
        })
        {
            world.On(SquareWorld.Create, wrong);
            Assert.IsType<ProviderAnswer.Unknown>(await world.Start());
        }

        static Kit.StubAnswer StubWith(string from, string to) => Kit.StubAnswer.Json(
            200, $$"""{"checkout":{{SquareSays.CheckoutJson(SquareWorld.Reference, "PENDING").Replace(from, to, StringComparison.Ordinal)}}}""");
    }

    [Fact]
    public async Task A_rate_limit_is_tried_again_with_the_same_bytes()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.RateLimited, SquareSays.RateLimited, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));

        Assert.IsType<ProviderAnswer.Pending>(await world.Start());
        Assert.Equal(3, world.Stub.Requests.Count);
        Assert.Single(world.Stub.Requests.Select(request => request.Text).Distinct());
    }

    [Fact]
    public async Task A_rate_limit_that_stays_is_a_refusal()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.RateLimited);
        Assert.Equal("rate-limited", Assert.IsType<ProviderAnswer.Declined>(await world.Start()).Code);
    }

    [Fact]
    public async Task After_a_key_that_was_used_before_what_became_of_it_is_the_answer()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.KeyReused);
        Assert.IsType<ProviderAnswer.Unknown>(await world.Start());

        world.On(SquareWorld.Search, SquareSays.Checkouts(SquareSays.CheckoutJson(SquareWorld.Reference, "PENDING")));
        Assert.Equal(SquareSays.CheckoutId, Assert.IsType<ProviderAnswer.Pending>(await world.Start()).Handle);
    }

    [Fact]
    public async Task A_repeat_after_its_end_says_how_it_ended()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Create, SquareSays.Completed(SquareWorld.Reference)).On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference)).On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference));

        Assert.IsType<ProviderAnswer.Captured>(await world.Start());
    }
}
