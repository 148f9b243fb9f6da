using CashlessGateway.Receipts;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Tools;

namespace CashlessGateway.Tests.Receipts;

/// <summary>What somebody with a paper, or with a link, sees; and what nobody else does.</summary>
public sealed class CheckPageTests
{
    private static async Task<string> Link(City city, string payment)
    {
        Assert.True((await city.Of<ReceiptDesk>().QrAddress(City.Code, Counter.Subject(payment), "staff:x")).IsOk(out var address, out _));
        return address.AbsolutePath;
    }

    [Theory, EachEngine]
    public async Task Whoever_has_the_code_sees_that_it_is_genuine_and_nothing_of_what_was_bought(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var payment = await city.SellPaidByQr();
        var page = await Visitor.Sees(city, $"/r/{await city.CodeOf(payment)}");
        Assert.Equal(200, page.Status);
        foreach (var words in new[] { "本物です", "見本市", "shimin-1-20261121-0001", "令和8年11月21日", "600円" }) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "住民票", "QRコード", "PayPay", "paypay", payment, "1番窓口", "pay_" }) Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        Assert.Contains("noindex", page.Headers["X-Robots-Tag"], StringComparison.Ordinal);
        Assert.Contains("Genuine", (await Visitor.Sees(city, $"/r/{await city.CodeOf(payment)}?lang=en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_may_be_typed_as_people_type()
    {
        await using var city = await City.Open();
        var code = await city.CodeOf((await city.Sell()).PaymentOf());
        Assert.Equal(24, code.Replace("-", "", StringComparison.Ordinal).Length);
        Assert.Equal(200, (await Visitor.Sees(city, $"/r?code={Uri.EscapeDataString(" " + code.Replace("-", "", StringComparison.Ordinal).Replace('0', 'o').ToLowerInvariant())}")).Status);
        Assert.Equal(200, (await Visitor.Sees(city, "/r")).Status);
    }

    [Theory]
    [InlineData("0000-0000-0000-0000-0000-0000")]
    [InlineData("x")]
    [InlineData("'; drop table receipt; --")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_code_that_is_nobodys_is_said_to_be(string code)
    {
        await using var city = await City.Open();
        await city.CodeOf((await city.Sell()).PaymentOf());
        var page = await Visitor.Sees(city, $"/r?code={Uri.EscapeDataString(code)}");
        Assert.Equal(404, page.Status);
        Assert.Contains("この確認番号の書類はありません", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_what_was_given_back()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).PaymentOf();
        var code = await city.CodeOf(payment);
        await city.Post($"/v1/payments/{payment}/refunds", new { reason = "打ち間違い", way = "void" });
        var page = (await Visitor.Sees(city, $"/r/{code}")).Text;
        Assert.Contains("取り消されています", page, StringComparison.Ordinal);
        Assert.DoesNotContain("打ち間違い", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_in_numbers()
    {
        await using var city = await City.Open();
        var answers = new List<int>();
        for (var i = 0; i < 40; i++) answers.Add((await Visitor.Sees(city, $"/r/{ReceiptCode.New()}")).Status);
        Assert.Equal(404, answers[0]);
        Assert.Contains(429, answers);
        Assert.Equal(429, (await Visitor.Sees(city, $"/receipt/{ReceiptCode.New()}")).Status);
    }

    [Theory, EachEngine]
    public async Task A_link_shows_the_whole_receipt_as_page_and_PDF_until_its_day(Engine engine)
    {
        await using var city = await City.Open(engine, "--Receipts:LinkDays=7");
        var payment = (await city.Sell()).PaymentOf();
        var path = await Link(city, payment);
        var page = await Visitor.Sees(city, path);
        Assert.Equal(200, page.Status);
        foreach (var words in new[] { "住民票の写し", "電子交付", "PDFで保存する" }) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        var pdf = await city.As(path + "/pdf", "*/*", city.Nobody);
        Assert.Contains("住民票の写し", Printing.PdfReader.Lines(pdf.Bytes));
        Assert.Equal("再発行 1回目", (await city.Print(payment))["mark"]);
        city.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(404, (await Visitor.Sees(city, path)).Status);
        Assert.Equal(1, await city.Of<ForgetReceiptLinks>().Run(City.Code, 100, CancellationToken.None));
        Assert.Equal(0, await city.Of<ForgetReceiptLinks>().Run(City.Code, 100, CancellationToken.None));
    }

    [Fact]
    public async Task The_code_on_the_paper_opens_no_receipt_and_the_link_is_no_code()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).PaymentOf();
        var (code, link) = (await city.CodeOf(payment), await Link(city, payment));
        Assert.Equal(404, (await Visitor.Sees(city, $"/receipt/{code}")).Status);
        Assert.Equal(404, (await Visitor.Sees(city, link.Replace("/receipt/", "/r/", StringComparison.Ordinal))).Status);
        Assert.NotEqual(link, await Link(city, payment));
    }

    [Fact]
    public async Task A_link_that_was_shown_to_the_wrong_customer_is_closed_by_spoiling_its_print()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).PaymentOf();
        var link = await Link(city, payment);
        var print = (await city.Of<ReceiptDesk>().Prints(City.Code, Counter.Subject(payment))).Single();
        Assert.Equal(200, (await city.Post($"/v1/receipt-prints/prn_{print.Id}/spoil", new { why = "wrongPaper" })).Status);
        Assert.Equal(404, (await Visitor.Sees(city, link)).Status);
    }
}
