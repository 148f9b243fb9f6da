using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

public sealed class CashPaymentTests
{
    [Theory, EachEngine]
    public async Task Two_certificates_are_charged_in_cash_and_booked(Engine engine)
    {
        await using var city = await City.Open(engine);
        var sale = await city.Sell();
        Assert.Equal(201, sale.Status);
        var payment = sale.Json.GetProperty("payment");
        Assert.Equal("captured", payment.GetProperty("status").GetString());
        Assert.Equal(600, payment.GetProperty("amount").GetInt64());
        Assert.Equal(1, payment.GetProperty("receiptNumber").GetInt64());
        Assert.Equal("paid", sale.Json.GetProperty("receivable").GetProperty("status").GetString());
        Assert.Equal(600, await city.Balance("cash/shimin-1"));
        Assert.Equal(-600, await city.Balance("revenue/01-13-02-01-03-00/shimin-1"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Of_a_hundred_payments_at_once_exactly_one_lives(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => city.PayCash(owed.Id)));
        var taken = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != taken), answer =>
        {
            Assert.Equal(409, answer.Status);
            Assert.Equal("already-paid", answer.Code);
            Assert.Equal(taken.Id, answer["payment"]);
        });
        Assert.Equal(600, await city.Balance("cash/"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task The_same_key_fifty_times_at_once_has_one_effect_and_equal_bytes(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => city.PayCash(owed.Id, "one-key")));
        Assert.All(answers, answer => Assert.True(answer.Status == 201 || (answer.Status == 409 && answer.Code == "idempotency-key-in-use"), answer.Text));
        Assert.Single(answers.Where(answer => answer.Status == 201).Select(answer => answer.Text).Distinct());
        Assert.Equal(600, await city.Balance("cash/"));
    }

    [Theory, EachEngine]
    public async Task The_same_key_with_another_body_is_refused_and_moves_nothing(Engine engine)
    {
        await using var city = await City.Open(engine);
        var (first, second) = (await city.OweCertificates(), await city.OweCertificates());
        Assert.Equal(201, (await city.PayCash(first.Id, "k")).Status);
        var reused = await city.PayCash(second.Id, "k");
        Assert.Equal((409, "idempotency-key-reused"), (reused.Status, reused.Code));
        Assert.Equal(600, await city.Balance("cash/"));
    }

    [Theory, EachEngine]
    public async Task A_replay_gives_the_first_bytes_even_after_the_payment_changed(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var first = await city.PayCash(owed.Id, "k");
        Assert.Equal(201, (await city.Post($"/v1/payments/{first.Id}/refunds", new { reason = "打ち間違い" })).Status);
        var again = await city.PayCash(owed.Id, "k");
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal("600", (await city.Get($"/v1/payments/{first.Id}"))["refundedAmount"]);
    }

    [Fact]
    public async Task A_refused_call_frees_its_key()
    {
        await using var city = await City.Open();
        var owed = await city.OweCertificates();
        var body = new { receivable = owed.Id, place = "shimin-1", method = "cash", cash = new { tenderedAmount = 100 } };
        Assert.Equal("cash-too-little", (await city.Post("/v1/payments", body, "k")).Code);
        Assert.Equal(201, (await city.PayCash(owed.Id, "k")).Status);
    }

    [Fact]
    public async Task Change_is_what_was_tendered_less_the_amount()
    {
        await using var city = await City.Open();
        var owed = await city.OweCertificates();
        var paid = await city.Post("/v1/payments", new { receivable = owed.Id, place = "shimin-1", method = "cash", cash = new { tenderedAmount = 1000 } });
        Assert.Equal(400, paid.Json.GetProperty("cash").GetProperty("changeAmount").GetInt64());
    }

    [Fact]
    public async Task Receipt_numbers_of_a_day_have_no_gap_under_a_hundred_sales_at_once()
    {
        await using var city = await City.Open();
        var sales = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => city.Sell(1)));
        var numbers = sales.Select(sale => sale.Json.GetProperty("payment").GetProperty("receiptNumber").GetInt64()).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task A_method_without_a_provider_is_refused_before_anything_is_written()
    {
        await using var city = await City.Open();
        var owed = await city.OweCertificates();
        var refused = await city.Post("/v1/payments", new { receivable = owed.Id, place = "shimin-1", method = "qr", presentation = "merchantCode" });
        Assert.Equal((422, "method-not-available"), (refused.Status, refused.Code));
        Assert.Equal("open", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
    }

    [Theory]
    [InlineData("{\"receivable\":\"rcv_x\",\"place\":\"shimin-1\",\"method\":\"cash\"}", "/receivable not-an-id")]
    [InlineData("{\"place\":\"shimin-1\",\"method\":\"cash\"}", "/receivable missing")]
    [InlineData("{\"receivable\":\"rcv_01M7YSJQZA98HTMSGMN6YX9KYT\",\"method\":\"cash\"}", "/place missing")]
    [InlineData("{\"receivable\":\"rcv_01M7YSJQZA98HTMSGMN6YX9KYT\",\"place\":\"shimin-1\",\"method\":\"coins\"}", "/method not-allowed")]
    [InlineData("{\"receivable\":\"rcv_01M7YSJQZA98HTMSGMN6YX9KYT\",\"place\":\"shimin-1\",\"method\":\"cash\",\"cash\":{\"tenderedAmount\":-1}}", "/cash/tenderedAmount out-of-range")]
    [InlineData("{\"receivable\":\"rcv_01M7YSJQZA98HTMSGMN6YX9KYT\",\"place\":\"shimin-1\",\"method\":\"cash\",\"amount\":1}", "/amount unknown-member")]
    public async Task A_wrong_body_names_what_is_wrong(string body, string violation)
    {
        await using var city = await City.Open();
        var answer = await city.Post("/v1/payments", body);
        Assert.InRange(answer.Status, 400, 422);
        Assert.Contains(violation, answer.Violations);
    }
}
