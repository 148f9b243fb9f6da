using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Events;

namespace CashlessGateway.Tests.Audit;

/// <summary>The trail as an auditor's program or person reads it.</summary>
public sealed class ReadAuditTests
{
    [Theory, EachEngine]
    public async Task Entries_come_newest_first_page_by_page_each_with_a_sentence(Engine engine)
    {
        await using var city = await City.Open(engine);
        var first = await city.Terminal("pos-91");
        city.Time.Advance(TimeSpan.FromSeconds(1));
        await city.Terminal("pos-92");
        Assert.Equal(201, first.Status);

        var page = await city.Trail("?action=terminal-added&limit=1");
        var entry = page.Json.GetProperty("items")[0];
        Assert.Equal("terminal:pos-92", entry.GetProperty("object").GetString());
        Assert.StartsWith("aud_", entry.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("APIクライアント「デモ レジ」による端末の登録。対象：terminal:pos-92。場所：shimin-1。", entry.GetProperty("sentence").GetProperty("ja").GetString());
        Assert.Equal("Registration of a terminal of terminal:pos-92 by API client \"デモ レジ\" at shimin-1.", entry.GetProperty("sentence").GetProperty("en").GetString());
        Assert.Equal(("127.0.0.1", "デモ レジ", "done"), (entry.GetProperty("from").GetString(), entry.GetProperty("actorName").GetString(), entry.GetProperty("outcome").GetString()));
        Assert.Equal("レジ91", entry.GetProperty("after").GetProperty("name").GetString()!.Replace("92", "91", StringComparison.Ordinal));

        var next = await city.Trail($"?action=terminal-added&limit=1&cursor={page["nextCursor"]}");
        Assert.Equal(["terminal:pos-91"], next.Objects());
        Assert.Null(next["nextCursor"]);
    }

    [Theory, EachEngine]
    public async Task Each_condition_finds_what_it_names(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Of<AuditTrail>().Note(Said(Actors.Staff("01P1"), "ref_1", "shimin-1", "山田さんの申し出"));
        await city.Of<AuditTrail>().Note(Said(Actors.Client("x"), "ref_2", "shisanzei-1", "二重払い") with { Outcome = AuditOutcome.Refused });
        city.Time.Advance(TimeSpan.FromDays(2));
        await city.Of<AuditTrail>().Note(Said(Actors.Staff("01P1"), "ref_3", "shimin-1", "過誤納") with { Action = AuditActions.RefundRejected });

        Assert.Equal(["ref_3", "ref_1"], (await city.Trail("?actor=staff:01P1")).Objects());
        Assert.Equal(["ref_2", "ref_1"], (await city.Trail("?action=refund-approved")).Objects());
        Assert.Equal(["ref_2"], (await city.Trail("?object=ref_2")).Objects());
        Assert.Equal(["ref_2"], (await city.Trail("?place=shisanzei-1")).Objects());
        Assert.Equal(["ref_2"], (await city.Trail("?outcome=refused")).Objects());
        Assert.Equal(["ref_3"], (await city.Trail("?actor=staff:01P1&from=2026-11-23")).Objects());
        Assert.Equal(["ref_1"], (await city.Trail("?actor=staff:01P1&to=2026-11-22")).Objects());
        Assert.Equal(["ref_1"], (await city.Trail("?q=山田&from=2026-11-01&to=2026-11-30")).Objects());
        Assert.Equal(["ref_3"], (await city.Trail("?q=返金の差戻し&from=2026-11-01&to=2026-11-30")).Objects());
        Assert.Equal(["ref_2"], (await city.Trail("?q=ref_2&from=2026-11-01&to=2026-11-30")).Objects());
        Assert.Empty((await city.Trail("?q=山_&from=2026-11-01&to=2026-11-30")).Objects());
    }

    [Theory]
    [InlineData("?action=nothing", "?action not-allowed")]
    [InlineData("?outcome=maybe", "?outcome not-allowed")]
    [InlineData("?q=x", "?q needs-dates")]
    [InlineData("?q=x&from=2026-01-01&to=2026-04-03", "?q needs-dates")]
    [InlineData("?from=1999-12-31", "?from out-of-range")]
    [InlineData("?to=9999-12-31", "?to out-of-range")]
    [InlineData("?colour=red", "?colour unknown-parameter")]
    public async Task What_is_wrong_with_a_question_is_told(string query, string violation)
    {
        await using var city = await City.Open();
        var answer = await city.Trail(query);
        Assert.Equal((400, violation), (answer.Status, Assert.Single(answer.Violations)));
    }

    [Fact]
    public async Task Who_reads_the_trail_stands_in_it_once_a_minute()
    {
        await using var city = await City.Open();
        await city.Trail("?q=山田&from=2026-11-01&to=2026-11-30");
        await city.Trail("");
        Assert.Single((await city.Trail("?action=personal-data-read")).Objects());
        city.Time.Advance(TimeSpan.FromMinutes(1));
        await city.Trail("");

        var read = (await city.Trail("?action=personal-data-read")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, read.Count);
        Assert.Equal("山田", read[1].GetProperty("facts").GetProperty("q").GetString());
    }

    [Theory, EachEngine]
    public async Task Another_city_sees_nothing_of_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Terminal("pos-91");
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await CashlessGateway.Places.PlaceImport.AddMunicipality(unit, "131016", "別の市", city.Of<Clock>().Now());
            return true;
        }, ReadBack.SafeToRepeat);
        using var stranger = await city.ClientWith([Scopes.AuditRead], municipality: "131016");
        Assert.Empty((await city.Get("/v1/audit", stranger)).Objects());
        Assert.DoesNotContain("pos-91", (await city.Get("/v1/audit.csv", stranger)).Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_key_limited_to_a_place_reads_of_that_place_only(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Terminal("pos-91");
        await city.Terminal("pos-92", "shisanzei-1");
        using var limited = await city.ClientWith([Scopes.AuditRead], ["shisanzei-1"]);
        Assert.Equal(["terminal:pos-92"], (await city.Get("/v1/audit", limited)).Objects());
        Assert.DoesNotContain("pos-91", (await city.Get("/v1/audit.csv", limited)).Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task The_file_has_all_pages_defused_and_its_export_is_in_the_trail(Engine engine)
    {
        await using var city = await City.Open(engine);
        var trail = city.Of<AuditTrail>();
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            for (var i = 0; i < 501; i++) await AuditTrail.Write(unit, trail.Stamp(), Said(Actors.Staff("01P1"), $"ref_{i:D3}", "shimin-1", "x"));
            return true;
        }, ReadBack.SafeToRepeat);
        await trail.Note(new AuditEvent(City.Code, Actors.Staff("01P1"), AuditActions.RefundApproved, AuditOutcome.Done, "=1+1"));

        var file = await city.Get("/v1/audit.csv?actor=staff:01P1", city.Approver);

        Assert.Equal((200, "text/csv", "attachment; filename=\"audit.csv\""), (file.Status, file.Headers["Content-Type"], file.Headers["Content-Disposition"]));
        var lines = file.Text.TrimEnd().Split("\r\n");
        Assert.Equal(503, lines.Length);
        Assert.Contains("日時（日本時間）", lines[0], StringComparison.Ordinal);
        Assert.Contains(",'=1+1,", lines[1], StringComparison.Ordinal);
        Assert.Equal(501, lines.Select(line => line.Split(',')[5]).Where(about => about.StartsWith("ref_", StringComparison.Ordinal)).Distinct().Count());
        Assert.All(lines.Skip(2), line => Assert.Contains("2026-11-21 09:00:00", line, StringComparison.Ordinal));
        var export = Assert.Single((await city.Trail("?action=exported")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("staff:01P1", export.GetProperty("facts").GetProperty("actor").GetString());
    }

    [Fact]
    public async Task The_file_begins_with_a_byte_order_mark_and_speaks_English_when_asked()
    {
        await using var city = await City.Open();
        await city.Terminal("pos-91");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/audit.csv");
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await city.Approver.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Contains("Registration of a terminal", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task Verify_over_the_API_answers_as_that_of_the_journal_does(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Terminal("pos-91");
        await city.Sell();
        await new Sealer(city.Gateway.Database, city.Of<Clock>(), AuditChain.Chain).Seal(City.Code);

        var (trail, journal) = (await city.Approve("/v1/audit/verify"), await city.Post("/v1/journal/verify", new { }));

        Assert.Equal((200, true, 1L), (trail.Status, trail.Json.GetProperty("whole").GetBoolean(), trail.Number("entries")));
        Assert.Equal(journal.Json.EnumerateObject().Select(member => member.Name), trail.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0, journal.Number("entries"));
        Assert.NotEqual(trail["headHash"], journal["headHash"]);
    }

    [Fact]
    public async Task A_finding_names_the_entry_as_the_list_does()
    {
        await using var city = await City.Open();
        await city.Terminal("pos-91");
        await city.Gateway.Database.WriteSurely(unit => unit.Execute(new Sql("update audit_detail set body = '{}'")), ReadBack.SafeToRepeat);

        var verdict = await city.Approve("/v1/audit/verify");

        var finding = Assert.Single(verdict.Json.GetProperty("findings").EnumerateArray());
        var entry = (await city.Trail("?action=terminal-added")).Json.GetProperty("items")[0];
        Assert.Equal(("detail-touched", entry.GetProperty("id").GetString()), (finding.GetProperty("code").GetString(), finding.GetProperty("entry").GetString()));
    }

    [Fact]
    public async Task Without_its_scope_nobody_reads_it()
    {
        await using var city = await City.Open();
        foreach (var path in new[] { "/v1/audit", "/v1/audit.csv" }) Assert.Equal((403, "scope-missing"), ((await city.Get(path)).Status, (await city.Get(path)).Code));
        Assert.Equal("scope-missing", (await city.Post("/v1/audit/verify", new { })).Code);
    }

    [Fact]
    public void Every_deed_has_a_name_of_its_own_and_words_in_both_languages()
    {
        Assert.Equal(AuditActions.All.Count, AuditActions.All.Select(action => action.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(AuditActions.All, action => Assert.Matches("^[a-z]+(-[a-z]+)*$", action.Name));
        Assert.All(AuditActions.All, action => Assert.True(action.Name.Length <= 64 && action.Deed.Ja.Any(letter => letter > 0x3000) && action.Deed.En.All(char.IsAscii), action.Name));
    }

    [Fact]
    public void A_refusal_reads_as_one()
    {
        var row = new AuditRow { Actor = "anonymous", Action = "access-refused", Outcome = "refused", Object = "key:abc" };
        Assert.Equal(("身元の分からない相手によるアクセスは拒否されました。対象：key:abc。", "Access of key:abc by somebody unknown: refused."), (AuditSentence.Of(row, null).Ja, AuditSentence.Of(row, null).En));
        Assert.Equal("職員「01P1」による長い名前（other）。", AuditSentence.Of(new AuditRow { Actor = "staff:01P1", Action = "長い名前", Outcome = "other" }, null).Ja);
    }

    private static AuditEvent Said(string actor, string about, string place, string reason) =>
        new(City.Code, actor, AuditActions.RefundApproved, AuditOutcome.Done, about, place) { From = "192.0.2.7", Facts = Pairs.Of(("reason", reason)) };
}

/// <summary>The few words that these tests need.</summary>
internal static class Audited
{
    public static Task<Answer> Trail(this City city, string query) => city.Get("/v1/audit" + query, city.Approver);

    public static IReadOnlyList<string?> Objects(this Answer page) => [.. page.Json.GetProperty("items").EnumerateArray().Select(static entry => entry.GetProperty("object").GetString())];

    public static async Task<JsonElement> OnlyEntry(this City city, string action)
    {
        var answer = await city.Trail($"?action={action}");
        return Assert.Single(answer.Json.GetProperty("items").EnumerateArray());
    }

    public static Task<Answer> Terminal(this City city, string code, string place = "shimin-1") => city.Post("/v1/terminals", new { code, place, name = "レジ" + code[^2..], kind = "pos" });

    public static async Task<HttpClient> ClientWith(this City city, IReadOnlyList<string> scopes, IReadOnlyCollection<string>? places = null, string municipality = City.Code) =>
        city.ClientOf(await city.Of<ApiClients>().Create(municipality, city.Of<Ids>().Next(), "試験", "demo", scopes, 100_000, places));

    public static HttpClient ClientOf(this City city, ApiKey key)
    {
        var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return client;
    }
}
