using CashlessGateway.Storage;
using CashlessGateway.Tests.Places;

namespace CashlessGateway.Tests.Fees;

/// <summary>Sales of catalogue items: the first four scenarios by which a city accepts the counter, and people, grounds and favourites in between.</summary>
public sealed class FeeSaleTests
{
    private static readonly object[] Visit = [new { fee = "juminhyo", quantity = 2 }, new { fee = "koseki" }, new { fee = "jusho-kei" }];

    /// <summary>住民票300円×2＋戸籍450円＋無料の住所証明1件を、1つの会計、PayPayで.</summary>
    [Theory, EachEngine]
    public async Task Four_certificates_of_which_one_is_free_are_one_payment_on_their_accounts(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = Visit }, payment = new { method = "qr", presentation = "merchantCode" } });
        var payment = sale.Json.GetProperty("payment");
        Assert.Equal((201, 1_050L, "pending"), (sale.Status, payment.GetProperty("amount").GetInt64(), payment.GetProperty("status").GetString()));
        Assert.True(city.Provider.Pay(payment.GetProperty("id").GetString()!));
        await city.AskProviders(TimeSpan.FromSeconds(5));
        Assert.Equal("captured", (await city.Get($"/v1/payments/{payment.GetProperty("id").GetString()}"))["status"]);

        var lines = sale.Json.GetProperty("receivable").GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(4, lines.Sum(static line => line.GetProperty("quantity").GetInt64()));
        Assert.Equal((1L, 0L), (lines[2].GetProperty("quantity").GetInt64(), lines[2].GetProperty("amount").GetInt64()));
        Assert.Equal((-600, -450), (await city.Balance("revenue/01-13-02-01-03-00/"), await city.Balance("revenue/01-13-02-01-01-01/")));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task Six_people_on_one_certificate_count_as_two(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.Owe(new { fee = "juminhyo", quantity = 1, people = 6 });
        var line = owed.Json.GetProperty("lines")[0];
        Assert.Equal((600L, 2L, 6), (owed.Number("amount"), line.GetProperty("quantity").GetInt64(), line.GetProperty("people").GetInt32()));
        Assert.Equal("住民票の写し（6人）", line.GetProperty("description").GetString());
        Assert.Equal(line.GetRawText(), (await city.Get($"/v1/receivables/{owed.Id}")).Json.GetProperty("lines")[0].GetRawText());
        Assert.Equal(1_800, (await city.Owe(new { fee = "juminhyo", quantity = 2, people = 11 })).Number("amount"));
        Assert.Equal(300, (await city.Owe(new { fee = "juminhyo", people = 5 })).Number("amount"));
        Assert.Equal(300, (await city.Owe(new { fee = "juminhyo" })).Number("amount"));
        var sold = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", people = 10 } } }, payment = new { method = "cash" } });
        Assert.Equal(600, sold.Json.GetProperty("payment").GetProperty("amount").GetInt64());
        Assert.Equal(-600, await city.Balance("revenue/01-13-02-01-03-00/"));
    }

    [Theory]
    [InlineData("{\"fee\":\"koseki\",\"people\":6}", "/lines/0/people not-allowed")]
    [InlineData("{\"fee\":\"juminhyo\",\"people\":0}", "/lines/0/people out-of-range")]
    [InlineData("{\"fee\":\"juminhyo\",\"people\":1000}", "/lines/0/people out-of-range")]
    [InlineData("{\"revenueAccount\":\"01-14-01-03-02-00\",\"description\":\"x\",\"unitAmount\":1,\"people\":2}", "/lines/0/people not-allowed")]
    public async Task People_are_counted_where_the_catalogue_counts_them_and_nowhere_else(string line, string violation)
    {
        await using var city = await City.Open();
        var refused = await city.Post("/v1/receivables", $"{{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{line}]}}");
        Assert.Equal(422, refused.Status);
        Assert.Equal([violation], refused.Violations);
    }

    /// <summary>生活保護の減免: 根拠と受付番号が残り、決済要求は出ない.</summary>
    [Theory, EachEngine]
    public async Task Public_assistance_waives_the_fee_leaves_its_ground_and_asks_nobody_for_money(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var waived = await city.Post("/v1/sales", new
        {
            receivable = new
            {
                kind = "counterSale",
                place = "shimin-1",
                lines = new[] { new { fee = "juminhyo" } },
                reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01" } },
                ledgerEntry = new { receptionNumber = "R8-123", subject = "住民票の写し" },
            },
        });
        var receivable = waived.Json.GetProperty("receivable");
        Assert.Equal((201, "waived", "null"), (waived.Status, receivable.GetProperty("status").GetString(), waived.Json.GetProperty("payment").GetRawText()));
        Assert.Equal("G01", receivable.GetProperty("reductions")[0].GetProperty("groundCode").GetString());
        var id = receivable.GetProperty("id").GetString()!;
        var kept = await city.Gateway.Database.One<string>(new Sql("select body from receivable_ledger_entry where municipality = @city and receivable = @id"), new { city = City.Code, id = id["rcv_".Length..] });
        Assert.Contains("R8-123", kept, StringComparison.Ordinal);
        Assert.Empty((await city.Get($"/v1/payments?receivable={id}")).Json.GetProperty("items").EnumerateArray());
        var receipt = (await city.Get($"/v1/receivables/{id}/receipt")).Text;
        Assert.Contains("減免", receipt, StringComparison.Ordinal);
        Assert.All(["G01", "生活保護"], word => Assert.DoesNotContain(word, receipt, StringComparison.Ordinal));
    }

    /// <summary>個人番号カードの再交付: 現金だけ.</summary>
    [Fact]
    public async Task What_is_closed_to_cashless_is_paid_in_cash_alone()
    {
        await using var city = await City.OpenWithSandbox();
        object[] lines = [new { fee = "my-number-card" }];
        Task<Answer> Pay(object payment) => city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines }, payment });
        var refused = await Pay(new { method = "qr", presentation = "merchantCode" });
        Assert.Equal((422, "method-not-available"), (refused.Status, refused.Code));
        Assert.Equal(201, (await Pay(new { method = "cash" })).Status);
    }

    [Theory, EachEngine]
    public async Task A_reduction_rests_on_a_ground_that_holds_today_and_covers_the_fee(Engine engine)
    {
        await using var city = await City.Open(engine);
        async Task<IEnumerable<string>> Wrong(string fee, object reduction) =>
            (await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee } }, reductions = new[] { reduction } })).Violations;
        Assert.Equal(["/reductions/0/groundCode unknown-ground"], await Wrong("juminhyo", new { line = 0, kind = "exempt", groundCode = "X9" }));
        Assert.Equal(["/reductions/0/groundCode not-for-this-fee"], await Wrong("inkan", new { line = 0, kind = "exempt", groundCode = "G04" }));
        Assert.Equal(["/reductions/0/kind ground-differs"], await Wrong("juminhyo", new { line = 0, kind = "reduce", rate = 50, groundCode = "G01" }));
        Assert.Equal(["/reductions/0/decisionNumber missing"], await Wrong("juminhyo", new { line = 0, kind = "exempt", groundCode = "G02" }));
        Assert.Equal(["/reductions/0/groundCode not-for-this-fee", "/reductions/0/rate ground-differs"], await Wrong("juminhyo", new { line = 0, kind = "reduce", rate = 30, groundCode = "G06" }));
        await city.Run(new Sql("update fee_ground set valid_to = '2026-11-20' where municipality = @city and code = 'G01'"), new { city = City.Code });
        Assert.Equal(["/reductions/0/groundCode not-in-force"], await Wrong("juminhyo", new { line = 0, kind = "exempt", groundCode = "G01" }));
        Assert.Equal(201, (await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } }, reductions = new[] { new { line = 0, kind = "reduce", rate = 37, groundCode = "G08", decisionNumber = "K-1" } } })).Status);
    }

    [Fact]
    public async Task A_city_without_a_register_reduces_as_it_says_itself()
    {
        await using var city = await City.Open();
        await city.Run(new Sql("update fee_ground set valid_from = '2026-11-22' where municipality = @city"), new { city = City.Code });
        Assert.Equal(201, (await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "何でも" } } })).Status);
    }

    [Theory, EachEngine]
    public async Task Grounds_are_listed_for_the_place_and_the_day_with_their_stamp(Engine engine)
    {
        await using var city = await City.Open(engine);
        var here = (await city.Get("/v1/fee-grounds?place=shimin-1")).Json.GetProperty("items").EnumerateArray().ToDictionary(static ground => ground.GetProperty("code").GetString()!);
        Assert.Equal(["G01", "G02", "G03", "G04", "G05", "G08"], here.Keys);
        Assert.Equal("公的年金用", here["G03"].GetProperty("stamp").GetString());
        Assert.Equal("null", here["G01"].GetProperty("fees").GetRawText());
        Assert.Contains("G06", (await city.Get("/v1/fee-grounds?place=taiikukan-sogo")).Text, StringComparison.Ordinal);
        Assert.Empty((await city.Get("/v1/fee-grounds?place=shimin-1&date=2020-01-01")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(404, (await city.Get("/v1/fee-grounds?place=nowhere")).Status);
    }

    [Theory, EachEngine]
    public async Task A_counter_has_its_favourites_first_and_finds_the_rest(Engine engine)
    {
        await using var city = await City.Open(engine);
        async Task<string> Codes(string query) => string.Join(' ', (await city.Get($"/v1/fees?place=shimin-1{query}")).Json.GetProperty("items").EnumerateArray().Select(static fee => fee.GetProperty("code").GetString()));
        Assert.StartsWith("juminhyo inkan koseki koseki-kojin fuhyo juminhyo-kisai shotoku mibun joseki", await Codes(""), StringComparison.Ordinal);
        Assert.Equal("juminhyo-kisai", await Codes("&q=" + Uri.EscapeDataString("住民票 しょうめい")));
        var set = await city.Post("/v1/places/shimin-1/favourites", new { fees = new[] { "kaiso", "juminhyo" } });
        Assert.Equal((200, "{\"place\":\"shimin-1\",\"fees\":[\"kaiso\",\"juminhyo\"]}"), (set.Status, set.Text));
        Assert.StartsWith("kaiso juminhyo koseki ", await Codes(""), StringComparison.Ordinal);
        Assert.Equal("juminhyo juminhyo-kisai juminhyo-jo juminhyo-koiki", await Codes("&q=" + Uri.EscapeDataString("ｼﾞｭｳﾐﾝﾋｮｳ")));
        Assert.Equal(["/fees/1 not-charged-here"], (await city.Post("/v1/places/shimin-1/favourites", new { fees = new[] { "juminhyo", "tennis" } })).Violations);
        Assert.Equal(["/fees/1 not-allowed"], (await city.Post("/v1/places/shimin-1/favourites", new { fees = new[] { "juminhyo", "juminhyo" } })).Violations);
        Assert.Equal(["/fees missing"], (await city.Post("/v1/places/shimin-1/favourites", new { })).Violations);
        Assert.Equal(200, (await city.Post("/v1/places/shimin-1/favourites", new { fees = Array.Empty<string>() })).Status);
        Assert.StartsWith("koseki koseki-kojin ", await Codes(""), StringComparison.Ordinal);
    }
}
