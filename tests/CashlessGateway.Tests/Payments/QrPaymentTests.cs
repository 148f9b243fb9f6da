using System.Text.Json;
using CashlessGateway.Payments;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

/// <summary>Payments through a provider, as a till and its customer see them.</summary>
public class QrPaymentTests
{
    private static string Pay(Answer sale) => sale.Json.GetProperty("payment").GetProperty("id").GetString()!;

    private static async Task<string> Status(City city, string payment) => (await city.Get($"/v1/payments/{payment}"))["status"]!;

    [Theory, EachEngine]
    public async Task A_certificate_is_paid_by_scanning_the_shown_code(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.SellByQr();
        Assert.Equal(201, sale.Status);
        Assert.Equal("5", sale.Headers["Retry-After"]);
        var action = sale.Json.GetProperty("payment").GetProperty("action");
        Assert.Equal("showCode", action.GetProperty("type").GetString());
        var svg = await city.Get(action.GetProperty("svg").GetString()!);
        Assert.StartsWith("<svg", svg.Text, StringComparison.Ordinal);

        city.Provider.Customer.Pay(Pay(sale));
        await city.AskProviders(TimeSpan.FromSeconds(6));
        var paid = await city.Get($"/v1/payments/{Pay(sale)}");
        Assert.Equal("captured", paid["status"]);
        Assert.Equal("1", paid["receiptNumber"]);
        Assert.Equal(JsonValueKind.Null, paid.Json.GetProperty("action").ValueKind);
        Assert.Equal(600, await city.Balance("clearing/paypay-main/shimin-1"));
        Assert.Equal(404, (await city.Get(action.GetProperty("svg").GetString()!)).Status);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_notice_of_the_provider_is_enough_to_see_the_payment_at_once()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await city.SellByQr();
        city.Provider.Customer.Pay(Pay(sale));
        await Eventually.True("the payment is captured", async () => await Status(city, Pay(sale)) == "captured");
    }

    [Fact]
    public async Task A_notice_that_is_faster_than_the_answer_is_not_forgotten()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.CreateCode, FaultKind.WebhookBeforeAnswer) { Times = 1 });
        city.Provider.Customer.Auto(new AutoCustomer(1.0));
        var sale = await city.SellByQr();
        await Eventually.True("the payment is captured", async () => await Status(city, Pay(sale)) == "captured");
    }

    [Fact]
    public async Task A_notice_is_never_believed_by_itself()
    {
        await using var city = await City.OpenWithSandbox();
        var payment = Pay(await city.SellByQr());
        var notice = new { notification_type = "Transaction", merchant_order_id = payment, order_amount = 600, state = "COMPLETED", order_id = "1", merchant_id = "demo-city" };
        Assert.Equal(404, (await City.Send(city.Nobody, "/hooks/paypay-main", notice, null)).Status);
        Assert.Equal(404, (await City.Send(city.Nobody, "/hooks/paypay-main/guess", notice, null)).Status);
        for (var i = 0; i < 5; i++) Assert.Equal(200, (await City.Send(city.Nobody, "/hooks/paypay-main/demo-path-city", notice, null)).Status);
        await city.AskProviders(TimeSpan.FromSeconds(6));
        Assert.Equal("pending", await Status(city, payment));
    }

    [Theory, EachEngine]
    public async Task Whoever_walks_away_from_a_code_pays_cash_after_its_cancel(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.SellByQr();
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        var refused = await city.PayCash(receivable);
        Assert.Equal(("payment-in-progress", true), (refused.Code, refused.Json.GetProperty("cancellable").GetBoolean()));

        Assert.Equal("cancelled", (await city.Post($"/v1/payments/{Pay(sale)}/cancel", new { }))["status"]);
        Assert.Equal(201, (await city.PayCash(receivable)).Status);
        // The phone still shows the page: it must not be able to pay.
        city.Provider.Customer.Pay(Pay(sale));
        Assert.Equal(0, city.Provider.Sums().Taken);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_cancel_loses_against_a_customer_who_was_faster()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        var sale = await city.SellByQr();
        city.Provider.Customer.Pay(Pay(sale));
        var key = city.NewKey();
        var cancel = await city.Post($"/v1/payments/{Pay(sale)}/cancel", new { }, key);
        Assert.Equal((409, "already-captured"), (cancel.Status, cancel.Code));
        Assert.Equal("captured", await Status(city, Pay(sale)));
        Assert.Equal(600, await city.Balance("clearing/paypay-main/shimin-1"));
        Assert.Equal(409, (await city.Post($"/v1/payments/{Pay(sale)}/cancel", new { }, key)).Status);
    }

    [Theory]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ErrorBefore)]
    [InlineData(FaultKind.ErrorAfter)]
    [InlineData(FaultKind.Garbage)]
    public async Task A_lost_answer_is_in_doubt_and_ends_by_itself(FaultKind fault)
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.CreateCode, fault) { Times = 1 });
        var sale = await city.SellByQr();
        Assert.Equal("inDoubt", sale.Json.GetProperty("payment").GetProperty("status").GetString());
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        for (var i = 0; i < 5; i++) await city.AskProviders(TimeSpan.FromSeconds(6));
        Assert.Equal("cancelled", await Status(city, Pay(sale)));
        Assert.Equal(201, (await city.PayCash(receivable)).Status);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_provider_that_goes_away_after_the_customer_paid_is_asked_until_it_is_back(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.SellByQr();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.ErrorBefore) { Status = 503 });
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        city.Provider.Customer.Pay(Pay(sale));
        for (var i = 0; i < 4; i++) await city.AskProviders(TimeSpan.FromSeconds(120));
        Assert.Equal("inDoubt", await Status(city, Pay(sale)));
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        Assert.Equal("payment-in-progress", (await city.PayCash(receivable)).Code);

        city.Provider.Faults.Clear();
        await city.AskProviders(TimeSpan.FromSeconds(60));
        Assert.Equal("captured", await Status(city, Pay(sale)));
        Assert.Equal(600, await city.Balance("clearing/paypay-main/shimin-1"));
    }

    [Fact]
    public async Task A_code_that_nobody_scanned_expires_by_our_clock_and_is_deleted_first()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await city.SellByQr();
        for (var i = 0; i < 40; i++) await city.AskProviders(TimeSpan.FromSeconds(10));
        Assert.Equal("expired", await Status(city, Pay(sale)));
        Assert.True(city.Provider.Find(Pay(sale))!.CodeDeleted);
    }

    [Theory, EachEngine]
    public async Task A_released_doubt_that_proves_captured_becomes_a_surplus(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.SellByQr();
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.ErrorBefore));
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        city.Provider.Customer.Pay(Pay(sale));
        for (var i = 0; i < 4; i++) await city.AskProviders(TimeSpan.FromSeconds(120));

        var finding = new { outcome = "notTaken", reason = "処理未了票", evidence = "未了票 0012" };
        var first = await city.Post($"/v1/payments/{Pay(sale)}/resolve", finding);
        Assert.Equal("inDoubt", first["status"]);
        Assert.Equal("notTaken", first.Json.GetProperty("doubt").GetProperty("awaitsSecondPerson").GetString());
        Assert.Equal("inDoubt", (await city.Post($"/v1/payments/{Pay(sale)}/resolve", finding))["status"]);
        var released = await city.Approve($"/v1/payments/{Pay(sale)}/resolve", finding);
        Assert.Equal(("cancelled", "open"), (released["status"], released.Json.GetProperty("inquiry").GetProperty("state").GetString()));
        Assert.Equal(201, (await city.PayCash(receivable)).Status);

        city.Provider.Faults.Clear();
        await city.AskProviders(TimeSpan.FromMinutes(10));
        var late = await city.Get($"/v1/payments/{Pay(sale)}");
        Assert.Equal(("captured", "True", "came"), (late["status"], late["surplus"], late.Json.GetProperty("inquiry").GetProperty("state").GetString()));
        Assert.Equal("overpaid", (await city.Get($"/v1/receivables/{receivable}"))["status"]);
        Assert.Single((await city.Get("/v1/receivables?status=overpaid")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(-600, await city.Balance("overpaid/shimin-1"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Another_sum_than_ours_stays_in_doubt_is_booked_as_it_came_and_opens_an_exception(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.SellByQr();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        city.Provider.Customer.Pay(Pay(sale));
        city.Provider.Faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.WrongAmount) { Delta = -100 });
        await city.AskProviders(TimeSpan.FromSeconds(6));
        var payment = await city.Get($"/v1/payments/{Pay(sale)}");
        Assert.Equal("inDoubt", payment["status"]);
        Assert.Equal(500, payment.Json.GetProperty("doubt").GetProperty("arrivedAmount").GetInt64());
        Assert.Equal(500, await city.Balance("clearing/paypay-main/shimin-1"));
        Assert.Equal(-500, await city.Balance("suspense/paypay-main"));
        var exception = Assert.Single((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("amountDiffers", exception.GetProperty("kind").GetString());

        var finding = new { outcome = "taken", reason = "事業者に確認", evidence = "照会 77" };
        await city.Post($"/v1/payments/{Pay(sale)}/resolve", finding);
        Assert.Equal("captured", (await city.Approve($"/v1/payments/{Pay(sale)}/resolve", finding))["status"]);
        Assert.Equal(500, await city.Balance("clearing/paypay-main/shimin-1"));
        Assert.Equal(100, await city.Balance("suspense/paypay-main"));
        Assert.Empty((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray());
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_cancel_that_was_accepted_and_not_kept_becomes_an_exception_after_a_day()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook));
        var sale = await city.SellByQr();
        // The customer's finger falls between our look-up and our cancel, and the provider forgets its promise.
        city.Provider.Faults.Add(new FaultRule(ApiOperation.DeleteCode, FaultKind.ErrorBefore) { Times = 1 });
        city.Provider.Faults.Add(new FaultRule(ApiOperation.GetPayment, FaultKind.ErrorBefore) { Times = 1 });
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Cancel, FaultKind.CompleteAfterCancel));
        city.Provider.Customer.Pay(Pay(sale));
        Assert.Equal("cancelled", (await city.Post($"/v1/payments/{Pay(sale)}/cancel", new { }))["status"]);
        for (var i = 0; i < 12; i++) await city.AskProviders(TimeSpan.FromHours(3));
        Assert.Equal("cancelled", await Status(city, Pay(sale)));
        Assert.Equal("cancelledButPaid", Assert.Single((await city.Get("/v1/exceptions")).Json.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal(0, await city.Balance("clearing/paypay-main/shimin-1"));
    }

    [Fact]
    public async Task A_place_offers_what_its_contracts_can_take_and_nothing_else()
    {
        await using var city = await City.OpenWithSandbox();
        var methods = (await city.Get("/v1/places/shimin-1")).Json.GetProperty("methods").EnumerateArray().Select(method => $"{method.GetProperty("method").GetString()}/{method.GetProperty("presentation").GetString()}@{method.GetProperty("provider").GetString()}");
        Assert.Equal(["cash/counter@", "qr/merchantCode@paypay-main", "emoney/terminal@square-main", "card/terminal@square-main", "card/terminal@stripe-main", "qr/terminal@square-main", "card/online@stripe-main"], methods);
        await using var without = await City.Open();
        Assert.Single((await without.Get("/v1/places/shimin-1")).Json.GetProperty("methods").EnumerateArray());
    }

    [Fact]
    public async Task A_receivable_keeps_why_it_was_taken_back_and_a_doubt_why_it_was_resolved()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.ErrorBefore));
        var sale = await city.SellByQr();
        var finding = new { outcome = "notTaken", reason = "コードは出ていない", evidence = "未了票 5" };
        await city.Post($"/v1/payments/{Pay(sale)}/resolve", finding);
        await city.Approve($"/v1/payments/{Pay(sale)}/resolve", finding);
        var notes = (await city.Get($"/v1/payments/{Pay(sale)}/events")).Json.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("note").GetString()).OfType<string>().ToList();
        Assert.Equal(2, notes.Count);
        Assert.All(notes, note => Assert.Equal("コードは出ていない\n未了票 5", note));
    }

    [Fact]
    public async Task However_many_read_a_payment_the_provider_is_asked_once_per_pace()
    {
        await using var city = await City.OpenWithSandbox();
        var payment = Pay(await city.SellByQr());
        var before = city.Provider.Calls(ApiOperation.GetPayment);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => city.Get($"/v1/payments/{payment}")));
        Assert.Equal(before + 1, city.Provider.Calls(ApiOperation.GetPayment));
        city.Time.Advance(TimeSpan.FromSeconds(4));
        await city.Get($"/v1/payments/{payment}");
        Assert.Equal(before + 1, city.Provider.Calls(ApiOperation.GetPayment));
        city.Time.Advance(TimeSpan.FromSeconds(2));
        await city.Get("/v1/payments?status=pending");
        Assert.Equal(before + 1, city.Provider.Calls(ApiOperation.GetPayment));
        await city.Get($"/v1/payments/{payment}");
        Assert.Equal(before + 2, city.Provider.Calls(ApiOperation.GetPayment));
    }

    [Fact]
    public async Task A_silent_provider_keeps_nobody_waiting_longer_than_ten_seconds()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.CreateCode, FaultKind.Delay) { Ms = 10_000, Times = 1 });
        var sale = await city.SellByQr(key: "silent");
        // The provider has not answered yet, and we have.
        Assert.Equal((201, "created"), (sale.Status, sale.Json.GetProperty("payment").GetProperty("status").GetString()));
        // Cash is not slower for it, and the same key is answered at once.
        Assert.Equal(201, (await city.Sell()).Status);
        Assert.Equal(sale.Text, (await city.SellByQr(key: "silent")).Text);
        await Eventually.True("the code is shown", async () => await Status(city, Pay(sale)) == "pending");
    }

    [Fact]
    public async Task A_wrong_member_of_a_sale_is_named_where_it_stands()
    {
        await using var city = await City.OpenWithSandbox();
        var wrong = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "nothing" } } }, payment = new { method = "qr", presentation = "merchantCode" } });
        Assert.Equal(["/receivable/lines/0/fee unknown-fee"], wrong.Violations);
        wrong = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } }, payment = new { method = "qr", presentation = "merchantCode", terminal = "pos-99" } });
        Assert.Equal(["/payment/terminal unknown-terminal"], wrong.Violations);
        Assert.DoesNotContain((await city.Get("/v1/receivables?place=shimin-1&limit=200")).Json.GetProperty("items").EnumerateArray(), each => each.GetProperty("kind").GetString() == "counterSale");
    }

    [Fact]
    public async Task A_sum_that_the_provider_does_not_take_is_refused_before_anything_is_asked()
    {
        await using var city = await City.OpenWithSandbox();
        var owed = await city.Owe(new { revenueAccount = "01-14-01-03-02-00", description = "使用料", quantity = 1, unitAmount = 500_001, taxClass = "taxable10" });
        if (owed.Status != 201) owed = await city.OweCertificates(1_700);
        var refused = await city.PayByQr(owed.Id);
        Assert.Equal((422, "amount-not-allowed"), (refused.Status, refused.Code));
        Assert.Empty(city.Provider.Truth());
    }

    [Fact]
    public async Task A_provider_that_is_down_is_not_offered_to_the_sixth_customer()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.CreateCode, FaultKind.ErrorBefore));
        for (var i = 0; i < 5; i++) Assert.Equal(201, (await city.SellByQr()).Status);
        var refused = await city.SellByQr();
        Assert.Equal((503, "provider-unavailable"), (refused.Status, refused.Code));
        Assert.Equal(201, (await city.Sell()).Status);
    }
}
