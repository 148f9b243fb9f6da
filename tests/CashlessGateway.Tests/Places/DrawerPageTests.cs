using System.Text.RegularExpressions;
using CashlessGateway.Access.Roles;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Places;

/// <summary>開局・精算 and 日計表 as people use them, without scripts.</summary>
public sealed partial class DrawerPageTests
{
    [Fact]
    public async Task A_clerk_opens_inspects_and_closes_and_somebody_else_confirms_the_difference()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        var clerk = await Appointed(desk, Role.Clerk, "s900");
        using var page = desk.As(clerk);
        Assert.Contains("任命されていない", (await Desk.Get(desk.As(await desk.Person(Role.Clerk, "shimin-1")), "/counter/session?place=shimin-1")).Text, StringComparison.Ordinal);

        var opened = await Desk.Post(page, "/counter/session?handler=Begin", ("place", "shimin-1"), ("drawer", "pos-01"), ("operator", "s900"), ("y10000", "1"), ("y1000", "１０"), ("floatAmount", ""));
        Assert.Equal(303, opened.Status);
        var address = opened.Headers["Location"];
        var session = SessionId().Match(address).Value;
        await city.SellAt("pos-01", 2);
        Assert.Equal(303, (await Desk.Post(page, "/counter/session?handler=Inspect", ("place", "shimin-1"), ("session", session), ("y10000", "2"), ("y100", "6"), ("countedAmount", ""))).Status);

        var refused = await Desk.Post(page, "/counter/session?handler=Close", ("place", "shimin-1"), ("session", session), ("y10000", "2"), ("y100", "5"), ("countedAmount", ""), ("reason", ""));
        Assert.Equal(422, refused.Status);
        Assert.Contains("100円 足りません", refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"5\"", refused.Text, StringComparison.Ordinal);
        var closed = await Desk.Post(page, "/counter/session?handler=Close", ("place", "shimin-1"), ("session", session), ("y10000", "2"), ("y100", "5"), ("countedAmount", ""), ("reason", "釣銭の渡し間違い"), ("circumstances", "昼の交代の前後"), ("closeDay", "1"));
        Assert.Equal(303, closed.Status);
        Assert.Contains("精算しました", (await Desk.Get(page, closed.Headers["Location"])).Text, StringComparison.Ordinal);

        using var manager = desk.As(await desk.Person(Role.CounterManager, "shimin-1"));
        var day = await Desk.Get(manager, "/counter/day?place=shimin-1&date=2026-11-21");
        Assert.Contains("昼の交代の前後", day.Text, StringComparison.Ordinal);
        var report = ReportId().Match(day.Text).Value;
        Assert.Equal(403, (await Desk.Post(page, "/counter/day?handler=Confirm", ("place", "shimin-1"), ("day", "2026-11-21"), ("row", report))).Status);
        Assert.Equal(303, (await Desk.Post(manager, "/counter/day?handler=Confirm", ("place", "shimin-1"), ("day", "2026-11-21"), ("row", report))).Status);
        var slip = SlipId().Match(day.Text).Value;
        Assert.Equal(303, (await Desk.Post(page, "/counter/day?handler=Paid", ("place", "shimin-1"), ("day", "2026-11-21"), ("row", slip), ("date", "2026-11-21"), ("bankAccount", "shitei-1"))).Status);
        Assert.Equal(500, await city.Balance("deposit/shitei-1"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_managers_deputy_close_and_the_treasurys_word_on_a_slip_that_differs()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var clerk = desk.As(await Appointed(desk, Role.Clerk, "s900"));
        using var manager = desk.As(await Appointed(desk, Role.CounterManager, "s901"));
        var session = (await city.Begin()).Id;
        await city.Pending("pos-01", method: "emoney", brand: "suica");
        Assert.Contains("55日以内", (await Desk.Get(clerk, $"/counter/session?place=shimin-1&session={session}")).Text, StringComparison.Ordinal);

        (string, string)[] count = [("place", "shimin-1"), ("session", session), ("countedAmount", "20000"), ("t0method", "card"), ("t0brand", ""), ("t0provider", ""), ("t0count", "1"), ("t0amount", "500")];
        (string, string)[] deputy = [("asDeputy", "1"), ("deputyReason", "処理未了"), ("deputyOwner", "窓口係"), ("deadline", "2026-12-21")];
        Assert.Equal(422, (await Desk.Post(clerk, "/counter/session?handler=Close", count)).Status);
        Assert.Equal(403, (await Desk.Post(clerk, "/counter/session?handler=Close", [.. count, .. deputy])).Status);
        Assert.Equal(303, (await Desk.Post(manager, "/counter/session?handler=Close", [.. count, .. deputy])).Status);

        using var treasurer = desk.As(await desk.Person(Role.Treasury));
        var day = await Desk.Get(treasurer, "/counter/day?place=shimin-1");
        Assert.Contains("窓口係", day.Text, StringComparison.Ordinal);
        var id = ExceptionId().Match(day.Text).Value;
        (string, string)[] row = [("place", "shimin-1"), ("day", "2026-11-21"), ("row", id)];
        Assert.Equal(303, (await Desk.Post(manager, "/counter/day?handler=Explain", [.. row, ("note", "端末の打ち直し")])).Status);
        Assert.Equal(403, (await Desk.Post(manager, "/counter/day?handler=Approve", [.. row, ("note", "自分で")])).Status);
        Assert.Equal(303, (await Desk.Post(treasurer, "/counter/day?handler=Approve", [.. row, ("note", "控えを見た")])).Status);
        Assert.Equal("closed", (await city.Get("/v1/exceptions")).Json.GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Nobody_sees_or_closes_a_place_that_is_not_theirs()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var elsewhere = desk.As(await desk.Person(Role.CounterManager, "shisanzei-1"));
        var session = (await city.Begin()).Id;
        Assert.Equal(404, (await Desk.Get(elsewhere, "/counter/session?place=shimin-1")).Status);
        Assert.Equal(404, (await Desk.Get(elsewhere, "/counter/day?place=shimin-1")).Status);
        Assert.Equal(404, (await Desk.Get(elsewhere, "/counter/day?place=shimin-1&handler=Csv")).Status);
        Assert.Equal(404, (await Desk.Get(elsewhere, $"/counter/session?place=shisanzei-1&session={session}")).Status);
        Assert.Equal(404, (await Desk.Post(elsewhere, "/counter/session?handler=Close", ("place", "shimin-1"), ("session", session), ("countedAmount", "20000"))).Status);
        using var auditor = desk.As(await desk.Person(Role.Auditor));
        Assert.Equal(200, (await Desk.Get(auditor, "/counter/day?place=shimin-1")).Status);
        Assert.Equal(403, (await Desk.Post(auditor, "/counter/session?handler=Close", ("place", "shimin-1"), ("session", session), ("countedAmount", "20000"))).Status);
    }

    [Fact]
    public async Task Hours_and_small_sums_of_a_place_are_set_by_the_city()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Assert.Equal(422, (await Desk.Post(admin, "/admin/places/closing", ("row", "shimin-1"), ("closesAt", "17:30"), ("lateClosesAt", "12:00"), ("smallSumLimit", "10000"))).Status);
        Assert.Equal(422, (await Desk.Post(admin, "/admin/places/closing", ("row", "shimin-1"), ("closesAt", "17:30"), ("lateClosesAt", "19:00"), ("smallSumLimit", "10001"))).Status);
        Assert.Equal(303, (await Desk.Post(admin, "/admin/places/closing", ("row", "shimin-1"), ("closesAt", "17:30"), ("lateClosesAt", "19:00"), ("smallSumLimit", "10000"), ("smallSumsWait", "1"))).Status);
        Assert.Contains("17:30", (await Desk.Get(admin, "/admin/places/closing?place=shimin-1")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await city.Count("place_closing where closes_at = '17:30' and small_sums_wait = 1"));
        Assert.Equal(1, await city.Count("audit_entry where action = 'place-closing-changed'"));
    }

    private static async Task<string> Appointed(Desk desk, Role role, string code)
    {
        var person = await desk.Person(role, "shimin-1");
        await desk.City.Run(new Sql("insert into appointment (municipality, id, code, place, name, person, office, post, valid_from, valid_to, created_at, created_by) values (@city, @code, @code, 'shimin-1', '窓', @person, 'cashHandler', null, '2026-04-01', null, 0, 'test')"), new { city = City.Code, person, code });
        return person;
    }

    [GeneratedRegex("ses_[0-9A-Z]{26}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SessionId();

    [GeneratedRegex("csr_[0-9A-Z]{26}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReportId();

    [GeneratedRegex("pin_[0-9A-Z]{26}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SlipId();

    [GeneratedRegex("exc_[0-9A-Z]{26}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ExceptionId();
}
