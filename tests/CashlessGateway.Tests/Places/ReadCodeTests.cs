using CashlessGateway.Codes;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class ReadCodeTests
{
    private static readonly string InTime = TestSlip.Of("912345", "555500000000000000001", 0, new DateOnly(2026, 12, 25), 12_300).Digits;

    [Theory, EachEngine]
    public async Task A_slip_shows_its_fields_and_the_receivable_it_belongs_to(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = await Bill(city, InTime);

        var read = await Read(city, InTime);

        Assert.Equal((200, "slip", bill.Id, "[]"), (read.Status, read["kind"], read["receivable"], read["problems"]));
        Assert.Equal("{\"company\":\"912345\",\"free\":\"555500000000000000001\",\"reissue\":0,\"payBy\":\"2026-12-25\",\"stamp\":false,\"amount\":12300,\"parts\":[{\"name\":\"税目\",\"value\":\"00\"},{\"name\":\"年度\",\"value\":\"0000\"},{\"name\":\"通知書番号\",\"value\":\"00000000\"},{\"name\":\"期別\",\"value\":\"01\"}]}", read["fields"]);
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
    [InlineData("9191\0", "not-digits")]
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
        var atLimit = TestSlip.Of("912345", "555500000000000000002", 0, null, SlipCode.PublicLimit).Digits;
        var over = TestSlip.Of("912345", "555500000000000000002", 0, null, SlipCode.PublicLimit + 1).Digits;
        Assert.Empty(Problems(await Read(city, atLimit)));
        Assert.Equal(["over-limit"], Problems(await Read(city, over)));
    }

    [Fact]
    public async Task An_older_slip_of_a_changed_bill_shows_both_differences_and_the_same_receivable()
    {
        await using var city = await City.Open();
        var bill = await Bill(city, InTime, payBy: "2026-12-25T14:59:59Z");
        var older = TestSlip.Of("912345", "555500000000000000001", 0, new DateOnly(2026, 11, 30), 12_000).Digits;

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

    [Theory, EachEngine]
    public async Task The_barcode_and_the_el_qr_of_one_bill_lead_to_one_receivable_and_paid_by_one_it_is_paid_for_the_other(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = await Bill(city, InTime, elQr: WithElQr);

        var byBars = await Read(city, InTime);
        var byQr = await Read(city, "]Q1" + WithElQr + "\r");
        var byNumber = await Read(city, Number);
        Assert.Equal(("slip", "elqr", "elNumber"), (byBars["kind"], byQr["kind"], byNumber["kind"]));
        Assert.All([byBars, byQr, byNumber], read => Assert.Equal(bill.Id, read["receivable"]));
        Assert.All([byBars, byQr, byNumber], read => Assert.Empty(Problems(read)));
        Assert.Equal("{\"institution\":\"13800\",\"number\":\"00000000005555000001\",\"confirmation\":\"123456\",\"division\":\"999\"}", byNumber["fields"]);

        await city.PayCash(byQr["receivable"]!);
        Assert.Equal(["already-paid"], Problems(await Read(city, InTime)));
        Assert.Equal(["already-paid"], Problems(await Read(city, WithElQr)));
        Assert.Equal(["already-paid"], Problems(await Read(city, Number)));
        Assert.Equal(bill.Id, (await city.Get($"/v1/receivables?alias={WithElQr}")).Json.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(bill.Id, (await city.Get($"/v1/receivables?alias={Number}")).Json.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_typed_number_of_a_bill_that_has_the_code_is_no_second_bill()
    {
        await using var city = await City.Open();
        await Bill(city, InTime, elQr: WithElQr);
        var again = await city.Post("/v1/receivables", BillBody(null, Number, null));
        Assert.Equal((409, "alias-in-use"), (again.Status, again.Code));
    }

    [Fact]
    public async Task An_el_qr_is_expired_on_the_day_after_its_last_day_and_its_amount_is_compared()
    {
        await using var city = await City.Open();
        await Bill(city, InTime, elQr: WithElQr);
        var changed = ((Built<ElQr>.Made)ElQr.Build(Parts with { Amount = 12_000 })).Value.Digits;
        Assert.Equal(["amount-differs"], Problems(await Read(city, changed)));
        city.Time.Set(new DateTimeOffset(2027, 3, 31, 14, 59, 59, TimeSpan.Zero));
        Assert.Empty(Problems(await Read(city, WithElQr)));
        city.Time.Set(new DateTimeOffset(2027, 3, 31, 15, 0, 0, TimeSpan.Zero));
        Assert.Equal(["expired"], Problems(await Read(city, WithElQr)));
    }

    [Theory, EachEngine]
    public async Task Pay_easy_numbers_find_their_bill(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = await city.Post("/v1/receivables", BillBody(null, null, "26000-100250881102000000-0000-334"));
        var read = await Read(city, "26000 100250881102000000 0000 334");
        Assert.Equal(("payeasy", bill.Id), (read["kind"], read["receivable"]));
        Assert.Equal("{\"institution\":\"26000\",\"number\":\"100250881102000000\",\"confirmation\":\"0000\",\"division\":\"334\"}", read["fields"]);
        Assert.Null((await Read(city, "26000 100250881102000000 0001 334"))["receivable"]);
    }

    [Theory]
    [InlineData("900081818812345678904321", "{\"form\":\"barcode\",\"brand\":\"paypay\",\"applications\":[]}", null)]
    [InlineData("900099991234567890123", "{\"form\":\"barcode\",\"brand\":null,\"applications\":[]}", "unknown-brand")]
    [InlineData("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", "{\"form\":\"emvQr\",\"brand\":null,\"applications\":[\"A0000000555555\"]}", "unknown-brand")]
    public async Task A_customers_code_is_told_and_never_shown(string code, string fields, string? problem)
    {
        await using var city = await City.Open();
        var read = await Read(city, code);
        Assert.Equal(("customerCode", fields), (read["kind"], read["fields"]));
        Assert.Equal(problem is null ? [] : [problem], Problems(read));
        Assert.DoesNotContain(code[4..^4], read.Text, StringComparison.Ordinal);
        Assert.Equal($"{code[..4]}…{code[^4..]}", read["masked"]);
    }

    [Fact]
    public async Task A_stores_code_is_no_bill()
    {
        await using var city = await City.Open();
        var code = ((Built<StoreCode>.Made)StoreCode.Build([new("01", "11"), new("53", "392"), new("58", "JP"), new("59", "MIHON"), new("60", "MIHON")])).Value.Text;
        var read = await Read(city, code);
        Assert.Equal("storeCode", read["kind"]);
        Assert.Equal(["store-code"], Problems(read));
    }

    [Theory]
    [InlineData("4111 1111 1111 1111", "card-number")]
    [InlineData("13800-0000000000555500000-123456-999", "wrong-length")]
    [InlineData("0002015901A6304FFFF", "wrong-crc")]
    [InlineData("0002015903A6304FFFF", "wrong-structure")]
    [InlineData("hQVDUFYw", "wrong-structure")]
    public async Task Each_broken_code_has_its_own_problem(string code, string problem)
    {
        await using var city = await City.Open();
        var read = await Read(city, code);
        Assert.Equal("unknown", read["kind"]);
        Assert.Equal([problem], Problems(read));
    }

    [Theory]
    [InlineData("slip", "/aliases/0/value unreadable")]
    [InlineData("elqr", "/aliases/0/value unreadable")]
    [InlineData("payeasy", "/aliases/0/value unreadable")]
    public async Task An_alias_that_is_not_of_its_kind_is_refused(string type, string violation)
    {
        await using var city = await City.Open();
        var body = BillBody(null, null, null, new { type, value = "900081818812345678904321" });
        Assert.Equal([violation], (await city.Post("/v1/receivables", body)).Violations);
    }

    [Fact]
    public async Task An_el_qr_over_another_sum_is_refused_as_an_alias()
    {
        await using var city = await City.Open();
        var other = ((Built<ElQr>.Made)ElQr.Build(Parts with { Amount = 12_000 })).Value.Digits;
        Assert.Equal(["/aliases/0 amount-differs"], (await city.Post("/v1/receivables", BillBody(null, other, null))).Violations);
    }

    private static readonly ElQrParts Parts = new()
    {
        CaseKey = "00000000005555000001",
        Confirmation = "123456",
        Item = "999",
        Organisation = "99999",
        Amount = 12_300,
        AssessmentYear = 2026,
        TaxYear = 2026,
        Term = "01",
        DueDate = new DateOnly(2026, 12, 25),
        PayBy = new DateOnly(2027, 3, 31),
    };

    private static readonly string WithElQr = ((Built<ElQr>.Made)ElQr.Build(Parts)).Value.Digits;

    private const string Number = "13800-00000000005555000001-123456-999";

    private static async Task<string> Message(City city, string? language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/codes/read") { Content = new StringContent("{\"code\":\"\"}", System.Text.Encoding.UTF8, "application/json") };
        if (language is not null) request.Headers.Add("Accept-Language", language);
        using var response = await city.Till.SendAsync(request);
        return (await Answer.Of(response)).Json.GetProperty("problems")[0].GetProperty("message").GetString()!;
    }

    private static Task<Answer> Read(City city, string code) => city.Post("/v1/codes/read", new { code });

    private static async Task<Answer> Bill(City city, string slip, string? payBy = null, string? elQr = null)
    {
        var bill = await city.Post("/v1/receivables", BillBody(slip, elQr, null, payBy: payBy));
        Assert.Equal(201, bill.Status);
        return bill;
    }

    private static object BillBody(string? slip, string? elQr, string? payEasy, object? other = null, string? payBy = null) => new
    {
        kind = "bill",
        place = "service-ekimae",
        title = "固定資産税",
        payBy,
        lines = new[] { new { revenueAccount = "01-01-02-01-01-00", description = "固定資産税", quantity = 1, unitAmount = 12_300, taxClass = "outOfScope", fiscalYear = 2026 } },
        aliases = new[] { Named("slip", slip), Named("elqr", elQr), Named("payeasy", payEasy), other }.Where(alias => alias is not null),
    };

    private static object? Named(string type, string? value) => value is null ? null : new { type, value };

    private static IEnumerable<string?> Problems(Answer read) => read.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString());
}
