using System.Net;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

/// <summary>What a checkout goes through, as the wire tells it.</summary>
public sealed class CheckoutTests
{
    [Fact]
    public async Task It_is_pending_begun_and_completed()
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        Assert.Equal("PENDING", await till.StatusOf(id));

        till.Square.Customer.Do(id, SquareAct.Begin);
        Assert.Equal("IN_PROGRESS", await till.StatusOf(id));

        till.Square.Customer.Do(id);
        Assert.Equal("COMPLETED", await till.StatusOf(id));
        var payment = (await till.Get($"/v2/payments/{till.Square.Truth().Single().PaymentId}")).Json.GetProperty("payment");
        Assert.Equal(("COMPLETED", id, Till.Reference), (payment.GetProperty("status").GetString(), payment.GetProperty("terminal_checkout_id").GetString(), payment.GetProperty("reference_id").GetString()));
    }

    [Theory]
    [InlineData(SquareAct.BuyerCancel, "BUYER_CANCELED")]
    [InlineData(SquareAct.Refuse, "BUYER_CANCELED")]
    public async Task Who_ended_it_is_told(SquareAct act, string reason)
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        till.Square.Customer.Do(id, act);
        Assert.Equal(reason, await ReasonOf(till, id));
        Assert.Equal(SquareResult.AlreadyEnded, till.Square.Customer.Do(id));
    }

    [Fact]
    public async Task After_five_minutes_it_has_timed_out()
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        till.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("TIMED_OUT", await ReasonOf(till, id));
    }

    [Fact]
    public async Task The_seller_cancels_what_nobody_has_begun_at_once_and_not_twice()
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        Assert.Equal(HttpStatusCode.OK, (await till.Post($"/v2/terminals/checkouts/{id}/cancel")).Status);
        Assert.Equal("SELLER_CANCELED", await ReasonOf(till, id));
        Assert.Equal("BAD_REQUEST", await till.Refused(HttpMethod.Post, $"/v2/terminals/checkouts/{id}/cancel"));
    }

    [Fact]
    public async Task A_customer_may_be_faster_than_a_cancel_that_the_terminal_has_not_heard()
    {
        await using var till = await Till.Open(new SquareOptions { Terms = new SquareTerms { CancelDelay = TimeSpan.FromSeconds(2) } });
        var id = await till.Begun();
        till.Square.Customer.Do(id, SquareAct.Begin);
        await till.Post($"/v2/terminals/checkouts/{id}/cancel");
        Assert.Equal("CANCEL_REQUESTED", await till.StatusOf(id));

        Assert.Equal(SquareResult.Paid, till.Square.Customer.Do(id));
        till.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("COMPLETED", await till.StatusOf(id));
    }

    [Fact]
    public async Task Only_emoney_can_be_stuck()
    {
        await using var till = await Till.Open();
        var id = await till.Begun("CARD_PRESENT");
        Assert.Equal(SquareResult.WrongBrand, till.Square.Customer.Do(id, SquareAct.TerminalError));
    }

    [Theory]
    [InlineData("FELICA_ID", "FELICA_QP")]
    [InlineData("CARD_PRESENT", "PAYPAY")]
    [InlineData("QR_CODE", "VISA")]
    public async Task A_terminal_takes_only_what_it_was_told_to(string type, string brand)
    {
        await using var till = await Till.Open();
        Assert.Equal(SquareResult.WrongBrand, till.Square.Customer.Do(await till.Begun(type), brand: brand));
    }

    [Fact]
    public async Task The_same_key_and_request_get_the_first_answer_and_another_request_is_refused()
    {
        await using var till = await Till.Open();
        var first = (await till.Post("/v2/terminals/checkouts", Till.Checkout())).Json.ToString();
        till.Square.Customer.Do(Till.Reference);

        Assert.Equal(first, (await till.Post("/v2/terminals/checkouts", Till.Checkout())).Json.ToString());
        Assert.Equal("IDEMPOTENCY_KEY_REUSED idempotency_key", await till.Refused(HttpMethod.Post, "/v2/terminals/checkouts", Till.Checkout(amount: 301)));
        Assert.Single(till.Square.Truth());
    }

    [Fact]
    public async Task A_location_that_is_not_signed_up_for_it_refuses()
    {
        await using var till = await Till.Open(new SquareOptions { Terms = new SquareTerms { PaymentTypes = ["CARD_PRESENT"] } });
        Assert.Equal("PAYMENT_SOURCE_NOT_ENABLED_FOR_TARGET checkout.payment_type", await till.Refused(HttpMethod.Post, "/v2/terminals/checkouts", Till.Checkout(type: "FELICA_ID")));
    }

    [Fact]
    public async Task A_search_pages_filters_and_says_nothing_of_an_empty_list()
    {
        await using var till = await Till.Open();
        for (var i = 0; i < 3; i++) await till.Post("/v2/terminals/checkouts", Till.Checkout($"key{i}", $"R{i}"));
        till.Square.Customer.Do("R1");

        var first = (await till.Post("/v2/terminals/checkouts/search", """{"limit":2}""")).Json;
        Assert.Equal(["R2", "R1"], References(first));
        var second = (await till.Post("/v2/terminals/checkouts/search", $$"""{"limit":2,"cursor":"{{first.GetProperty("cursor").GetString()}}"}""")).Json;
        Assert.Equal(["R0"], References(second));
        Assert.False(second.TryGetProperty("cursor", out _));

        Assert.Equal(["R1"], References((await till.Post("/v2/terminals/checkouts/search", """{"query":{"filter":{"status":"COMPLETED"}}}""")).Json));
        Assert.Equal("{}", (await till.Post("/v2/terminals/checkouts/search", """{"query":{"filter":{"device_id":"another"}}}""")).Json.ToString());
        Assert.Equal("{}", (await till.Post("/v2/terminals/checkouts/search", """{"query":{"filter":{"created_at":{"end_at":"2020-01-01T00:00:00Z"}}}}""")).Json.ToString());
    }

    [Fact]
    public async Task A_finished_checkout_can_be_dismissed_and_an_open_one_cannot()
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        Assert.Equal("BAD_REQUEST", await till.Refused(HttpMethod.Post, $"/v2/terminals/checkouts/{id}/dismiss"));
        till.Square.Customer.Do(id);
        Assert.Equal(HttpStatusCode.OK, (await till.Post($"/v2/terminals/checkouts/{id}/dismiss")).Status);
    }

    [Fact]
    public async Task A_search_that_does_not_find_it_yet_finds_it_later()
    {
        await using var till = await Till.Open();
        await till.Begun();
        till.Square.Faults.Add(new FaultRule(ApiOperation.SearchCheckouts, FaultKind.NotYet) { Ms = 5000 });
        Assert.Equal("{}", (await till.Post("/v2/terminals/checkouts/search", "{}")).Json.ToString());
        till.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([Till.Reference], References((await till.Post("/v2/terminals/checkouts/search", "{}")).Json));
    }

    [Fact]
    public async Task Weekend_takings_are_paid_out_on_monday_and_are_at_the_bank_at_noon()
    {
        await using var till = await Till.Open();   // a Saturday
        till.Square.Customer.Do(await till.Begun("FELICA_ID"));
        till.Time.Set(new DateTimeOffset(2026, 11, 23, 5, 59, 59, TimeSpan.FromHours(9)));
        Assert.Empty(till.Square.Payouts());

        till.Time.Advance(TimeSpan.FromSeconds(1));
        var payout = Assert.Single(till.Square.Payouts());
        Assert.Equal((291, false), (payout.Amount, payout.Paid));   // 3.25 % of 300 are 9 yen
        till.Time.Advance(TimeSpan.FromHours(6));
        Assert.True(till.Square.Payouts().Single().Paid);
    }

    private static IEnumerable<string> References(System.Text.Json.JsonElement found) => found.GetProperty("checkouts").EnumerateArray().Select(checkout => checkout.GetProperty("reference_id").GetString()!);

    private static async Task<string?> ReasonOf(Till till, string id)
    {
        var checkout = (await till.Get($"/v2/terminals/checkouts/{id}")).Json.GetProperty("checkout");
        Assert.Equal("CANCELED", checkout.GetProperty("status").GetString());
        return checkout.GetProperty("cancel_reason").GetString();
    }
}
