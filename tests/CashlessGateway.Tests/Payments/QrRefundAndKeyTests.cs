using System.Text.Json;
using CashlessGateway.Payments;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

/// <summary>Money that goes back through a provider, and keys that are sent again.</summary>
public class QrRefundAndKeyTests
{
    private static string Pay(Answer sale) => sale.Json.GetProperty("payment").GetProperty("id").GetString()!;

    private static async Task<string> Status(City city, string payment) => (await city.Get($"/v1/payments/{payment}"))["status"]!;

    [Fact]
    public async Task The_code_to_scan_is_the_providers_payload_while_it_can_be_paid()
    {
        await using var city = await City.OpenWithSandbox();
        var payment = Pay(await city.SellByQr());
        var payload = (await city.Get($"/v1/payments/{payment}")).Json.GetProperty("action").GetProperty("payload").GetString()!;
        var shown = await city.Get($"/v1/payments/{payment}/code.svg");
        Assert.Equal((200, CashlessGateway.Codes.Drawing.QrSymbol.Of(payload).Svg()), (shown.Status, shown.Text));
        city.Provider.Customer.Pay(payment);
        await city.AskProviders(TimeSpan.FromSeconds(6));
        Assert.Equal(404, (await city.Get($"/v1/payments/{payment}/code.svg")).Status);
    }

    [Theory, EachEngine]
    public async Task A_payment_of_today_is_voided_and_one_of_yesterday_refunded(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var (today, other) = (Pay(await city.SellByQr()), Pay(await city.SellByQr()));
        city.Provider.Customer.Pay(today);
        city.Provider.Customer.Pay(other);
        await city.AskProviders(TimeSpan.FromSeconds(6));
        var voided = await city.Post($"/v1/payments/{today}/refunds", new { reason = "打ち間違い" });
        Assert.Equal(("void", "succeeded"), (voided["way"], voided["status"]));

        city.Time.Advance(TimeSpan.FromDays(1));
        var asked = await city.Post($"/v1/payments/{other}/refunds", new { reason = "過納", lines = new[] { new { line = 0, amount = 300 } } });
        Assert.Equal(("refund", "awaitingApproval"), (asked["way"], asked["status"]));
        Assert.Empty(city.Provider.Find(other)!.Refunds);
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{asked.Id}/approve"))["status"]);
        Assert.Equal(300, city.Provider.Find(other)!.Refunds.Sum(refund => refund.Amount));
        Assert.Equal(300, await city.Balance("clearing/paypay-main/shimin-1"));
        var again = await city.Post($"/v1/payments/{other}/refunds", new { reason = "残り", way = "refund", lines = new[] { new { line = 0, amount = 300 } } });
        Assert.Equal(422, again.Status);
        await city.BooksAreWhole();
    }

    [Theory]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ErrorAfter)]
    public async Task A_refund_whose_answer_was_lost_goes_out_once(FaultKind fault)
    {
        await using var city = await City.OpenWithSandbox();
        var payment = Pay(await city.SellByQr());
        city.Provider.Customer.Pay(payment);
        await city.AskProviders(TimeSpan.FromSeconds(6));
        city.Time.Advance(TimeSpan.FromDays(1));
        var asked = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過納" });
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Refund, fault) { Times = 1 });
        Assert.Equal("inDoubt", (await city.Approve($"/v1/refunds/{asked.Id}/approve"))["status"]);
        await city.AskProviders(TimeSpan.FromSeconds(30));
        Assert.Equal("succeeded", (await city.Get($"/v1/refunds/{asked.Id}"))["status"]);
        Assert.Equal(600, Assert.Single(city.Provider.Find(payment)!.Refunds).Amount);
        Assert.Equal(0, await city.Balance("clearing/paypay-main/shimin-1"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_key_gives_the_first_bytes_again_whatever_became_of_the_payment()
    {
        await using var city = await City.OpenWithSandbox();
        var first = await city.SellByQr(key: "till-1");
        city.Provider.Customer.Pay(Pay(first));
        await city.AskProviders(TimeSpan.FromSeconds(6));
        var second = await city.SellByQr(key: "till-1");
        Assert.Equal((first.Text, "true"), (second.Text, second.Headers["Idempotency-Replayed"]));
        Assert.Equal("captured", await Status(city, Pay(first)));
    }

    [Theory, EachEngine]
    public async Task A_refund_that_the_provider_refuses_leaves_the_money_refundable_and_tells_a_person(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var payment = Pay(await city.SellByQr());
        city.Provider.Customer.Pay(payment);
        await city.AskProviders(TimeSpan.FromSeconds(6));
        city.Time.Advance(TimeSpan.FromDays(1));
        var asked = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過納" });
        Assert.Equal("600", (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]);
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Refund, FaultKind.TransactionFailed) { Times = 1 });
        Assert.Equal("failed", (await city.Approve($"/v1/refunds/{asked.Id}/approve"))["status"]);
        Assert.Equal("0", (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]);
        Assert.Equal(600, await city.Balance("clearing/paypay-main/shimin-1"));
        Assert.Equal("refundRefused", Assert.Single((await city.Get("/v1/exceptions?status=open")).Json.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Fifty_equal_calls_make_one_code()
    {
        await using var city = await City.OpenWithSandbox();
        var owed = await city.OweCertificates();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => city.PayByQr(owed.Id, "one-key")));
        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => answer.Text).Distinct(StringComparer.Ordinal));
        Assert.Single(city.Provider.Truth());
    }

    [Fact]
    public async Task A_payment_that_was_sent_again_after_the_process_died_is_made_once()
    {
        await using var city = await City.OpenWithSandbox();
        var owed = await city.OweCertificates();
        var first = await city.PayByQr(owed.Id, "lost");
        await city.Of<Database>().WriteSurely(unit => unit.Execute(new Sql("update idempotency set answer = null, status = null where municipality = @municipality and object = @about"), new { municipality = City.Code, about = first.Id }), ReadBack.SafeToRepeat);
        city.Time.Advance(TimeSpan.FromSeconds(30));
        var again = await city.PayByQr(owed.Id, "lost");
        Assert.Equal((201, first.Id), (again.Status, again.Id));
        Assert.Equal(again.Text, (await city.PayByQr(owed.Id, "lost")).Text);
    }

    [Fact]
    public async Task Unanswered_keys_of_a_process_that_died_are_answered_by_what_became_of_the_payment()
    {
        await using var city = await City.OpenWithSandbox();
        var first = await city.SellByQr(key: "lost");
        // As after a kill between the intent and the answer: the key names its payment and holds no bytes.
        await city.Of<Database>().WriteSurely(unit => unit.Execute(new Sql("update idempotency set answer = null, status = null where municipality = @municipality and object = @about"), new { municipality = City.Code, about = Pay(first) }), ReadBack.SafeToRepeat);
        city.Provider.Customer.Pay(Pay(first));
        city.Time.Advance(TimeSpan.FromSeconds(30));
        var again = await city.SellByQr(key: "lost");
        Assert.Equal((201, Pay(first)), (again.Status, Pay(again)));
        Assert.Equal("captured", again.Json.GetProperty("payment").GetProperty("status").GetString());
        Assert.Equal(again.Text, (await city.SellByQr(key: "lost")).Text);
        Assert.Single(city.Provider.Truth());
    }

    [Fact]
    public async Task A_key_begun_in_a_unit_of_which_nothing_stayed_still_keeps_its_answer()
    {
        await using var city = await City.Open();
        var caller = new CashlessGateway.Access.Caller(City.Code, "c", "n", "k", new HashSet<string>(), null, 1, null);
        var key = new CashlessGateway.Web.IdempotencyKey(caller, new byte[32], new byte[32], city.Of<CashlessGateway.Money.Clock>().Now());
        var database = city.Of<Database>();
        await database.WriteSurely(async unit =>
        {
            await key.Begin(unit, "pay_1");
            return unit.Abandon(false);
        }, ReadBack.SafeToRepeat);
        await database.WriteSurely(unit => key.Keep(unit, "pay_1", 200, null, new { done = true }), ReadBack.SafeToRepeat);
        Assert.Equal(1, await database.One<long>(new Sql("select count(*) from idempotency where municipality = @municipality and client = 'c' and answer is not null"), new { municipality = City.Code }));
    }
}
