using System.Text.Json;
using System.Text.RegularExpressions;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Fees;

/// <summary>Changes of the catalogue as two people make them on the pages, and what a till sees of them on which day.</summary>
public sealed partial class FeeProposalTests
{
    private static readonly (string, string)[] Juminhyo =
    [
        ("row", "content"), ("shown", "2026-04-01"), ("unitAmount", "300"), ("validFrom", "2027-01-01"), ("name", "住民票の写し"), ("kana", "ジュウミンヒョウノウツシ"), ("stepPeople", "5"),
        ("revenueAccount", "01-13-02-01-03-00"), ("taxClass", "exempt"), ("section", "市民課"), ("places", "*counter"), ("methods", "qr"), ("methods", "emoney"), ("methods", "card"), ("methods", "cash"),
    ];

    [Theory, EachEngine]
    public async Task A_new_price_takes_two_people_and_holds_from_its_day_on(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/items/juminhyo?handler=Price", ("row", "price"), ("unitAmount", "３５０"), ("validFrom", "2027-04-01"), ("reason", "条例改正"))).Status);
        Assert.Equal(300, await Price(city, "2027-04-01"));
        Assert.Equal(403, await two.Approve(two.Maker));
        Assert.Equal(403, await two.Approve(two.OtherMaker));
        var seen = (await Desk.Get(two.Checker, "/admin/proposals")).Text;
        Assert.Contains("300円 → 350円", seen, StringComparison.Ordinal);
        Assert.Equal(303, await two.Approve(two.Checker));

        Assert.Equal((250, 300, 300, 350), (await Price(city, "2026-03-31"), await Price(city, "2026-11-21"), await Price(city, "2027-03-31"), await Price(city, "2027-04-01")));
        Assert.Equal(300, (await city.OweCertificates(1)).Number("amount"));
        city.Time.Set(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(350, (await city.OweCertificates(1)).Number("amount"));
        var trail = await city.Get("/v1/audit?action=fees-changed", city.Approver);
        Assert.Equal("350円", trail.Json.GetProperty("items")[0].GetProperty("after").GetProperty("unitAmount").GetString());
    }

    [Theory, EachEngine]
    public async Task A_new_item_is_sold_once_it_is_approved_and_no_sooner(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await Two.At(city);
        (string, string)[] item =
        [
            ("row", "content"), ("code", "ijushien"), ("name", "移住支援証明書"), ("kana", "いじゅうしえんしょうめいしょ"), ("unitAmount", "200"), ("validFrom", "2026-11-21"), ("stepPeople", ""),
            ("revenueAccount", "01-13-02-01-04-03"), ("taxClass", "exempt"), ("section", "市民課"), ("places", "shimin-1 \r\n gyosei-kita"), ("methods", "cash"),
        ];
        Assert.Equal(303, (await two.Ask("/admin/fees/new?handler=Propose", item)).Status);
        Assert.Equal(409, (await two.Ask("/admin/fees/new?handler=Propose", item)).Status);
        Assert.Equal(["/lines/0/fee unknown-fee"], (await city.Owe(new { fee = "ijushien" })).Violations);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal(200, (await city.Owe(new { fee = "ijushien" })).Number("amount"));
        var shown = (await city.Get("/v1/fees?place=shimin-1&q=" + Uri.EscapeDataString("イジュウシエン"))).Json.GetProperty("items")[0];
        Assert.Equal(("[\"cash\"]", "2026-11-21"), (shown.GetProperty("methods").GetRawText(), shown.GetProperty("validFrom").GetString()));
        Assert.Equal(422, (await two.Ask("/admin/fees/new?handler=Propose", item)).Status);
    }

    [Theory, EachEngine]
    public async Task Attributes_change_by_date_and_a_past_day_shows_the_catalogue_of_that_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/items/juminhyo?handler=Price", ("row", "price"), ("unitAmount", "350"), ("validFrom", "2027-04-01"))).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal(303, (await two.Ask("/admin/fees/items/juminhyo?handler=Content", [.. Juminhyo.Where(static field => field.Item1 is not ("name" or "stepPeople")), ("name", "住民票"), ("stepPeople", "10")])).Status);
        Assert.Equal(303, await two.Approve(two.Checker));

        string Says(JsonElement fee) => $"{fee.GetProperty("name").GetString()} {fee.GetProperty("unitAmount").GetInt64()} {fee.GetProperty("stepPeople")} {fee.GetProperty("validFrom").GetString()}–{fee.GetProperty("validTo").GetString()}";
        Assert.Equal("住民票の写し 300 5 2026-04-01–2026-12-31", Says(await Fee(city, "2026-11-21")));
        Assert.Equal("住民票 300 10 2027-01-01–2027-03-31", Says(await Fee(city, "2027-01-01")));
        Assert.Equal("住民票 350 10 2027-04-01–", Says(await Fee(city, "2028-01-01")));
        Assert.Equal("住民票の写し 250 5 2022-04-01–2026-03-31", Says(await Fee(city, "2026-03-31")));
        var page = (await Desk.Get(two.Maker, "/admin/fees/items/juminhyo")).Text;
        Assert.Contains("人数の刻み: 5 → 10", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_ended_is_charged_up_to_its_last_day()
    {
        await using var city = await City.Open();
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/items/kaiso?handler=End", ("row", "end"), ("lastDay", "2026-11-21"))).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal(201, (await city.Owe(new { fee = "kaiso" })).Status);
        city.Time.Set(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(["/lines/0/fee unknown-fee"], (await city.Owe(new { fee = "kaiso" })).Violations);
    }

    [Theory]
    [InlineData("Price", "unitAmount", "350", "validFrom", "2026-11-21")]
    [InlineData("Price", "unitAmount", "300", "validFrom", "2027-04-01")]
    [InlineData("Price", "unitAmount", "-1", "validFrom", "2027-04-01")]
    [InlineData("Price", "unitAmount", "350", "validFrom", "")]
    [InlineData("End", "lastDay", "2026-11-20", "reason", "")]
    public async Task What_cannot_be_is_refused_when_it_is_asked_for(string handler, string name, string value, string other, string otherValue)
    {
        await using var city = await City.Open();
        var two = await Two.At(city);
        Assert.Equal(422, (await two.Ask($"/admin/fees/items/juminhyo?handler={handler}", ("row", handler == "End" ? "end" : "price"), (name, value), (other, otherValue))).Status);
    }

    /// <summary>Nobody may learn of a price after it has been asked for.</summary>
    [Theory, EachEngine]
    public async Task A_price_whose_day_has_come_before_its_approval_is_refused_and_stays_open(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/items/juminhyo?handler=Price", ("row", "price"), ("unitAmount", "350"), ("validFrom", "2026-11-23"))).Status);
        city.Time.Set(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(422, await two.Approve(two.Checker));
        Assert.Equal(300, (await city.OweCertificates(1)).Number("amount"));
        Assert.Single(await city.Of<Proposals>().Open(City.Code));
    }

    /// <summary>Two proposals about one item reach the catalogue one after the other, however close they are approved.</summary>
    [Theory, EachEngine]
    public async Task Approvals_at_the_same_moment_leave_one_price_a_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        var content = (await city.Gateway.Database.Read(reader => FeeStore.All(reader, City.Code, BusinessDate.Of(2026, 11, 21)))).Single(static item => item.Code == "koseki").Content;
        var now = city.Of<Clock>().Now();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(month => city.Gateway.Database.WriteSurely(
            unit => ApplyFees.Apply(unit, City.Code, new FeeOrder(FeeChange.Of("koseki", BusinessDate.Of(2027, month, 1), content with { UnitAmount = new Yen(450 + month) }), content, null, null), Approval.Of("test", now), BusinessDate.Of(now)), ReadBack.SafeToRepeat)));
        Assert.All(answers, Assert.Null);
        var versions = (await city.Gateway.Database.Read(reader => FeeStore.Timelines(reader, City.Code, ["koseki"])))["koseki"];
        Assert.Equal(9, versions.Count);
        Assert.All(versions.Zip(versions.Skip(1)), static pair => Assert.Equal(pair.Second.ValidFrom, pair.First.ValidTo!.Value.AddDays(1)));
        Assert.Equal(Enumerable.Range(1, 8).Select(static month => 450L + month), versions.Skip(1).Select(static version => version.UnitAmount.Value));
    }

    [Theory, EachEngine]
    public async Task A_ground_is_added_and_ended_by_two(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/grounds?handler=Add", ("row", "new"), ("code", "G20"), ("name", "避難者"), ("article", "見本市規則第9条"), ("kind", "exempt"), ("rate", ""), ("fees", "juminhyo"), ("decisionRequired", "0"), ("stamp", ""), ("validFrom", "2026-11-21"), ("validTo", ""))).Status);
        Task<Answer> Waive() => city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G20" } } });
        Assert.Equal(422, (await Waive()).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal(201, (await Waive()).Status);
        Assert.Equal(303, (await two.Ask("/admin/fees/grounds?handler=End", ("row", "G20/2026-11-21"), ("lastDay", "2026-11-30"))).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        city.Time.Set(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(["/reductions/0/groundCode not-in-force"], (await Waive()).Violations);
    }

    [Fact]
    public async Task Whoever_only_looks_on_proposes_nothing_and_of_another_city_nothing_is_seen()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        await desk.AddOtherCity();
        using var auditor = desk.As(await desk.Person(Role.Auditor));
        using var stranger = desk.As(await desk.Person(Role.Admin, municipality: Desk.Other), Desk.Other);
        using var local = desk.As(await desk.Person(Role.Treasury, "shimin-1"));
        Assert.Equal(200, (await Desk.Get(auditor, "/admin/fees/items/juminhyo")).Status);
        (string, string)[] price = [("row", "price"), ("unitAmount", "350"), ("validFrom", "2027-04-01")];
        Assert.Equal(403, (await Desk.Post(auditor, "/admin/fees/items/juminhyo?handler=Price", price)).Status);
        Assert.Equal(403, (await Desk.Post(local, "/admin/fees/items/juminhyo?handler=Price", price)).Status);
        Assert.Equal(404, (await Desk.Get(stranger, "/admin/fees/items/juminhyo")).Status);
        Assert.Equal(404, (await Desk.Post(stranger, "/admin/fees/items/juminhyo?handler=Price", price)).Status);
        Assert.DoesNotContain("juminhyo", (await Desk.Get(stranger, "/admin/fees")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("G01", (await Desk.Get(stranger, "/admin/fees/grounds")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_finds_by_what_is_typed_and_says_what_comes()
    {
        await using var city = await City.Open();
        var two = await Two.At(city);
        Assert.Equal(303, (await two.Ask("/admin/fees/items/inkan?handler=Price", ("row", "price"), ("unitAmount", "400"), ("validFrom", "2027-04-01"))).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        var page = (await Desk.Get(two.Maker, "/admin/fees?q=" + Uri.EscapeDataString("いんかん") + "&place=shimin-1")).Text;
        Assert.Contains("2件（全36件）", page, StringComparison.Ordinal);
        Assert.Contains("2027-04-01 に変更 400円", page, StringComparison.Ordinal);
        Assert.DoesNotContain("juminhyo", page, StringComparison.Ordinal);
        Assert.Contains("見つかりません", (await Desk.Get(two.Maker, "/admin/fees?q=zzz")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing found", (await Desk.Get(two.Maker, "/admin/fees?q=zzz&lang=en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Favourites_are_added_moved_and_removed_on_their_page()
    {
        await using var city = await City.Open();
        var two = await Two.At(city);
        async Task<string> First() => string.Join(' ', (await city.Get("/v1/fees?place=gyosei-kita")).Json.GetProperty("items").EnumerateArray().Where(static fee => fee.GetProperty("favourite").GetBoolean()).Select(static fee => fee.GetProperty("code").GetString()));
        Assert.Equal(303, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Add", ("row", "inkan"))).Status);
        Assert.Equal(303, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Add", ("row", "juminhyo"))).Status);
        Assert.Equal(303, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Add", ("row", "juminhyo"))).Status);
        Assert.Equal("inkan juminhyo", await First());
        Assert.Equal(303, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Up", ("row", "juminhyo"))).Status);
        Assert.Equal("juminhyo inkan", await First());
        Assert.Equal(303, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Remove", ("row", "juminhyo"))).Status);
        Assert.Equal("inkan", await First());
        Assert.Equal(422, (await two.Ask("/admin/fees/favourites/gyosei-kita?handler=Add", ("row", "tennis"))).Status);
        Assert.Equal(404, (await Desk.Get(two.Maker, "/admin/fees/favourites/nowhere")).Status);
    }

    private static async Task<JsonElement> Fee(City city, string day) =>
        (await city.Get($"/v1/fees?place=shimin-1&date={day}")).Json.GetProperty("items").EnumerateArray().Single(static fee => fee.GetProperty("code").GetString() == "juminhyo");

    private static async Task<long> Price(City city, string day) => (await Fee(city, day)).GetProperty("unitAmount").GetInt64();

    /// <summary>Who asks, and who decides.</summary>
    internal sealed partial record Two(City City, HttpClient Maker, HttpClient OtherMaker, HttpClient Checker)
    {
        public static async Task<Two> At(City city)
        {
            var desk = new Desk(city);
            return new Two(city, desk.As(await desk.Person(Role.Treasury)), desk.As(await desk.Person(Role.Admin)), desk.As(await desk.Person(Role.TreasuryApprover)));
        }

        public Task<Answer> Ask(string path, params (string, string)[] fields) => Desk.Post(Maker, path, fields);

        /// <summary>The one that waits.</summary>
        public async Task<int> Approve(HttpClient by)
        {
            var open = Assert.Single(await City.Of<Proposals>().Open(CashlessGateway.Tests.City.Code));
            return (await Desk.Post(by, "/admin/proposals?handler=Approve", ("row", open.Id), ("version", "1"))).Status;
        }
    }
}
