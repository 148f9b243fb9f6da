using System.Net.Http.Headers;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Web;

/// <summary>A city never sees another's rows, whatever id it sends; a key without the right, or half a key, opens nothing.</summary>
public sealed class IsolationTests
{
    private const string Other = "131016";

    [Theory, EachEngine]
    public async Task Ids_of_another_municipality_are_not_found_on_any_route(Engine engine)
    {
        await using var city = await City.Open(engine);
        var sale = await city.Sell();
        var payment = sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        var session = sale.Json.GetProperty("payment").GetProperty("session").GetString()!;
        await city.Post($"/v1/places/shimin-1/sessions/{session}/close", new { countedAmount = 700, reason = "x", terminalTotals = new[] { new { method = "card", count = 1, amount = 1 } }, closeDay = true });
        var (found, waiting) = (await city.Get("/v1/exceptions"), await city.Get("/v1/unfinished"));
        string IdOf(Answer answer, string list) => answer.Json.GetProperty(list)[0].GetProperty("id").GetString()!;
        var refund = (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" })).Id;
        using var stranger = await Stranger(city);

        foreach (var operation in Operations.All(city.Gateway.App.Services).Where(operation => operation.Pattern.Contains("{id}", StringComparison.Ordinal)))
        {
            var id = operation.Pattern.Split('/')[^(operation.Pattern.EndsWith("{id}", StringComparison.Ordinal) ? 2 : 3)] switch
            {
                "refunds" => refund,
                "payments" => payment,
                "sessions" => session,
                "exceptions" => IdOf(found, "items"),
                "cash-reports" => IdOf(waiting, "cashReports"),
                "pay-ins" => IdOf(waiting, "payIns"),
                _ => receivable,
            };
            var path = operation.Pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{code}", "shimin-1", StringComparison.Ordinal);
            var answer = await Ask(city, stranger, operation, path, Body(path));
            Assert.True(answer.Status == 404, $"{operation.Method} {path}: {answer.Status} {answer.Text}");
        }

        Assert.Empty((await city.Get("/v1/payments", stranger)).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await city.Get("/v1/receivables", stranger)).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await city.Get("/v1/journal", stranger)).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await city.Get("/v1/balances?asOf=2999-12-31", stranger)).Json.GetProperty("accounts").EnumerateArray());
        Assert.Empty((await city.Get("/v1/places", stranger)).Json.GetProperty("items").EnumerateArray());
        var paid = await City.Send(stranger, "/v1/payments", new { receivable, place = "shimin-1", method = "cash" }, "k");
        Assert.Equal((404, "not-found"), (paid.Status, paid.Code));
    }

    [Fact]
    public async Task Every_route_refuses_a_call_without_a_key_and_one_without_its_scope()
    {
        await using var city = await City.Open();
        using var powerless = await Client(city, City.Code, []);
        foreach (var operation in Operations.All(city.Gateway.App.Services))
        {
            var path = operation.Pattern.Replace("{id}", "x", StringComparison.Ordinal).Replace("{code}", "shimin-1", StringComparison.Ordinal).Replace("{date}", "2026-11-21", StringComparison.Ordinal);
            var anonymous = await Ask(city, city.Nobody, operation, path, new { });
            Assert.Equal((401, "key-missing"), (anonymous.Status, anonymous.Code));
            var refused = await Ask(city, powerless, operation, path, new { });
            Assert.Equal((403, "scope-missing"), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task A_truncated_key_is_told_apart_from_a_wrong_one_and_one_of_another_environment()
    {
        await using var city = await City.Open();
        async Task<string?> With(string key)
        {
            using var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return (await city.Get("/v1/places", client)).Code;
        }

        var till = city.Gateway.DemoKeys!.Till;
        Assert.Equal("key-malformed", await With(till[..^1]));
        Assert.Equal("key-malformed", await With(till[..^1] + (till[^1] == 'a' ? 'b' : 'a')));
        Assert.Equal("key-unknown", await With(ApiKey.New("demo").Text));
        Assert.Equal("key-other-environment", await With(ApiKey.New("live").Text));
        var short_ = await city.Of<ApiClients>().Create(City.Code, city.Of<Ids>().Next(), "short", "demo", Scopes.AllButApproval, 100, null, city.Of<Clock>().Now().Plus(TimeSpan.FromHours(1)));
        Assert.Null(await With(short_.Text));
        city.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("key-expired", await With(short_.Text));
    }

    [Fact]
    public async Task A_key_limited_to_a_place_sees_and_charges_only_there()
    {
        await using var city = await City.Open();
        var key = await city.Of<ApiClients>().Create(City.Code, city.Of<Ids>().Next(), "hall", "demo", Scopes.AllButApproval, 1000, ["shisanzei-1"]);
        using var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        var sale = await city.Sell();
        Assert.Equal(404, (await city.Get($"/v1/payments/{sale.Json.GetProperty("payment").GetProperty("id").GetString()}", client)).Status);
        Assert.Empty((await city.Get("/v1/payments", client)).Json.GetProperty("items").EnumerateArray());
        var refused = await City.Send(client, "/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } }, "k");
        Assert.Equal((403, "place-not-allowed"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_client_over_its_rate_is_told_when_to_come_back()
    {
        await using var city = await City.Open();
        using var slow = await Client(city, City.Code, [Scopes.PlacesRead], ratePerMinute: 6);
        var answers = new List<Answer>();
        for (var i = 0; i < 3; i++) answers.Add(await city.Get("/v1/places", slow));
        var refused = answers.Last();
        Assert.Equal((429, "too-many-requests"), (refused.Status, refused.Code));
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 20);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var city = await City.Open();
        var answer = await city.Post("/v1/receivables", "{\"title\":\"" + new string('x', 2_000_000) + "\"}");
        Assert.Equal((413, "body-too-large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_error_speaks_the_callers_language()
    {
        await using var city = await City.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/payments/pay_x");
        request.Headers.AcceptLanguage.ParseAdd("en-GB, ja;q=0.5");
        using var english = await city.Till.SendAsync(request);
        Assert.Contains("There is nothing with this id", await english.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("ありません", (await city.Get("/v1/payments/pay_x")).Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> Ask(City city, HttpClient client, Operation operation, string path, object body)
    {
        if (operation.Method == "POST") return await City.Send(client, path, body, city.NewKey());
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        using var response = await client.SendAsync(request);
        return await Answer.Of(response);
    }

    private static object Body(string path) => path switch
    {
        _ when path.EndsWith("/refunds", StringComparison.Ordinal) => new { reason = "x" },
        _ when path.EndsWith("/resolve", StringComparison.Ordinal) => new { outcome = "taken", reason = "x", evidence = "y" },
        _ when path.EndsWith("/unfinished-slip", StringComparison.Ordinal) => new { number = "1" },
        _ when path.EndsWith("/attach", StringComparison.Ordinal) => new { terminal = "pos-03", approvalNumber = "1" },
        _ when path.EndsWith("/handover", StringComparison.Ordinal) => new { @operator = "c1" },
        _ when path.EndsWith("/amend", StringComparison.Ordinal) => new { expectedVersion = 1, lines = new[] { new { fee = "juminhyo" } } },
        _ when path.EndsWith("/paid", StringComparison.Ordinal) => new { date = "2026-11-21", bankAccount = "shitei-1" },
        _ when path.EndsWith("/inspect", StringComparison.Ordinal) || path.EndsWith("/close", StringComparison.Ordinal) => new { countedAmount = 0 },
        _ when path.Contains("/exceptions/", StringComparison.Ordinal) => new { note = "x" },
        _ => new { },
    };

    private static async Task<HttpClient> Stranger(City city)
    {
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await PlaceImport.AddMunicipality(unit, Other, "別の市", city.Of<Clock>().Now());
            return true;
        }, ReadBack.SafeToRepeat);
        return await Client(city, Other, Scopes.All);
    }

    private static async Task<HttpClient> Client(City city, string municipality, IReadOnlyList<string> scopes, int ratePerMinute = 100_000)
    {
        var key = await city.Of<ApiClients>().Create(municipality, city.Of<Ids>().Next(), "test", "demo", scopes, ratePerMinute);
        var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return client;
    }
}
