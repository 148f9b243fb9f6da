using System.Net;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class FaultTests
{
    [Theory]
    [InlineData("dropBefore", false)]
    [InlineData("dropAfter", true)]
    public async Task A_cut_connection_is_cut_before_or_after_the_effect(string kind, bool happened)
    {
        await using var shop = await Shop.Open();
        await shop.Fault($$"""{"operation":"createCode","kind":"{{kind}}","times":1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Api.Create("A"));
        Assert.Equal(happened, shop.PayPay.Find("A") is not null);
        Assert.Equal(HttpStatusCode.Created, (await shop.Api.Create("B")).Status);
    }

    [Theory]
    [InlineData("errorBefore", 500, false)]
    [InlineData("errorBefore", 502, false)]
    [InlineData("errorBefore", 503, false)]
    [InlineData("errorBefore", 504, false)]
    [InlineData("errorAfter", 500, true)]
    [InlineData("errorAfter", 504, true)]
    public async Task An_error_comes_before_or_after_the_effect(string kind, int status, bool happened)
    {
        await using var shop = await Shop.Open();
        await shop.Fault($$"""{"operation":"createCode","kind":"{{kind}}","status":{{status}}}""");
        Assert.Equal(status, (int)(await shop.Api.Create("A")).Status);
        Assert.Equal(happened, shop.PayPay.Find("A") is not null);
    }

    [Theory]
    [InlineData("rateLimit", 429, "RATE_LIMIT", "08100998")]
    [InlineData("maintenance", 503, "MAINTENANCE_MODE", "08100999")]
    [InlineData("transactionFailed", 500, "TRANSACTION_FAILED", "00200002")]
    public async Task A_refused_call_has_no_effect(string kind, int status, string code, string codeId)
    {
        await using var shop = await Shop.Open();
        await shop.Fault($$"""{"operation":"*","kind":"{{kind}}"}""");
        (await shop.Api.Create("A")).Says((HttpStatusCode)status, code, codeId);
        Assert.Empty(shop.PayPay.Truth());
    }

    [Fact]
    public async Task A_delayed_call_has_its_effect_even_when_the_caller_has_left()
    {
        await using var shop = await Shop.Open();
        await shop.Fault("""{"operation":"cancel","kind":"delay","ms":20000}""");
        await shop.Paid("A");
        var cancel = shop.Api.Cancel("A");
        await shop.Time.SomebodyWaits(TimeSpan.FromSeconds(20));
        shop.Http.CancelPendingRequests();
        await Assert.ThrowsAsync<TaskCanceledException>(() => cancel);
        Assert.Equal(PayPayStatus.Completed, shop.PayPay.Find("A")!.Status);
        shop.Time.Advance(TimeSpan.FromSeconds(20));
        await Wait.Until(() => shop.PayPay.Find("A")!.Status == PayPayStatus.Failed);
    }

    [Fact]
    public async Task A_late_answer_comes_after_the_effect()
    {
        await using var shop = await Shop.Open();
        await shop.Fault("""{"operation":"createCode","kind":"delayAfter","ms":31000}""");
        var create = shop.Api.Create("A");
        await shop.Time.SomebodyWaits(TimeSpan.FromSeconds(31));
        Assert.NotNull(shop.PayPay.Find("A"));
        shop.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Created, (await create).Status);
    }

    [Fact]
    public async Task A_payment_is_not_there_yet_and_then_it_is()
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A");
        await shop.Fault("""{"operation":"getPayment","kind":"notYet","ms":5000}""");
        Assert.Equal("01652075", (await shop.Api.Get("A")).CodeId);
        shop.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("COMPLETED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task A_forgotten_payment_and_refund_are_not_found_though_they_are_there()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Refund("RF", await shop.Paid("A"), 300);
        await shop.Fault("""{"operation":"*","kind":"forget"}""");
        Assert.Equal("01652075", (await shop.Api.Get("A")).CodeId);
        Assert.Equal("00200018", (await shop.Api.GetRefund("RF")).CodeId);
        Assert.Equal(PayPayStatus.Refunded, shop.PayPay.Find("A")!.Status);
    }

    [Fact]
    public async Task A_look_up_can_be_wrong_about_amount_currency_and_state()
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A");
        await shop.Fault("""
            {"rules":[
              {"operation":"getPayment","kind":"wrongAmount","delta":-200},
              {"operation":"getPayment","kind":"wrongCurrency"},
              {"operation":"getPayment","kind":"wrongStatus","state":"CANCELED"}]}
            """);
        var answer = await shop.Api.Get("A");
        Assert.Equal("CANCELED", answer.State);
        Assert.Equal("""{"amount":100,"currency":"USD"}""", answer.Data.GetProperty("amount").GetRawText());
        Assert.Equal(300, shop.PayPay.Find("A")!.Amount);
    }

    [Fact]
    public async Task A_broken_promise_keeps_the_money_after_an_accepted_cancel()
    {
        await using var shop = await Shop.Open();
        await shop.Fault("""{"operation":"cancel","kind":"completeAfterCancel"}""");
        await shop.Api.Create("A");
        Assert.Equal(HttpStatusCode.Accepted, (await shop.Api.Cancel("A")).Status);
        await shop.Pay("A");
        shop.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("COMPLETED", (await shop.Api.Get("A")).State);
        Assert.Equal(300, shop.PayPay.Sums().Net);
    }

    [Theory]
    [InlineData("garbage", HttpStatusCode.OK)]
    [InlineData("answerTwice", HttpStatusCode.Created)]
    public async Task A_body_can_be_unreadable_after_the_effect(string kind, HttpStatusCode status)
    {
        await using var shop = await Shop.Open();
        await shop.Fault($$"""{"operation":"createCode","kind":"{{kind}}"}""");
        var answer = await shop.Api.Create("A");
        Assert.Equal(status, answer.Status);
        Assert.Throws<JsonException>(() => answer.Json);
        Assert.NotNull(shop.PayPay.Find("A"));
    }

    [Fact]
    public async Task A_rule_meets_only_its_payments_and_only_so_often()
    {
        await using var shop = await Shop.Open();
        shop.PayPay.Faults.Add(new FaultRule(ApiOperation.CreateCode, FaultKind.RateLimit) { ReferencePrefix = "B", Times = 2 });
        shop.PayPay.Faults.Add(new FaultRule(ApiOperation.CreateCode, FaultKind.Maintenance) { Reference = "C" });
        var statuses = new List<int>();
        foreach (var id in new[] { "A", "B1", "B2", "B3", "C", "C1" }) statuses.Add((int)(await shop.Api.Create(id)).Status);
        Assert.Equal([201, 429, 429, 201, 503, 201], statuses);
        Assert.Equal([2, 1], shop.PayPay.Faults.Report().Select(report => report.Fired));
        Assert.Equal(6, shop.PayPay.Calls(ApiOperation.CreateCode));
    }

    [Fact]
    public async Task The_same_seed_meets_the_same_calls()
    {
        Assert.Equal(await Storm(), await Storm());

        static async Task<string> Storm()
        {
            await using var shop = await Shop.Open();
            await shop.Fault("""{"seed":7,"rules":[{"operation":"createCode","kind":"errorBefore","probability":0.5}]}""");
            var pattern = "";
            for (var number = 0; number < 20; number++) pattern += (await shop.Api.Create($"A{number}")).Status == HttpStatusCode.Created ? "." : "x";
            Assert.Contains("x.", pattern, StringComparison.Ordinal);
            return pattern;
        }
    }

    [Fact]
    public async Task Faults_can_be_listed_and_cleared()
    {
        await using var shop = await Shop.Open();
        await shop.Fault("""{"operation":"*","kind":"maintenance","probability":0.25,"times":3}""");
        var list = await shop.Http.GetStringAsync(new Uri("_faults", UriKind.Relative));
        Assert.Contains("\"operation\":\"*\",\"kind\":\"maintenance\"", list, StringComparison.Ordinal);
        using var cleared = await shop.Http.DeleteAsync(new Uri("_faults", UriKind.Relative));
        Assert.Equal("[]", await shop.Http.GetStringAsync(new Uri("_faults", UriKind.Relative)));
    }

    [Theory]
    [InlineData("""{"operation":"createCode","kind":"wrongAmount"}""")]
    [InlineData("""{"operation":"refund","kind":"explode"}""")]
    [InlineData("""{"operation":"refund","kind":"delay","milliseconds":7}""")]
    [InlineData("""{"operation":"refund","kind":"delay","probability":2}""")]
    [InlineData("""{"operation":"refund","kind":"errorBefore","status":404}""")]
    [InlineData("""{"kind":"delay"}""")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task A_rule_without_sense_is_refused(string json)
    {
        await using var shop = await Shop.Open();
        using var content = new StringContent(json);
        using var response = await shop.Http.PostAsync(new Uri("_faults", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(shop.PayPay.Faults.Report());
    }
}
