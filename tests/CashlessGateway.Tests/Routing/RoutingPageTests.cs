using System.Text.Json;
using CashlessGateway.Access.Roles;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Routing;

/// <summary>What people stop, announce and designate, and what a till sees of it at once.</summary>
public sealed class RoutingPageTests
{
    [Fact]
    public async Task A_stop_holds_from_the_moment_it_is_set_until_it_is_lifted_and_lets_refunds_go_on()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var manager = desk.As(await desk.Person(Role.CounterManager));
        var paid = await Paid(city);
        Assert.Equal(303, (await Desk.Post(manager, "/admin/routing?handler=Stop", ("provider", ""), ("method", "qr"), ("place", "shimin-1"), ("reason", "障害の調査"))).Status);

        var refused = await city.SellByQr();
        Assert.Equal((409, "method-stopped"), (refused.Status, refused.Code));
        Assert.Contains("障害の調査", refused.Text, StringComparison.Ordinal);
        Assert.Equal(201, (await city.SellByQr(place: "shisanzei-1")).Status);
        var qr = Method(await city.Get("/v1/places/shimin-1"), "qr");
        Assert.False(qr.GetProperty("available").GetBoolean());
        Assert.Equal("method-stopped", qr.GetProperty("unavailable").GetProperty("code").GetString());
        Assert.Equal(201, (await city.Post($"/v1/payments/{paid}/refunds", new { reason = "打ち間違い" })).Status);

        var page = await Desk.Get(manager, "/admin/routing");
        Assert.Contains("障害の調査", page.Text, StringComparison.Ordinal);
        var row = page.Text[(page.Text.IndexOf("name=\"row\" value=\"", StringComparison.Ordinal) + 18)..][..26];
        Assert.Equal(303, (await Desk.Post(manager, "/admin/routing?handler=Lift", ("row", row))).Status);
        Assert.Equal(201, (await city.SellByQr()).Status);
        Assert.Equal(404, (await Desk.Post(manager, "/admin/routing?handler=Lift", ("row", row))).Status);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task Whoever_has_one_place_stops_no_other_and_an_auditor_stops_nothing()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var one = desk.As(await desk.Person(Role.CounterManager, "shimin-1"));
        Assert.Equal(403, (await Desk.Post(one, "/admin/routing?handler=Stop", ("provider", "paypay-main"), ("place", ""), ("reason", "x"))).Status);
        Assert.Equal(403, (await Desk.Post(one, "/admin/routing?handler=Stop", ("provider", ""), ("place", "shisanzei-1"), ("reason", "x"))).Status);
        Assert.Equal(303, (await Desk.Post(one, "/admin/routing?handler=Stop", ("provider", ""), ("place", "shimin-1"), ("reason", "x"))).Status);
        using var auditor = desk.As(await desk.Person(Role.Auditor));
        Assert.Equal(403, (await Desk.Post(auditor, "/admin/routing?handler=Stop", ("provider", ""), ("place", "shimin-1"), ("reason", "x"))).Status);
        Assert.Equal(200, (await Desk.Get(auditor, "/admin/routing")).Status);
    }

    [Fact]
    public async Task Maintenance_is_shown_beforehand_and_refused_while_it_goes_on()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var treasurer = desk.As(await desk.Person(Role.Treasury));
        city.Time.Set(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(303, (await Desk.Post(treasurer, "/admin/routing?handler=Announce", ("contract", "paypay-main"), ("beginsOn", "2026-11-21"), ("beginsAt", "23:30"), ("endsOn", "2026-11-22"), ("endsAt", "01:00"), ("words", "定期メンテナンス"))).Status);
        var qr = Method(await city.Get("/v1/places/shimin-1"), "qr");
        Assert.True(qr.GetProperty("available").GetBoolean());
        Assert.Equal("定期メンテナンス", qr.GetProperty("announced")[0].GetProperty("detail").GetString());
        Assert.Equal(201, (await city.SellByQr()).Status);

        city.Time.Set(new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(9)));
        var refused = await city.SellByQr();
        Assert.Equal((409, "method-closed"), (refused.Status, refused.Code));
        Assert.Contains("01:00", refused.Text, StringComparison.Ordinal);
        city.Time.Set(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(201, (await city.SellByQr()).Status);
    }

    [Fact]
    public async Task A_designation_that_ended_yesterday_takes_nothing_more_and_old_payments_are_refunded()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        var paid = await Paid(city);
        var id = await city.Of<CashlessGateway.Storage.Database>().One<string>(new CashlessGateway.Storage.Sql("select id from designation where municipality = @municipality and provider = 'paypay-main'"), new { municipality = City.Code });
        Assert.Equal(303, (await Desk.Post(admin, "/admin/routing?handler=End", ("row", id!), ("lastDay", "2026-11-20"))).Status);

        var refused = await city.SellByQr();
        Assert.Equal((422, "not-designated"), (refused.Status, refused.Code));
        Assert.Equal(["/receivable/lines/0 not-designated"], refused.Violations);
        Assert.DoesNotContain((await city.Get("/v1/places/shimin-1")).Json.GetProperty("methods").EnumerateArray(), static method => method.GetProperty("provider").GetString() == "paypay-main");
        var asked = await city.Post($"/v1/payments/{paid}/refunds", new { reason = "過納", way = "refund" });
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{asked.Id}/approve"))["status"]);

        Assert.Equal(303, (await Desk.Post(admin, "/admin/routing?handler=Designate", ("designated", "paypay-main"), ("kind", "publicMoneyAgent"), ("account", ""), ("noticeNumber", "第99号"), ("noticeDate", "2026-11-21"), ("validFrom", "2026-11-21"))).Status);
        Assert.Equal(201, (await city.SellByQr()).Status);
        Assert.Equal(422, (await Desk.Post(admin, "/admin/routing?handler=Designate", ("designated", "paypay-main"), ("kind", "publicMoneyAgent"), ("account", "no-such"), ("noticeNumber", "1"), ("noticeDate", "2026-11-21"), ("validFrom", "2026-11-21"))).Status);
    }

    [Fact]
    public async Task Ways_to_pay_of_a_place_are_changed_on_its_page()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Task<Answer> Set(string methods) => Desk.Post(admin, "/admin/places?handler=Methods", ("row", "shimin-1/methods"), ("methods", methods));
        Assert.Equal(422, (await Set("cash qr")).Status);
        Assert.Equal(422, (await Set("qr:merchantCode:paypay@nobody")).Status);
        Assert.Equal(422, (await Set("card:terminal:*@paypay-main")).Status);
        Assert.Equal(422, (await Set("qr:merchantCode:edy@paypay-main")).Status);
        Assert.Equal(303, (await Set("cash")).Status);
        Assert.Equal(422, (await city.SellByQr()).Status);
        Assert.Equal(303, (await Set("qr:merchantCode:*@paypay-main\r\ncash")).Status);
        Assert.Equal(201, (await city.SellByQr()).Status);
    }

    [Fact]
    public async Task Rules_of_brands_are_told_before_they_are_needed()
    {
        await using var city = await City.Open();
        var brands = (await city.Get("/v1/brands")).Json.GetProperty("items").EnumerateArray().ToDictionary(static brand => brand.GetProperty("code").GetString()!);
        Assert.False(brands["jcoin"].GetProperty("offered").GetBoolean());
        Assert.Equal("lastOnTerminal", brands["suica"].GetProperty("undo").GetProperty("rule").GetString());
        Assert.Equal(55, brands["suica"].GetProperty("doubt").GetProperty("days").GetInt32());
        Assert.Equal(60, brands["quicpay"].GetProperty("undo").GetProperty("days").GetInt32());
        Assert.Contains("55日以内", brands["suica"].GetProperty("doubt").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Method(Answer place, string method) => place.Json.GetProperty("methods").EnumerateArray().Single(each => each.GetProperty("method").GetString() == method && each.GetProperty("presentation").GetString() == "merchantCode");

    private static async Task<string> Paid(City city)
    {
        var sale = await city.SellByQr();
        var payment = sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
        Assert.True(city.Provider.Pay(payment));
        await city.AskProviders(TimeSpan.FromSeconds(5));
        Assert.Equal("captured", (await city.Get($"/v1/payments/{payment}"))["status"]);
        return payment;
    }
}
