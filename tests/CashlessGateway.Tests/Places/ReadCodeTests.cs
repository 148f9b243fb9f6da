using CashlessGateway.Codes;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class ReadCodeTests
{
    private static readonly string InTime = SlipCode.Build("912345", "555500000000000000001", 0, new DateOnly(2026, 12, 25), 12_300).Digits;

    [Theory, EachEngine]
    public async Task A_slip_shows_its_fields_and_the_receivable_it_belongs_to(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = await Bill(city, InTime);

        var read = await Read(city, InTime);

        Assert.Equal((200, "slip", bill.Id, "[]"), (read.Status, read["kind"], read["receivable"], read["problems"]));
        Assert.Equal("{\"company\":\"912345\",\"free\":\"555500000000000000001\",\"reissue\":0,\"payBy\":\"2026-12-25\",\"stamp\":false,\"amount\":12300}", read["fields"]);
        Assert.Equal($"{InTime[..4]}…{InTime[^4..]}", read["masked"]);
    }

    [Fact]
    public async Task What_a_scanner_adds_is_no_mistake()
    {
        await using var city = await City.Open();
        Assert.Equal("slip", (await Read(city, $"]C1\u001d{InTime}\r\n"))["kind"]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\r\n", "empty")]
    [InlineData("9191234500000012026000001010309999990028500", "wrong-length")]
    [InlineData("91912345000000120260000010103099999900285002", "wrong-check-digit")]
    [InlineData("https://example.jp/pay", "not-digits")]
    public async Task A_misread_is_named_and_never_guessed(string code, string problem)
    {
        await using var city = await City.Open();
        var read = await Read(city, code);
        Assert.Equal(("unknown", null, null), (read["kind"], read["fields"], read["receivable"]));
        Assert.Equal([problem], Problems(read));
    }

    [Fact]
    public async Task A_text_that_is_far_too_long_is_an_answer_and_only_its_ends_are_shown()
    {
        await using var city = await City.Open();
        var read = await Read(city, new string('1', 5_000));
        Assert.Equal((200, "unknown", "1111…1111"), (read.Status, read["kind"], read["masked"]));
        Assert.Equal(["too-long"], Problems(read));
    }

    [Theory]
    [InlineData("{}", "/code missing")]
    [InlineData("{\"code\":42}", "/code wrong-type")]
    [InlineData("{\"code\":\"\\ud800\"}", "/code invalid-text")]
    [InlineData("{\"code\":\"1\",\"kind\":\"slip\"}", "/kind unknown-member")]
    public async Task A_wrong_body_names_what_is_wrong(string body, string violation)
    {
        await using var city = await City.Open();
        Assert.Equal([violation], (await city.Post("/v1/codes/read", body)).Violations);
    }

    [Fact]
    public async Task A_slip_is_expired_on_the_day_after_its_last_day()
    {
        await using var city = await City.Open();
        city.Time.Set(new DateTimeOffset(2026, 12, 25, 14, 59, 59, TimeSpan.Zero));
        Assert.Empty(Problems(await Read(city, InTime)));
        city.Time.Set(new DateTimeOffset(2026, 12, 25, 15, 0, 0, TimeSpan.Zero));
        Assert.Equal(["expired"], Problems(await Read(city, InTime)));
    }

    [Fact]
    public async Task A_slip_over_the_limit_of_stores_and_apps_says_so()
    {
        await using var city = await City.Open();
        var atLimit = SlipCode.Build("912345", "555500000000000000002", 0, null, SlipCode.PublicLimit).Digits;
        var over = SlipCode.Build("912345", "555500000000000000002", 0, null, SlipCode.PublicLimit + 1).Digits;
        Assert.Empty(Problems(await Read(city, atLimit)));
        Assert.Equal(["over-limit"], Problems(await Read(city, over)));
    }

    [Fact]
    public async Task An_older_slip_of_a_changed_bill_shows_both_differences_and_the_same_receivable()
    {
        await using var city = await City.Open();
        var bill = await Bill(city, InTime, payBy: "2026-12-25T14:59:59Z");
        var older = SlipCode.Build("912345", "555500000000000000001", 0, new DateOnly(2026, 11, 30), 12_000).Digits;

        var read = await Read(city, older);

        Assert.Equal(bill.Id, read["receivable"]);
        Assert.Equal(["amount-differs", "superseded"], Problems(read));
        Assert.Empty(Problems(await Read(city, InTime)));
    }

    [Fact]
    public async Task A_paid_bill_says_so_at_any_counter()
    {
        await using var city = await City.Open();
        var bill = await Bill(city, InTime);
        await city.PayCash(bill.Id);
        Assert.Equal(["already-paid"], Problems(await Read(city, InTime)));
    }

    [Fact]
    public async Task Problems_come_in_the_language_of_the_caller()
    {
        await using var city = await City.Open();
        Assert.Contains("読み直してください", await Message(city, null), StringComparison.Ordinal);
        Assert.Contains("Scan it again", await Message(city, "en"), StringComparison.Ordinal);
    }

    private static async Task<string> Message(City city, string? language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/codes/read") { Content = new StringContent("{\"code\":\"\"}", System.Text.Encoding.UTF8, "application/json") };
        if (language is not null) request.Headers.Add("Accept-Language", language);
        using var response = await city.Till.SendAsync(request);
        return (await Answer.Of(response)).Json.GetProperty("problems")[0].GetProperty("message").GetString()!;
    }

    private static Task<Answer> Read(City city, string code) => city.Post("/v1/codes/read", new { code });

    private static async Task<Answer> Bill(City city, string slip, string? payBy = null)
    {
        var bill = await city.Post("/v1/receivables", new
        {
            kind = "bill",
            place = "service-ekimae",
            title = "固定資産税",
            payBy,
            lines = new[] { new { revenueAccount = "01-01-02-01-01-00", description = "固定資産税", quantity = 1, unitAmount = 12_300, taxClass = "outOfScope", fiscalYear = 2026 } },
            aliases = new[] { new { type = "slip", value = slip } },
        });
        Assert.Equal(201, bill.Status);
        return bill;
    }

    private static IEnumerable<string?> Problems(Answer read) => read.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString());
}
