using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Alarms;
using CashlessGateway.Drawers;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Places;

/// <summary>代行締め, 未確定繰越 and drawers that nobody closed (scenario F 5 and 10).</summary>
public sealed class DeputyTests
{
    private static readonly object Deputy = new { reason = "担当者の退庁後も交通系1件が処理未了", owner = "市民課 窓口係長", deadline = "2027-03-31" };

    [Theory, EachEngine]
    public async Task A_deputy_carries_over_what_is_in_doubt_and_the_next_days_close_normally(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.LetClerkControl();
        var session = await city.Begin();
        var payment = await city.Pending("pos-01", brand: "suica", method: "emoney");

        Assert.Equal("session-unfinished", (await city.Close(session, 20_000)).Code);
        Assert.Equal((403, "scope-missing"), Outcome(await Deputized(city, city.Till, session)));
        Assert.Equal(200, (await Deputized(city, await city.Manager(), session)).Status);
        Assert.Equal(200, (await city.Close(await city.Begin(), 20_000, closeDay: true)).Status);

        Assert.Equal("closed", (await city.Day())["state"]);
        Assert.Equal($"[\"{payment}\"]", (await city.Day())["carriedOver"]);
        var waiting = Assert.Single((await city.Get("/v1/unfinished?place=shimin-1")).Json.GetProperty("payments").EnumerateArray());
        var carried = waiting.GetProperty("carriedOver");
        Assert.Equal((payment, "市民課 窓口係長", "2027-01-15", "inDoubt", false), (carried.GetProperty("payment").GetString(), carried.GetProperty("owner").GetString(), carried.GetProperty("deadline").GetString(), carried.GetProperty("status").GetString(), waiting.GetProperty("overdue").GetBoolean()));
        Assert.Equal(1, await city.Count("audit_entry where action = 'session-closed-for-others'"));

        city.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await city.Close(await city.Begin(), 20_000, closeDay: true)).Status);
    }

    [Theory, EachEngine]
    public async Task A_carry_over_ends_by_itself_when_evidence_comes(Engine engine)
    {
        await using var city = await City.Open(engine);
        var session = await city.Begin();
        var payment = await city.Pending("pos-01", brand: "suica", method: "emoney");
        await Deputized(city, await city.Manager(), session);
        city.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(200, (await city.Post($"/v1/payments/{payment}/resolve", new { outcome = "notTaken", reason = "残高照会で未成立", evidence = "処理未了票 12" })).Status);
        Assert.Equal(200, (await city.Approve($"/v1/payments/{payment}/resolve", new { outcome = "notTaken", reason = "残高照会で未成立", evidence = "処理未了票 12" })).Status);

        Assert.Empty((await city.Get("/v1/unfinished")).Json.GetProperty("payments").EnumerateArray());
        Assert.NotEqual("inDoubt", (await city.Get($"/v1/places/shimin-1/sessions/{session.Id}")).Json.GetProperty("carriedOver")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_deadline_that_passed_raises_an_alarm()
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        await city.Pending("pos-01", brand: "suica", method: "emoney");
        await Deputized(city, await city.Manager(), session);
        city.Time.Set(new DateTimeOffset(2027, 1, 15, 23, 0, 0, TimeSpan.FromHours(9)));
        Assert.True(await Healthy(city, "alarm:carried-over"));
        city.Time.Advance(TimeSpan.FromHours(1.5));
        Assert.False(await Healthy(city, "alarm:carried-over"));
        Assert.True((await city.Get("/v1/unfinished")).Json.GetProperty("payments")[0].GetProperty("overdue").GetBoolean());
    }

    [Theory]
    [InlineData("emoney", "suica", "2026-11-21", "2027-01-15")]
    [InlineData("emoney", null, "2026-11-21", "2027-01-15")]
    [InlineData("emoney", "id", "2026-11-21", "2027-05-20")]
    [InlineData("qr", "paypay", "2026-11-21", "2027-05-20")]
    public void The_brand_gives_the_latest_deadline(string method, string? brand, string begun, string latest) =>
        Assert.Equal(latest, CarryOverRules.Latest(Names.Parse<PaymentMethod>(method), brand, BusinessDate.Parse(begun), BrandCatalogue.Default).ToString());

    [Theory]
    [InlineData("2026-11-20")]
    [InlineData("2027-12-01")]
    public async Task A_deadline_lies_between_today_and_half_a_year(string deadline)
    {
        await using var city = await City.Open();
        var session = await city.Begin();
        var refused = await City.Send(await city.Manager(), $"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_000, deputy = new { reason = "x", owner = "y", deadline } }, null);
        Assert.Contains("/deputy/deadline out-of-range", refused.Violations);
    }

    [Theory, EachEngine]
    public async Task A_drawer_that_is_open_after_its_hour_is_reported_until_it_is_closed(Engine engine)
    {
        await using var city = await City.Open(engine);
        city.Time.Set(new DateTimeOffset(2026, 11, 24, 8, 30, 0, TimeSpan.FromHours(9)));
        await Hours(city, new TimeOnly(17, 30), new TimeOnly(19, 0));
        var day = await city.Begin();
        Assert.Equal("2026-11-24T08:30:00.000Z", day["dueAt"]);
        Assert.True(await Healthy(city, "alarm:open-sessions"));

        city.Time.Advance(TimeSpan.FromMinutes(9 * 60 + 1));
        Assert.False(await Healthy(city, "alarm:open-sessions"));
        Assert.Equal(day.Id, (await city.Get("/v1/unfinished?place=shimin-1")).Json.GetProperty("sessions")[0].GetProperty("id").GetString());
        Assert.Equal(200, (await city.Close(day, 20_000)).Status);
        Assert.True(await Healthy(city, "alarm:open-sessions"));

        var late = await city.Begin();
        Assert.Equal("2026-11-24T10:00:00.000Z", late["dueAt"]);
        Assert.Equal(2, late.Number("number"));
    }

    [Theory]
    [InlineData("08:30", null, "17:30")]
    [InlineData("17:30", null, "19:00")]
    [InlineData("12:00", "13:00", "13:00")]
    public void A_turn_has_the_places_hour_or_one_of_its_own(string opened, string? named, string due)
    {
        var today = BusinessDate.Of(2026, 11, 24);
        var closing = new PlaceClosing(new TimeOnly(17, 30), new TimeOnly(19, 0), false, PlaceClosing.UsualLimit);
        Assert.Equal(today.Begins.Plus(TimeOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan()),
            closing.DueAt(today.Begins.Plus(TimeOnly.Parse(opened, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan()), named is null ? null : TimeOnly.Parse(named, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Where_no_hour_is_set_nothing_is_due() => Assert.Null(PlaceClosing.Unset.DueAt(BusinessDate.Of(2026, 11, 24).Begins, null));

    [Fact]
    public async Task At_a_clerk_controlled_place_a_session_needs_an_operator()
    {
        await using var city = await City.Open();
        await city.LetClerkControl();
        Assert.Contains("/operator missing", (await city.Begin(op: null)).Violations);
        Assert.Equal((422, "operator-not-registered"), Outcome(await city.Begin(op: "c201")));
    }

    [Fact]
    public async Task Whoever_signed_in_takes_a_drawer_under_their_own_code_and_closes_no_other()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        var person = await desk.Person(Role.Clerk, "shimin-1");
        var caller = new Caller(City.Code, person, "窓口", "", new HashSet<string>(), null, 1, null) { Person = person };
        var begin = city.Of<BeginSession>();
        var request = new BeginRequest("pos-01", null, new CountedCash(new Yen(20_000), []), null);
        Assert.Equal("operator-not-registered", Refusal(await begin.Begin(caller, "shimin-1", request)));
        await city.Run(new Sql("insert into appointment (municipality, id, code, place, name, person, office, post, valid_from, valid_to, created_at, created_by) values (@city, 'a1', 's900', 'shimin-1', '窓', @person, 'cashHandler', null, '2026-04-01', null, 0, 'test')"), new { city = City.Code, person });

        Assert.Equal("operator-not-registered", Refusal(await begin.Begin(caller, "shimin-1", request with { Operator = "c102" })));
        Assert.True((await begin.Begin(caller, "shimin-1", request)).IsOk(out var own, out _));
        Assert.Equal("s900", own.Operator);

        var other = await city.Begin("pos-02");
        var close = new CloseRequest(new CountedCash(new Yen(20_000), []), null, null, null, false, [], null);
        Assert.Equal("invalid-request", Refusal(await city.Of<CloseSession>().Close(caller, new SessionAddress(City.Code, "shimin-1", other.Id["ses_".Length..]), close, null)));
        Assert.True((await city.Of<CloseSession>().Close(caller, new SessionAddress(City.Code, "shimin-1", own.Id["ses_".Length..]), close, null)).IsOk(out _, out _));
    }

    private static string Refusal<T>(CashlessGateway.Web.Result<T> result) => result.IsOk(out _, out var problem) ? "ok" : problem.Error.Code;

    internal static Task Hours(City city, TimeOnly? closes, TimeOnly? late, bool small = false, long limit = 10_000) =>
        city.Run(new Sql("insert into place_closing (municipality, place, closes_at, late_closes_at, small_sums_wait, small_sum_limit, changed_at, changed_by) values (@city, 'shimin-1', @closes, @late, @small, @limit, 0, 'test')"),
            new { city = City.Code, closes = PlaceClosing.Text(closes), late = PlaceClosing.Text(late), small = small ? 1L : 0L, limit });

    private static Task<Answer> Deputized(City city, HttpClient client, Answer session, bool closeDay = false) =>
        City.Send(client, $"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 20_000, closeDay, deputy = Deputy }, null);

    private static async Task<bool> Healthy(City city, string alarm) =>
        !(await city.Of<AlarmMeasures>().OfCity(City.Code, CancellationToken.None)).Single(reading => "alarm:" + reading.Name == alarm).IsOn;

    private static (int, string?) Outcome(Answer answer) => (answer.Status, answer.Code);
}
