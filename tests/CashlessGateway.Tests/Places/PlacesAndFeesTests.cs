using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Places;

public sealed class PlacesAndFeesTests
{
    [Fact]
    public async Task A_place_tells_how_one_can_pay_there_and_whether_its_day_is_open()
    {
        await using var city = await City.Open();
        const string Expected = "{\"code\":\"shimin-1\",\"kind\":\"counter\",\"name\":\"市民課 1番窓口\",\"section\":\"市民課\",\"manager\":null,\"dayControl\":\"automatic\",\"methods\":[{\"method\":\"cash\",\"presentation\":\"counter\",\"brands\":[],\"provider\":null,\"available\":true,\"unavailable\":null,\"announced\":[]}],\"day\":{\"date\":\"2026-11-21\",\"state\":\"notOpened\"}}";

        Assert.Equal(Expected, (await city.Get("/v1/places/shimin-1")).Text);
        Assert.Equal(Expected, (await city.Get("/v1/places")).Json.GetProperty("items")[0].GetRawText());
        await city.Sell();
        Assert.Equal(Expected.Replace("notOpened", "open", StringComparison.Ordinal), (await city.Get("/v1/places/shimin-1")).Text);
        Assert.Equal((404, "not-found"), Outcome(await city.Get("/v1/places/nowhere")));
    }

    [Fact]
    public async Task A_place_that_is_not_in_use_any_more_takes_no_method()
    {
        await using var city = await City.Open();
        await city.Run(new Sql("update place set closes_on = '2026-11-20' where code = @code"), new { code = "shimin-1" });
        Assert.Equal("[]", (await city.Get("/v1/places/shimin-1"))["methods"]);
    }

    [Fact]
    public async Task A_key_that_is_limited_to_places_sees_and_uses_no_other()
    {
        await using var city = await City.Open();
        var id = city.Of<Ids>().Next();
        var key = await city.Of<ApiClients>().Create(City.Code, id, "one place", "demo", Scopes.AllButApproval, 1000);
        await city.Run(new Sql("update api_client set places = 'shisanzei-1' where municipality = @city and id = @id"), new { city = City.Code, id });
        using var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Text);

        Assert.Equal(["shisanzei-1"], Codes(await city.Get("/v1/places", client)));
        Assert.Equal(["pos-04"], Codes(await city.Get("/v1/terminals", client)));
        Assert.Equal((403, "place-not-allowed"), Outcome(await city.Get("/v1/places/shimin-1", client)));
        Assert.Equal((403, "place-not-allowed"), Outcome(await city.Get("/v1/fees?place=shimin-1", client)));
        Assert.Equal((403, "place-not-allowed"), Outcome(await city.Get("/v1/places/shimin-1/days/2026-11-21", client)));
        Assert.Equal((403, "place-not-allowed"), Outcome(await City.Send(client, "/v1/terminals", new { code = "pos-99", place = "shimin-1", name = "x", kind = "pos" }, null)));
        Assert.Equal((403, "place-not-allowed"), Outcome(await City.Send(client, "/v1/places/shimin-1/sessions", new { drawer = "pos-01", floatAmount = 0 }, null)));
    }

    [Theory, EachEngine]
    public async Task A_terminal_is_registered_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        var terminal = new { code = "kiosk-1", place = "bijutsukan", name = "美術館 券売機", kind = "kiosk" };

        var added = await city.Post("/v1/terminals", terminal);

        Assert.Equal((201, "{\"code\":\"kiosk-1\",\"place\":\"bijutsukan\",\"name\":\"美術館 券売機\",\"kind\":\"kiosk\"}"), (added.Status, added.Text));
        Assert.Equal((409, "code-in-use"), Outcome(await city.Post("/v1/terminals", terminal)));
        Assert.Contains("kiosk-1", Codes(await city.Get("/v1/terminals")));
    }

    [Fact]
    public async Task A_wrong_terminal_names_all_that_is_wrong()
    {
        await using var city = await City.Open();
        var refused = await city.Post("/v1/terminals", new { code = "レジ", place = "shimin-1", kind = "phone" });
        Assert.Equal(["/code not-a-code", "/name missing", "/kind not-allowed"], refused.Violations);
        Assert.Equal((422, "unknown-place"), Outcome(await city.Post("/v1/terminals", new { code = "pos-98", place = "nowhere", name = "x", kind = "pos" })));
    }

    [Theory, EachEngine]
    public async Task A_place_charges_its_own_fees_at_the_price_of_the_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        var (now, before, gym) = (await city.Get("/v1/fees?place=shimin-1"), await city.Get("/v1/fees?place=shimin-1&date=2026-03-31"), await city.Get("/v1/fees?place=taiikukan-sogo"));

        Assert.Equal("{\"code\":\"juminhyo\",\"name\":\"住民票の写し\",\"kana\":\"ジュウミンヒョウノウツシ\",\"unitAmount\":300,\"revenueAccount\":\"01-13-02-01-03-00\",\"taxClass\":\"exempt\",\"methods\":[\"qr\",\"emoney\",\"card\",\"cash\"],\"validFrom\":\"2026-04-01\",\"validTo\":null,\"section\":\"市民課\",\"stepPeople\":5,\"favourite\":true}", Item(now, "juminhyo"));
        Assert.Contains("\"unitAmount\":250", Item(before, "juminhyo"), StringComparison.Ordinal);
        Assert.Contains("kagi-hosho", Codes(gym));
        Assert.DoesNotContain("juminhyo", Codes(gym));
    }

    [Theory]
    [InlineData("/v1/fees", "?place missing")]
    [InlineData("/v1/fees?place=shimin-1&date=2026-02-30", "?date not-a-date")]
    [InlineData("/v1/fees?place=shimin-1&day=2026-02-01", "?day unknown-parameter")]
    public async Task A_wrong_question_about_fees_is_named(string path, string violation)
    {
        await using var city = await City.Open();
        var refused = await city.Get(path);
        Assert.Equal((400, "invalid-parameter"), Outcome(refused));
        Assert.Equal([violation], refused.Violations);
    }

    [Fact]
    public async Task Fees_of_a_place_that_does_not_exist_are_not_found()
    {
        await using var city = await City.Open();
        Assert.Equal((404, "not-found"), Outcome(await city.Get("/v1/fees?place=nowhere")));
    }

    private static string Item(Answer list, string code) => list.Json.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("code").GetString() == code).GetRawText();

    private static IEnumerable<string?> Codes(Answer list) => list.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString());

    private static (int, string?) Outcome(Answer answer) => (answer.Status, answer.Code);
}
