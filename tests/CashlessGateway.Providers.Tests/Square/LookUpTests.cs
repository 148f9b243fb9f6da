using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class LookUpTests
{
    private const string Other = "SIBLING000qO";
    private const string OtherPayment = "SIBLINGPAYMENT00000000000000ZY";

    [Theory]
    [InlineData("PENDING")]
    [InlineData("IN_PROGRESS")]
    [InlineData("CANCEL_REQUESTED")]
    public async Task An_open_checkout_is_pending_and_costs_one_call(string status)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, status));

        Assert.Equal(new ProviderAnswer.Pending(null, null), await world.LookUp());
        Assert.Single(world.Stub.Requests);
    }

    [Fact]
    public async Task After_its_deadline_it_is_still_pending_until_Square_says_otherwise()
    {
        await using var world = await SquareWorld.Open();
        world.Time.Set(SquareSays.At.AddHours(1));
        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));

        Assert.IsType<ProviderAnswer.Pending>(await world.LookUp());
    }

    [Fact]
    public async Task A_completed_checkout_is_captured_as_its_payment_says()
    {
        await using var world = await Taken();
        Assert.Equal(
            new ProviderAnswer.Captured(300, "JPY", SquareSays.At, SquareSays.PaymentId) { Brand = "visa", ApprovalNumber = "2Nkw7q" },
            await world.LookUp());
    }

    [Theory]
    [InlineData("\"wallet_details\":{\"status\":\"CAPTURED\",\"brand\":\"PAYPAY\"},", "QR_CODE", "paypay")]
    [InlineData("\"wallet_details\":{\"brand\":\"D_BARAI\"},", "QR_CODE", "dbarai")]
    [InlineData("\"wallet_details\":{\"brand\":\"AU_PAY\"},", "QR_CODE", "aupay")]
    [InlineData("\"wallet_details\":{\"brand\":\"RAKUTEN_PAY\"},", "QR_CODE", "rakutenpay")]
    [InlineData("\"wallet_details\":{\"brand\":\"MERPAY\"},", "QR_CODE", "merpay")]
    [InlineData("\"wallet_details\":{\"brand\":\"ALIPAY\"},", "QR_CODE", "alipay")]
    [InlineData("\"wallet_details\":{\"brand\":\"WECHAT_PAY\"},", "QR_CODE", "wechatpay")]
    [InlineData("\"wallet_details\":{\"brand\":\"UNKNOWN\"},", "QR_CODE", null)]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"FELICA\"}},", "FELICA_TRANSPORTATION_GROUP", "suica")]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"FELICA\"}},", "FELICA_ID", "id")]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"FELICA\"}},", "FELICA_QUICPAY", "quicpay")]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"FELICA\"}},", "FELICA_ALL", null)]
    [InlineData("\"electronic_money_details\":{\"felica_details\":{\"felica_brand\":\"FELICA_QP\"}},", "FELICA_ALL", "quicpay")]
    [InlineData("\"electronic_money_details\":{\"felica_details\":{\"felica_brand\":\"FELICA_TRANSPORTATION\"}},", "FELICA_ALL", "suica")]
    [InlineData("\"electronic_money_details\":{\"felica_details\":{\"felica_brand\":\"UNKNOWN\"}},", "FELICA_ALL", null)]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"AMERICAN_EXPRESS\"}},", "CARD_PRESENT", "amex")]
    [InlineData("\"card_details\":{\"card\":{\"card_brand\":\"OTHER_BRAND\"}},", "CARD_PRESENT", null)]
    public async Task The_brand_is_the_one_that_was_used(string details, string type, string? brand)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference, type: type)).On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference, details: details));

        Assert.Equal(brand, Assert.IsType<ProviderAnswer.Captured>(await world.LookUp()).Brand);
    }

    [Theory]
    [InlineData("APPROVED", false)]
    [InlineData("PENDING", false)]
    [InlineData("CANCELED", true)]
    [InlineData("FAILED", true)]
    [InlineData("DREAMT", true)]
    public async Task A_completed_checkout_alone_is_not_money(string payment, bool inDoubt)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference)).On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference, status: payment));

        Assert.Equal(inDoubt, await world.LookUp() is ProviderAnswer.Unknown);
        Assert.Equal(!inDoubt, await world.LookUp() is ProviderAnswer.Pending);
    }

    [Fact]
    public async Task A_completed_checkout_whose_payment_is_not_shown_is_in_doubt()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference)).On(SquareWorld.Payment, SquareSays.NotFound);
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());

        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "COMPLETED"));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    [Theory]
    [InlineData("TIMED_OUT")]
    [InlineData("BUYER_CANCELED")]
    [InlineData("SELLER_CANCELED")]
    [InlineData("A_REASON_OF_TOMORROW")]
    public async Task A_cancelled_checkout_says_who_ended_it(string reason)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, reason));

        ProviderAnswer expected = reason switch
        {
            "TIMED_OUT" => new ProviderAnswer.Expired(),
            "BUYER_CANCELED" => new ProviderAnswer.Cancelled(CancelledBy.Customer),
            "SELLER_CANCELED" => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
            _ => new ProviderAnswer.Cancelled(CancelledBy.Provider),
        };
        Assert.Equal(expected, await world.LookUp());
    }

    [Fact]
    public async Task Money_counts_even_where_the_checkout_says_cancelled()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "CANCELED", more: $"\"cancel_reason\":\"SELLER_CANCELED\",\"payment_ids\":[\"{SquareSays.PaymentId}\"],"))
            .On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference));

        Assert.IsType<ProviderAnswer.Captured>(await world.LookUp());
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_by_device_and_time()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Search, SquareSays.Checkouts(SquareSays.CheckoutJson("pay_other", "COMPLETED", id: Other), SquareSays.CheckoutJson(SquareWorld.Reference, "PENDING")));

        Assert.Equal(new ProviderAnswer.Pending(new ProviderAction.PresentAtTerminal("T01", SquareSays.At.AddMinutes(5)), SquareSays.CheckoutId), await world.LookUpNeverAnswered());
        var asked = Assert.Single(world.Stub.Requests).Text;
        Assert.Contains($"\"device_id\":\"{SquareSays.Device}\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"start_at\":\"2026-11-21T00:00:00.000Z\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"end_at\":\"2026-11-21T02:00:00.000Z\"", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_on_the_second_page_too()
    {
        await using var world = await SquareWorld.Open();
        world.On(
            SquareWorld.Search,
            StubAnswer.Json(200, $$"""{"checkouts":[{{SquareSays.CheckoutJson("pay_other", "COMPLETED", id: Other)}}],"cursor":"NEXT1"}"""),
            SquareSays.Checkouts(SquareSays.CheckoutJson(SquareWorld.Reference, "PENDING")));

        Assert.Equal(SquareSays.CheckoutId, Assert.IsType<ProviderAnswer.Pending>(await world.LookUpNeverAnswered()).Handle);
        Assert.Contains("\"cursor\":\"NEXT1\"", world.Stub.Requests[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_never_ends_is_in_doubt_and_not_read_for_ever()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Search, StubAnswer.Json(200, """{"checkouts":[],"cursor":"SAME"}"""));

        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUpNeverAnswered());
        Assert.InRange(world.Stub.Requests.Count, 2, 50);
    }

    [Fact]
    public async Task A_checkout_in_the_list_that_cannot_be_read_might_be_the_one()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Search, SquareSays.Checkouts("""{"id":"x","status":"HALF"}"""));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUpNeverAnswered());
    }

    [Fact]
    public async Task Of_several_checkouts_the_paid_one_counts_though_the_one_we_know_ran_out()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, "TIMED_OUT"))
            .On(SquareWorld.Search, SquareSays.Checkouts(Paid(Other, OtherPayment)))
            .On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference, id: OtherPayment, checkout: Other));

        Assert.Equal(OtherPayment, Assert.IsType<ProviderAnswer.Captured>(await world.LookUp()).Reference);
    }

    [Fact]
    public async Task Two_paid_checkouts_of_one_payment_are_told_as_their_sum()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference))
            .On(SquareWorld.Search, SquareSays.Checkouts(Paid(SquareSays.CheckoutId, SquareSays.PaymentId), Paid(Other, OtherPayment)))
            .On(SquareWorld.Payment + SquareSays.PaymentId, SquareSays.Payment(SquareWorld.Reference))
            .On(SquareWorld.Payment + OtherPayment, SquareSays.Payment(SquareWorld.Reference, id: OtherPayment, checkout: Other, at: SquareSays.At.AddMinutes(1)));

        var captured = Assert.IsType<ProviderAnswer.Captured>(await world.LookUp());
        Assert.Equal((600, SquareSays.PaymentId, SquareSays.At.AddMinutes(1)), (captured.Amount, captured.Reference, captured.At));
    }

    [Fact]
    public async Task While_another_checkout_of_it_can_still_be_paid_nothing_is_final()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, "TIMED_OUT"))
            .On(SquareWorld.Search, SquareSays.Checkouts(SquareSays.CheckoutJson(SquareWorld.Reference, "IN_PROGRESS", id: Other)));

        Assert.Equal(Other, Assert.IsType<ProviderAnswer.Pending>(await world.LookUp()).Handle);
    }

    [Fact]
    public async Task A_checkout_that_ended_without_money_is_not_believed_while_the_others_cannot_be_seen()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Canceled(SquareWorld.Reference, "TIMED_OUT")).On(SquareWorld.Search, StubAnswer.Html(502));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    [Fact]
    public async Task A_paid_checkout_is_captured_though_the_search_does_not_work()
    {
        await using var world = await Taken();
        world.On(SquareWorld.Search, StubAnswer.Html(502));
        Assert.IsType<ProviderAnswer.Captured>(await world.LookUp());
    }

    [Fact]
    public async Task Several_payments_of_one_checkout_are_told_together()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "COMPLETED", more: $"\"payment_ids\":[\"{SquareSays.PaymentId}\",\"{OtherPayment}\"],"))
            .On(SquareWorld.Payment + SquareSays.PaymentId, SquareSays.Payment(SquareWorld.Reference, 100))
            .On(SquareWorld.Payment + OtherPayment, SquareSays.Payment(SquareWorld.Reference, 200, OtherPayment));

        Assert.Equal(300, Assert.IsType<ProviderAnswer.Captured>(await world.LookUp()).Amount);
    }

    [Fact]
    public async Task Payments_that_do_not_fit_into_one_sum_are_in_doubt()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, "COMPLETED", more: $"\"payment_ids\":[\"{SquareSays.PaymentId}\",\"{OtherPayment}\"],"))
            .On(SquareWorld.Payment + SquareSays.PaymentId, SquareSays.Payment(SquareWorld.Reference, long.MaxValue))
            .On(SquareWorld.Payment + OtherPayment, SquareSays.Payment(SquareWorld.Reference, long.MaxValue, OtherPayment));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    [Fact]
    public async Task A_payment_whose_checkout_Square_has_forgotten_is_found_by_our_reference()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.NotFound)
            .On(SquareWorld.Payments, SquareSays.Payments(SquareSays.PaymentJson("pay_other", id: OtherPayment), SquareSays.PaymentJson(SquareWorld.Reference)));

        Assert.Equal(SquareSays.PaymentId, Assert.IsType<ProviderAnswer.Captured>(await world.LookUp()).Reference);
        Assert.Contains($"location_id={SquareSays.Location}", world.Stub.Requests[^1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_try_in_the_list_is_no_end()
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Payments, SquareSays.Payments(SquareSays.PaymentJson(SquareWorld.Reference, status: "FAILED")));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUpNeverAnswered());
    }

    [Fact]
    public async Task Absent_is_said_only_when_checkouts_payments_and_the_location_were_seen()
    {
        await using var world = await SquareWorld.Open();
        Assert.IsType<ProviderAnswer.Absent>(await world.LookUpNeverAnswered());
        Assert.Equal([SquareWorld.Search, "GET /v2/payments", $"{SquareWorld.Locations}{SquareSays.Location}"], world.Asked);

        foreach (var (asked, wrong) in new[]
        {
            (SquareWorld.Search, StubAnswer.Html(404)),
            (SquareWorld.Payments, StubAnswer.Html(404)),
            (SquareWorld.Locations, SquareSays.NotFound),
            (SquareWorld.Locations, SquareSays.Nothing),
            (SquareWorld.Locations, StubAnswer.Json(200, """{"location":{"id":"LOTHER"}}""")),
        })
        {
            await using var other = await SquareWorld.Open();
            other.On(asked, wrong);
            Assert.IsType<ProviderAnswer.Unknown>(await other.LookUpNeverAnswered());
        }
    }

    [Fact]
    public async Task An_answer_about_another_checkout_or_payment_is_not_believed()
    {
        await using var world = await Taken();
        world.On(SquareWorld.Payment, SquareSays.Payment("pay_other"));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());

        world.On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference, checkout: Other));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());

        world.On(SquareWorld.Get, SquareSays.Completed("pay_other"));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());

        world.On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference, id: Other));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("CANCELED")]
    public async Task A_checkout_of_another_payment_says_nothing_about_ours(string status)
    {
        await using var world = await SquareWorld.Open();
        world.On(SquareWorld.Get, SquareSays.Checkout("pay_other", status));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());

        world.On(SquareWorld.Get, SquareSays.Checkout(SquareWorld.Reference, status, id: Other));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    [Fact]
    public async Task Without_the_time_of_the_order_nothing_is_called_absent()
    {
        await using var world = await SquareWorld.Open();
        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.LookUp(world.CaseNeverAnswered with { RequestedAt = default }, world.InTime));
    }

    [Theory]
    [InlineData("\"total_money\":{\"amount\":300,\"currency\":\"JPY\"}", "\"total_money\":{\"amount\":\"300\",\"currency\":\"JPY\"}")]
    [InlineData("\"total_money\":{\"amount\":300,\"currency\":\"JPY\"}", "\"total_money\":{\"amount\":300}")]
    [InlineData("\"total_money\":{\"amount\":300", "\"total_money\":{\"amount\":0")]
    [InlineData("\"total_money\"", "\"other_money\"")]
    [InlineData("\"created_at\":\"2026", "\"created_at\":\"today2026")]
    public async Task A_figure_that_cannot_be_read_is_not_taken_from_the_order(string from, string to)
    {
        await using var world = await Taken();
        world.On(SquareWorld.Payment, StubAnswer.Json(200, $$"""{"payment":{{SquareSays.PaymentJson(SquareWorld.Reference).Replace(from, to, StringComparison.Ordinal)}}}"""));
        Assert.IsType<ProviderAnswer.Unknown>(await world.LookUp());
    }

    private static string Paid(string id, string payment) => SquareSays.CheckoutJson(SquareWorld.Reference, "COMPLETED", id: id, more: $"\"payment_ids\":[\"{payment}\"],");

    private static async Task<SquareWorld> Taken() =>
        (await SquareWorld.Open()).On(SquareWorld.Get, SquareSays.Completed(SquareWorld.Reference)).On(SquareWorld.Payment, SquareSays.Payment(SquareWorld.Reference));
}
