using CashlessGateway.Tests.Web;

namespace CashlessGateway.Tests.Tools;

public sealed class ScannerPageTests(OpenApiTests.Running running) : IClassFixture<OpenApiTests.Running>
{
    private const string Slip = "91912345000000000000000000001026122500000014";
    private const string ElQr = "000201010212279600051380001839200000000000000000123002138000999000006200000000001234567890123456099999000000000054110000001230062262026202601202611302026122580850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630541893";
    private const string CustomerCode = "900081818812345678904321";

    private City City => running.City;

    [Fact]
    public async Task The_page_waits_with_its_box_in_focus_and_posts()
    {
        var page = await Visitor.Sees(City, "/tools/scanner");
        Assert.Equal(200, page.Status);
        Assert.Matches("<form [^>]*method=\"post\"", page.Text);
        Assert.Matches("<input id=\"code\"[^>]* autofocus autocomplete=\"off\"", page.Text);
    }

    [Theory]
    [InlineData(Slip, "納付書のバーコード（44桁）")]
    [InlineData(ElQr, "eL-QR（255桁）")]
    [InlineData("1380000000000001234567890123456999", "eL番号（34桁）")]
    [InlineData(CustomerCode, "お客様の支払いコード")]
    [InlineData("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", "お客様の支払いコード")]
    [InlineData("4902102072618", "使えるコードではありません")]
    [InlineData("", "使えるコードではありません")]
    public async Task A_scan_is_named(string scanned, string kind) => Assert.Contains($"</span> {kind}</h2>", (await Scan(scanned)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_slips_fields_are_shown()
    {
        var page = (await Scan("]C1" + Slip)).Text;
        Assert.All(["<dd>912345</dd>", "<dd>2026-12-25</dd>", "<dd>1円</dd>", "]C1 GS1-128（納付書のバーコード）", "47文字", "9191…0014"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CustomerCode)]
    [InlineData("]C0" + CustomerCode)]
    [InlineData("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=")]
    [InlineData("4111111111111111")]
    [InlineData("something-that-nobody-knows-12345678")]
    [InlineData("91912345000000000000000000001026122500000015")]
    [InlineData("<b>bold</b><b>bold</b><b>bold</b>")]
    public async Task A_customers_code_or_an_unknown_one_never_comes_back_whole(string scanned)
    {
        var page = await Scan(scanned);
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain(scanned, page.Text, StringComparison.Ordinal);
        // Not even half of it.
        for (var i = 0; i + scanned.Length / 2 <= scanned.Length; i++) Assert.DoesNotContain(scanned.Substring(i, scanned.Length / 2), page.Text, StringComparison.Ordinal);
        Assert.False(page.Headers.ContainsKey("Location"));
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task A_code_in_the_address_is_not_looked_at() =>
        Assert.DoesNotContain("class=\"result", (await Visitor.Sees(City, $"/tools/scanner?code={Slip}")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("]C1" + Slip, "enter", null)]
    [InlineData("[C1" + Slip, "enter", "スキャナーのキーボードの種類を")]
    [InlineData("」C1" + Slip, "enter", "日本語入力（IME）を切って")]
    [InlineData("「C1" + Slip, "enter", "スキャナーのキーボードの種類を")]
    [InlineData(Slip, "tab", "TabからEnter")]
    [InlineData(Slip + "\t", "", "TabからEnter")]
    [InlineData(Slip, "none", "Enter（CR）を付けて")]
    [InlineData("\u001D" + Slip, "enter", "制御文字（GS）")]
    public async Task What_to_change_in_the_settings_is_said(string scanned, string end, string? advice)
    {
        var page = (await Scan(scanned, end)).Text;
        Assert.Contains("納付書のバーコード（44桁）</h2>", page, StringComparison.Ordinal);
        if (advice is null) Assert.Contains("直すところは見つかりませんでした", page, StringComparison.Ordinal);
        else Assert.Contains(advice, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wide_digits_are_understood_and_the_input_method_is_named()
    {
        var page = (await Scan(string.Concat(Slip.Select(static digit => (char)(digit + 0xFEE0))), "enter")).Text;
        Assert.Contains("納付書のバーコード（44桁）</h2>", page, StringComparison.Ordinal);
        Assert.Contains("日本語入力（IME）を切って", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_scanner_is_told_apart_from_a_fast_one()
    {
        Assert.Contains("1文字に80ミリ秒", (await Scan(Slip, "enter", pace: "80")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("文字間ディレイ", (await Scan(Slip, "enter", pace: "4")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "-1")]
    [InlineData("<b>", "99999999999999")]
    public async Task What_a_script_could_not_have_sent_counts_as_not_seen(string end, string pace)
    {
        var page = await Scan(Slip, end, pace);
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("<b>", page.Text, StringComparison.Ordinal);
        Assert.Contains("わかりません", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_slip_is_said_to_be_read_rightly() =>
        Assert.Contains("期限が過ぎています。読み取りは正しくできています。", (await Scan("91912345000000000000004520875004013100295004")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task The_longest_text_is_an_answer_and_more_is_refused_in_a_sentence()
    {
        Assert.Equal(200, (await Scan(new string('あ', 4_000))).Status);
        var refused = await Scan(new string('1', 100_000));
        Assert.Equal(413, refused.Status);
        Assert.Contains("長すぎて受け取れませんでした", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_body_than_a_form_is_an_empty_scan()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tools/scanner") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        var answer = await Visitor.Sends(City, request);
        Assert.Equal(200, answer.Status);
        Assert.Contains("何も届いていません", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Origin", "http://localhost:5080", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    public async Task Forms_of_other_sites_are_refused(string header, string value, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tools/scanner") { Content = Form(Slip, "", "") };
        request.Headers.Add(header, value);
        Assert.Equal(status, (await Visitor.Sends(City, request)).Status);
    }

    [Fact]
    public async Task The_page_speaks_English_when_asked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tools/scanner?lang=en") { Content = Form("]C1" + Slip, "none", "5") };
        var page = (await Visitor.Sends(City, request)).Text;
        Assert.All(["<html lang=\"en\">", "Bar code of a payment slip (44 digits)", "Add Enter (CR) as the suffix", "47 characters"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private async Task<Answer> Scan(string scanned, string end = "", string pace = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tools/scanner") { Content = Form(scanned, end, pace) };
        return await Visitor.Sends(City, request);
    }

    private static FormUrlEncodedContent Form(string scanned, string end, string pace) => new(new Dictionary<string, string> { ["code"] = scanned, ["end"] = end, ["pace"] = pace });
}
