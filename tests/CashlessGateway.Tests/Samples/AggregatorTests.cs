using System.Text;

namespace CashlessGateway.Tests.Samples;

/// <summary>Customers' codes through a plug-in that was written outside, from the till to the aggregator's server and back.</summary>
public class AggregatorTests
{
    [Theory]
    [InlineData("PAYPAY", "paypay")]
    [InlineData("MERPAY", "merpay")]
    [InlineData("JCOIN", "jcoin")]
    public async Task A_scanned_code_is_paid_and_its_brand_comes_out(string word, string brand)
    {
        await using var world = await Aggregator.Open();

        var paid = await world.Pay(await world.Code(word));

        Assert.Equal((201, "captured", brand, "matomete-main"), (paid.Status, paid["status"], paid["brand"], paid["provider"]));
        Assert.Equal(600, await world.City.Balance("clearing/matomete-main/shimin-1"));
        Assert.Equal(600, await world.Net());
        await world.City.BooksAreWhole();
    }

    [Fact]
    public async Task A_code_is_taken_as_the_scanner_sends_it()
    {
        await using var world = await Aggregator.Open();
        var code = await world.Code();

        Assert.Equal("captured", (await world.Pay($"]C0{code}\r"))["status"]);
    }

    [Fact]
    public async Task A_sale_may_bring_the_code_too()
    {
        await using var world = await Aggregator.Open();

        var sale = await world.City.Post("/v1/sales", new
        {
            receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 2 } } },
            payment = new { method = "qr", presentation = "customerCode", customerCode = await world.Code() },
        });

        Assert.Equal("captured", sale.Json.GetProperty("payment").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_customer_who_confirms_on_the_phone_is_seen_by_the_notice_alone()
    {
        await using var world = await Aggregator.Open();
        var waiting = await world.Pay(await world.Code(customer: "confirms"));
        Assert.NotEqual("captured", waiting["status"]);

        await world.Confirm(waiting.Id);

        // No time passes, so nothing is due but what a notice asked for. A list never asks by itself.
        await Eventually.True("the payment is captured", async () =>
        {
            await world.City.AskProviders();
            return Assert.Single((await world.City.Get("/v1/payments")).Json.GetProperty("items").EnumerateArray()).GetProperty("status").GetString() == "captured";
        });
        Assert.Equal(600, await world.Net());
    }

    [Fact]
    public async Task A_forged_notice_is_no_notice()
    {
        await using var world = await Aggregator.Open();
        await world.Fault("notice", "forgedNotice");

        Assert.Equal("captured", (await world.Pay(await world.Code()))["status"]);
        Assert.Equal(400, (await City.Send(world.City.Nobody, "/hooks/matomete-main/unguessable", new { eventId = "ev_0123456789abcdefghij", type = "charge", orderId = "pay_1" }, null)).Status);
    }

    [Theory]
    [InlineData("insufficient-funds", "isPoor")]
    public async Task A_refusal_says_why_and_the_bill_is_still_owed(string why, string customer)
    {
        await using var world = await Aggregator.Open();

        var refused = await world.Pay(await world.Code(customer: customer));

        Assert.Equal(("declined", why), (refused["status"], refused.Json.GetProperty("decline").GetProperty("code").GetString()));
        Assert.Equal("captured", (await world.City.PayCash(refused["receivable"]!))["status"]);
    }

    [Theory]
    [InlineData("dropAfter")]
    [InlineData("errorAfter")]
    [InlineData("garbage")]
    public async Task A_payment_whose_answer_was_lost_is_in_doubt_and_then_captured_once(string fault)
    {
        await using var world = await Aggregator.Open();
        await world.Fault("notice", "dropNotice");
        await world.Fault("charge", fault);
        var doubtful = await world.Pay(await world.Code());
        Assert.Equal("inDoubt", doubtful["status"]);

        await world.LetPass(TimeSpan.FromSeconds(10));

        Assert.Equal(("captured", 600L), (await world.Status(doubtful.Id), await world.Net()));
        Assert.Equal("already-paid", (await world.City.PayCash(doubtful["receivable"]!)).Code);
        await world.City.BooksAreWhole();
    }

    [Fact]
    public async Task A_payment_that_never_arrived_ends_without_money_when_the_aggregator_can_no_longer_take_it()
    {
        await using var world = await Aggregator.Open();
        await world.Fault("charge", "dropBefore");
        var lost = await world.Pay(await world.Code());

        await world.LetPass(TimeSpan.FromSeconds(60));
        Assert.Equal("inDoubt", await world.Status(lost.Id));
        await world.LetPass(TimeSpan.FromSeconds(60));

        Assert.Equal(("cancelled", 0L), (await world.Status(lost.Id), await world.Net()));
        Assert.Equal("captured", (await world.City.PayCash(lost["receivable"]!))["status"]);
    }

    [Fact]
    public async Task What_goes_back_goes_by_the_brand_that_came_out()
    {
        await using var world = await Aggregator.Open();
        var payment = (await world.Pay(await world.Code("RAKUTENPAY"))).Id;

        var part = await world.City.Post($"/v1/payments/{payment}/refunds", new { reason = "過納", way = "refund", lines = new[] { new { line = 0, amount = 300 } } });
        Assert.Equal((422, "refund-not-allowed"), (part.Status, part.Code));

        var whole = await world.City.Post($"/v1/payments/{payment}/refunds", new { reason = "過納", way = "refund" });
        await world.Fault("refund", "dropAfter");
        await world.City.Approve($"/v1/refunds/{whole.Id}/approve");
        await world.LetPass(TimeSpan.FromSeconds(30));
        Assert.Equal(("succeeded", 0L), ((await world.City.Get($"/v1/refunds/{whole.Id}"))["status"], await world.Net()));
        await world.City.BooksAreWhole();
    }

    [Theory]
    [InlineData("90008181881234567890123", "customerCode", null)]
    [InlineData("hQVKUFFSMWEl", "customerCode", "not-a-customer-code")]
    [InlineData("4111111111111111", "customerCode", "card-number")]
    [InlineData("91912345000000120260000010103099999900285001", "customerCode", "not-a-customer-code")]
    [InlineData(null, "customerCode", "missing")]
    [InlineData("900081818812345678901234", "merchantCode", "not-allowed")]
    public async Task What_is_no_customers_code_is_refused_before_anybody_is_asked(string? code, string presentation, string? why)
    {
        await using var world = await Aggregator.Open();
        var answer = await world.City.Post("/v1/payments", new { receivable = (await world.City.OweCertificates()).Id, place = "shimin-1", method = "qr", presentation, customerCode = code });

        if (why is null) Assert.Equal((201, "declined"), (answer.Status, answer["status"]));   // a beginning that nobody knows: the aggregator decides
        else Assert.Equal((422, $"/customerCode {why}"), (answer.Status, Assert.Single(answer.Violations)));
        if (code is not null) Assert.DoesNotContain(code, answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Whoever reads it within five minutes can take money with it.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("dropAfter")]
    [InlineData("garbage")]
    public async Task A_customers_code_is_kept_nowhere(string fault)
    {
        await using var world = await Aggregator.Open();
        if (fault != "none") await world.Fault("charge", fault);
        var code = await world.Code();
        var paid = await world.Pay(code);
        await world.LetPass(TimeSpan.FromSeconds(10));
        var refused = await world.Pay(code[..^1] + "x");
        var replayed = await world.Pay(code);
        await world.City.BooksAreWhole();

        var told = new StringBuilder(paid.Text).Append(refused.Text).Append(replayed.Text).Append(world.Log.All);
        foreach (var path in new[] { $"/v1/payments/{paid.Id}", "/v1/payments", $"/v1/payments/{paid.Id}/receipt", "/v1/events", "/v1/journal" }) told.Append((await world.City.Get(path)).Text);
        var kept = Directory.EnumerateFiles(world.City.Directory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(Bytes).ToList();

        Assert.DoesNotContain(code[..20], told.ToString(), StringComparison.Ordinal);
        Assert.All(kept, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(code[..20]))));
        // The search finds what is there.
        Assert.Contains(paid.Id, told.ToString(), StringComparison.Ordinal);
        Assert.Contains(kept, bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(paid.Id["pay_".Length..])) >= 0);
    }

    private static byte[] Bytes(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);
        return bytes;
    }
}
