using System.Net.Http.Headers;
using System.Text;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Fees;

/// <summary>The catalogue as a file: what comes out goes in again and changes nothing.</summary>
public sealed class FeeFileTests
{
    private const string ShiftJisAddress = "&charset=shift_jis";

    [Theory]
    [InlineData("fees", "")]
    [InlineData("fees", ShiftJisAddress)]
    [InlineData("grounds", "")]
    [InlineData("grounds", ShiftJisAddress)]
    public async Task What_was_exported_changes_nothing_when_it_comes_back(string kind, string charset)
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var bytes = await Export(two, kind, charset);
        Assert.Equal(charset.Length == 0, bytes.AsSpan().StartsWith(Encoding.UTF8.GetPreamble()));
        var page = await Look(two, kind, bytes);
        Assert.Contains("変わるところはありません", page.Text, StringComparison.Ordinal);
        Assert.Contains($"変更なし <strong>{(kind == "fees" ? 36 : 8)}</strong>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Propose", page.Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_file_is_seen_line_by_line_approved_as_a_whole_and_the_same_again_does_nothing(Engine engine)
    {
        await using var city = await City.Open(engine);
        var two = await FeeProposalTests.Two.At(city);
        var text = Encoding.UTF8.GetString(await Export(two, "fees", ""));
        var changed = Encoding.UTF8.GetBytes(text.Replace(",450,,", ",500,,", StringComparison.Ordinal) + "shinki,新しい証明,アタラシイショウメイ,100,,01-13-02-01-04-03,exempt,cash,市民課,shimin-1\r\n");
        var page = await Look(two, "fees", changed, "2027-04-01");
        Assert.Contains("新規 <strong>1</strong>", page.Text, StringComparison.Ordinal);
        Assert.Contains("変更 <strong>2</strong>", page.Text, StringComparison.Ordinal);
        Assert.Contains("単価: 450円 → 500円", page.Text, StringComparison.Ordinal);

        Assert.Equal(303, (await Desk.Post(two.Maker, $"{page.Headers["path"]}?handler=Propose", ("reason", "条例改正"))).Status);
        Assert.Contains("新規 new 1・変更 changed 2・変更なし unchanged 34", (await Desk.Get(two.Checker, "/admin/proposals")).Text, StringComparison.Ordinal);
        Assert.Equal(403, await two.Approve(two.Maker));
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal((450, 500), (await Price(city, "koseki", "2027-03-31"), await Price(city, "koseki", "2027-04-01")));
        Assert.Equal(100, await Price(city, "shinki", "2027-04-01"));
        Assert.Contains("変わるところはありません", (await Look(two, "fees", changed, "2027-04-01")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_line_refuses_the_whole_file_and_each_is_named()
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var file = "code,name,kana,unitAmount,stepPeople,revenueAccount,taxClass,methods,section,places\n"
            + "koseki,戸籍,コセキ,500,,01-13-02-01-01-01,exempt,cash,市民課,shimin-1\n"
            + "x,項目,コウモク,千,,99-99-99-99-99-99,exempt,gold,市民課,nowhere\n"
            + "koseki,戸籍,コセキ,500,,01-13-02-01-01-01,exempt,cash,市民課,shimin-1\n"
            + "y,z\n";
        var page = await Look(two, "fees", Encoding.UTF8.GetBytes(file));
        Assert.Equal(422, page.Status);
        Assert.All(["できません <strong>3</strong>", "歳入科目 99-99-99-99-99-99 はありません", "方法 gold はありません", "収納場所 nowhere はありません", "koseki は2行目にもあります", "列が2個あります"], words => Assert.Contains(words, page.Text, StringComparison.Ordinal));
        Assert.Equal(0, await city.Gateway.Database.One<long>(new Sql("select count(*) from fee_file where municipality = @city"), new { city = City.Code }));
    }

    [Theory]
    [InlineData("", "2行目から中身")]
    [InlineData("code,name\na,b\n", "列 kana, unitAmount")]
    [InlineData("code,name,kana,unitAmount,stepPeople,revenueAccount,taxClass,methods,section,places\n\"a", "2行目: 引用符")]
    public async Task What_is_no_such_file_is_said_in_one_sentence(string text, string words)
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var page = await Look(two, "fees", Encoding.UTF8.GetBytes(text.Length == 0 ? "\n" : text));
        Assert.Equal(422, page.Status);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_of_today_is_refused_in_a_file_too_and_a_new_item_of_today_is_not()
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var text = Encoding.UTF8.GetString(await Export(two, "fees", ""));
        var page = await Look(two, "fees", Encoding.UTF8.GetBytes(text.Replace(",450,,", ",500,,", StringComparison.Ordinal)), "2026-11-21");
        Assert.Equal(422, page.Status);
        Assert.Contains("始まりの日は明日（2026-11-22）以後", page.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Look(two, "fees", Encoding.UTF8.GetBytes(text + "shinki,新しい証明,アタラシイ,100,,01-13-02-01-04-03,exempt,cash,市民課,shimin-1\r\n"), "2026-11-21")).Status);
    }

    /// <summary>What was right when it was looked at may be wrong when it is decided; what may not be done is not done by half.</summary>
    [Fact]
    public async Task A_file_that_is_approved_too_late_changes_nothing_at_all()
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var text = Encoding.UTF8.GetString(await Export(two, "fees", ""));
        var page = await Look(two, "fees", Encoding.UTF8.GetBytes(text.Replace(",450,,", ",500,,", StringComparison.Ordinal) + "shinki,新しい証明,アタラシイ,100,,01-13-02-01-04-03,exempt,cash,市民課,shimin-1\r\n"), "2026-11-23");
        Assert.Equal(303, (await Desk.Post(two.Maker, $"{page.Headers["path"]}?handler=Propose")).Status);
        city.Time.Set(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal(422, await two.Approve(two.Checker));
        Assert.Equal(450, await Price(city, "koseki", "2026-11-23"));
        Assert.Equal(["/lines/0/fee unknown-fee"], (await city.Owe(new { fee = "shinki" })).Violations);
    }

    [Fact]
    public async Task Five_hundred_items_are_one_file_and_one_approval()
    {
        await using var city = await City.Open();
        var two = await FeeProposalTests.Two.At(city);
        var file = "code,name,kana,unitAmount,stepPeople,revenueAccount,taxClass,methods,section,places\n"
            + string.Concat(Enumerable.Range(1, 500).Select(static number => $"k{number},項目{number},コウモク,{number},,01-13-02-01-04-03,exempt,cash|qr,市民課,*counter\n"));
        var before = (await city.Get("/v1/fees?place=shimin-1&date=2026-11-22")).Json.GetProperty("items").GetArrayLength();
        var page = await Look(two, "fees", Encoding.UTF8.GetBytes(file));
        Assert.Equal(303, (await Desk.Post(two.Maker, $"{page.Headers["path"]}?handler=Propose")).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal(before + 500, (await city.Get("/v1/fees?place=shimin-1&date=2026-11-22")).Json.GetProperty("items").GetArrayLength());
        Assert.Contains("536件（全536件）", (await Desk.Get(two.Maker, "/admin/fees")).Text, StringComparison.Ordinal);
        var raised = await Look(two, "fees", Encoding.UTF8.GetBytes(file.Replace(",,01-13", "0,,01-13", StringComparison.Ordinal)), "2027-04-01");
        Assert.Equal(303, (await Desk.Post(two.Maker, $"{raised.Headers["path"]}?handler=Propose")).Status);
        Assert.Equal(303, await two.Approve(two.Checker));
        Assert.Equal((7, 70), (await Price(city, "k7", "2027-03-31"), await Price(city, "k7", "2027-04-01")));
    }

    [Fact]
    public void Whatever_a_name_holds_it_comes_back_as_it_was()
    {
        var facts = new CatalogueFacts(new HashSet<string> { "01-13-02-01-04-03" }, new HashSet<string> { "*" }, new HashSet<string>());
        foreach (var name in new[] { "=1+1", "'=x", "''", "-5", "a,b", "a\"b", "@SUM", "'", "〜−", "名" })
        {
            var item = FeeItem.Of("x", 0, BusinessDate.Of(2026, 1, 1), null, new FeeContent(name, "ヨミ", new Yen(0), null, "01-13-02-01-04-03", "exempt", "cash", name, "*"));
            var text = FeeFileText.Write([item]);
            var line = Assert.Single(Assert.IsType<Result<IReadOnlyList<FeeFileLine>>.Ok>(FeeFileText.Read(FeeFileKind.Fees, text, facts)).Value);
            Assert.Equal((item.Content, 0), (line.Item, line.Wrong.Count));
            Assert.DoesNotContain(text.Split('\n')[1].Split(','), static cell => cell.TrimStart('"').StartsWith('='));
        }
    }

    [Fact]
    public void Shift_JIS_turns_a_wave_dash_round_and_that_is_no_change()
    {
        var facts = new CatalogueFacts(new HashSet<string> { "01-13-02-01-04-03" }, new HashSet<string> { "*" }, new HashSet<string>());
        var item = FeeItem.Of("x", 0, BusinessDate.Of(2026, 1, 1), null, new FeeContent("9時〜12時", "クジカラ", new Yen(0), null, "01-13-02-01-04-03", "exempt", "cash", "課", "*"));
        Assert.True(ShiftJis.TryEncode(FeeFileText.Write([item]), out var bytes, out _));
        var lines = Assert.IsType<Result<IReadOnlyList<FeeFileLine>>.Ok>(FeeFileText.Read(FeeFileKind.Fees, SentText.Read(bytes)!, facts)).Value;
        Assert.Equal("9時～12時", lines[0].Item!.Name);
        var plan = FeeFilePlan.OfItems(lines, new Dictionary<string, IReadOnlyList<FeeItem>> { ["x"] = [item] }, BusinessDate.Of(2027, 1, 1), BusinessDate.Of(2026, 11, 21));
        Assert.Equal((LineOutcome.Unchanged, false), (plan.Lines[0].Outcome, plan.ChangesAnything));
    }

    [Fact]
    public void A_letter_that_Shift_JIS_lacks_is_named_and_never_a_question_mark()
    {
        Assert.False(ShiftJis.TryEncode("𠮷田", out _, out var missing));
        Assert.Equal("𠮷", missing);
        Assert.Null(SentText.Read([0xFF, 0xFE, 0x00]));
    }

    private static async Task<byte[]> Export(FeeProposalTests.Two two, string kind, string charset)
    {
        using var response = await two.Maker.GetAsync($"/admin/fees/files?handler=Export&kind={kind}&day=2026-11-21{charset}");
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The preview it leads to, with its path; or the page again.</summary>
    private static async Task<Answer> Look(FeeProposalTests.Two two, string kind, byte[] bytes, string validFrom = "2026-11-22")
    {
        using var body = new MultipartFormDataContent { { new StringContent(kind), "kind" }, { new StringContent(validFrom), "validFrom" } };
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        body.Add(file, "file", "catalogue.csv");
        using var response = await two.Maker.PostAsync("/admin/fees/files?handler=Look", body);
        var answer = await Answer.Of(response);
        if (answer.Status != 303) return answer;
        var page = await Desk.Get(two.Maker, answer.Headers["Location"]);
        return page with { Headers = new Dictionary<string, string> { ["path"] = answer.Headers["Location"] } };
    }

    private static async Task<long> Price(City city, string code, string day) =>
        (await city.Get($"/v1/fees?place=shimin-1&date={day}")).Json.GetProperty("items").EnumerateArray().Single(fee => fee.GetProperty("code").GetString() == code).GetProperty("unitAmount").GetInt64();
}
