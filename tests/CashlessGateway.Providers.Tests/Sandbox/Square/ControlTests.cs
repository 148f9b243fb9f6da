using System.Net;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

/// <summary>The customer's side: the page, and the addresses for tests in another process.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task The_page_shows_each_terminal_and_what_can_be_done_there()
    {
        await using var till = await Till.Open();
        Assert.Contains("何も表示していません", await Page(till), StringComparison.Ordinal);

        await till.Begun("FELICA_ID");
        var page = await Page(till);
        foreach (var shown in new[] { "窓口1", "300円", "iD", "住民票の写し", "読み取りエラーにする", "お金は動きません" }) Assert.Contains(shown, page, StringComparison.Ordinal);

        till.Square.Customer.Do(Till.Reference, SquareAct.TerminalError);
        Assert.Contains("端末で取り消す", await Page(till), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_of_the_page_pays_and_leads_back_to_it()
    {
        await using var till = await Till.Open();
        var id = await till.Begun();
        Assert.Equal(HttpStatusCode.SeeOther, (await till.Send(HttpMethod.Post, $"/checkouts/{id}", "act=pay", "application/x-www-form-urlencoded")).Status);
        Assert.True(till.Square.Money().Single().Taken);
        Assert.Contains("支払いました", await Page(till), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_wrote_is_text_on_the_page()
    {
        await using var till = await Till.Open();
        await till.Post("/v2/terminals/checkouts", Till.Checkout().Replace("住民票の写し", "<script>", StringComparison.Ordinal));
        Assert.DoesNotContain("<script>", await Page(till), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"reference":"R08_1"}""", HttpStatusCode.OK, "paid")]
    [InlineData("""{"reference":"R08_1","act":"refuse"}""", HttpStatusCode.OK, "refused")]
    [InlineData("""{"reference":"R08_1","brand":"PAYPAY"}""", HttpStatusCode.Conflict, "wrongBrand")]
    [InlineData("""{"reference":"other"}""", HttpStatusCode.NotFound, "notFound")]
    public async Task The_customers_hand_can_be_moved_from_elsewhere(string body, HttpStatusCode status, string result)
    {
        await using var till = await Till.Open();
        await till.Begun();
        var (answered, json) = await till.Post("/_customer/pay", body);
        Assert.Equal((status, result), (answered, json.GetProperty("result").GetString()));
    }

    [Theory]
    [InlineData("/_customer/pay", """{"act":"pay"}""")]
    [InlineData("/_customer/pay", """{"reference":"x","misspelt":1}""")]
    [InlineData("/_customer/auto", """{"payProbability":2}""")]
    public async Task What_makes_no_sense_is_refused(string path, string body)
    {
        await using var till = await Till.Open();
        Assert.Equal(HttpStatusCode.BadRequest, (await till.Post(path, body)).Status);
    }

    [Fact]
    public async Task Terminals_are_paid_at_by_themselves()
    {
        await using var till = await Till.Open();
        await till.Post("/_customer/auto", """{"payProbability":1,"delayMs":2000}""");
        await till.Begun();
        await till.Time.SomebodyWaits(TimeSpan.FromSeconds(2));
        Assert.False(till.Square.Money().Single().Taken);

        till.Time.Advance(TimeSpan.FromSeconds(2));
        await Wait.Until(() => till.Square.Money().Single().Taken);
    }

    [Fact]
    public async Task The_truth_is_told_with_its_sums()
    {
        await using var till = await Till.Open();
        await till.Begun();
        IStandIn square = till.Square;
        Assert.True(square.Pay(Till.Reference));
        Assert.False(square.Pay(Till.Reference));

        var sums = (await till.Get("/_truth")).Json.GetProperty("sums");
        Assert.Equal((1, 300, 300), (sums.GetProperty("completed").GetInt32(), sums.GetProperty("taken").GetInt64(), sums.GetProperty("net").GetInt64()));
        Assert.Equal("completed", (await till.Get($"/_truth/{Till.Reference}")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_code_is_typed_into_a_terminal_from_elsewhere()
    {
        await using var till = await Till.Open();
        var code = (await till.Post("/v2/devices/codes", """{"idempotency_key":"d","device_code":{"product_type":"TERMINAL_API","name":"窓口2"} }""")).Json.GetProperty("device_code").GetProperty("code").GetString();
        Assert.Equal(HttpStatusCode.OK, (await till.Post("/_devices/pair", $$"""{"code":"{{code}}","deviceId":"DEV2"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await till.Post("/_devices/pair", $$"""{"code":"{{code}}"}""")).Status);
        Assert.Contains("DEV2", (await till.Get("/_devices")).Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_set_from_elsewhere_and_meet_only_their_payment()
    {
        await using var till = await Till.Open();
        await till.Post("/_faults", """{"operation":"createCheckout","kind":"maintenance","reference":"R1"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await till.Post("/v2/terminals/checkouts", Till.Checkout("k1", "R1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await till.Post("/v2/terminals/checkouts", Till.Checkout("k2", "R2"))).Status);
    }

    private static async Task<string> Page(Till till) => (await till.Get("/")).Json.ToString();
}
