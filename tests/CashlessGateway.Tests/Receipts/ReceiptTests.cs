using CashlessGateway.Storage;
using CashlessGateway.Tests.Printing;

namespace CashlessGateway.Tests.Receipts;

/// <summary>What stands on receipts, whatever they are printed on.</summary>
public sealed class ReceiptTests
{
    [Theory, EachEngine]
    public async Task Cash_gets_a_receipt_with_a_stamp_and_a_code(Engine engine)
    {
        await using var city = await City.Open(engine);
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 2 } } }, payment = new { method = "cash", @operator = "c102", cash = new { tenderedAmount = 1_000 } } });
        var page = await city.Look(sale.PaymentOf());
        foreach (var words in new[] { "<h1>領収書</h1>", "上記のとおり領収しました。", "領収日付印", "見本市", "市民課 1番窓口", "令和8年11月21日（2026-11-21）", "No. shimin-1-20261121-0001", "住民票の写し", "300円 × 2", "600円", "現金", "1,000円", "400円", sale.PaymentOf(), "/r/" })
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("納付を委託", page, StringComparison.Ordinal);
        Assert.Contains(await city.CodeOf(sale.PaymentOf()), page, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task Cashless_gets_a_statement_that_names_whom_the_payer_entrusted_and_has_no_stamp(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        var page = await city.Look(await city.SellPaidByQr());
        foreach (var words in new[] { "<h1>利用明細</h1>", "指定納付受託者 PayPay株式会社 に納付を委託されました。", "納付委託日 令和8年11月21日", "QRコード（PayPay）" }) Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("領収", page.Replace("領収書などの確認", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_designated_manager_issues_in_its_own_name_and_its_own_income_is_no_public_money()
    {
        await using var city = await City.OpenWithSandbox();
        var page = await city.Look(await city.SellPaidByQr("seishonen-kaikan", [new { fee = "seishonen-kenshu", quantity = 1 }]));
        Assert.Contains("<p class=\"centre\">見本市青少年育成協会</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("指定", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tax_is_told_per_supplier_with_its_registration_number()
    {
        var (city01, manager) = (Counter.RegistrationNumber("000020072036"), Counter.RegistrationNumber("100005006789"));
        await using var city = await City.Open(Engine.Sqlite, $"--Receipts:Issuers:01:Number={city01}", $"--Receipts:Issuers:52:Name=見本市下水道事業", $"--Receipts:Issuers:見本市青少年育成協会:Number={manager}");
        var arena = await city.Look(await city.SellForCash("taiikukan-sogo", new { fee = "taiiku-kojin", quantity = 1 }));
        Assert.Contains($"登録番号 {city01}", arena, StringComparison.Ordinal);
        Assert.Contains("10%対象", arena, StringComparison.Ordinal);
        var hall = await city.Look(await city.SellForCash("seishonen-kaikan", new { fee = "seishonen-kenshu", quantity = 1 }));
        Assert.Contains($"登録番号 {manager}", hall, StringComparison.Ordinal);
        Assert.DoesNotContain(city01, hall, StringComparison.Ordinal);
        var certificate = await city.Look((await city.Sell()).PaymentOf());
        Assert.DoesNotContain("登録番号", certificate, StringComparison.Ordinal);
    }

    /// <summary>105 yen each: 9 yen of tax twice, where 210 yen at once would be 19.</summary>
    [Fact]
    public async Task Each_supplier_rounds_its_own_tax()
    {
        await using var city = await City.Open(Engine.Sqlite, "--Receipts:Issuers:51:Name=見本市水道事業", "--Receipts:Issuers:52:Name=見本市下水道事業");
        object Line(string account) => new { revenueAccount = account, description = "使用料", quantity = 1, unitAmount = 105, taxClass = "taxable10" };
        var page = await city.Look(await city.SellForCash("service-ekimae", Line("51-01-01-01-01-00"), Line("52-01-01-01-01-00")));
        Assert.Equal(3, page.Split("（10%対象 105円）内消費税</dt><dd>9円</dd>").Length);
        foreach (var words in new[] { "<dt>見本市水道事業</dt><dd>105円</dd>", "<dt>見本市下水道事業</dt><dd>105円</dd>", "<p class=\"centre\">見本市</p>" }) Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_city_chooses_title_sentence_and_stamp_of_each_kind()
    {
        await using var city = await City.OpenWith(static _ => { }, "--Sandbox:Port=-1", "--Receipts:Trustee:Title=キャッシュレス納付証", "--Receipts:Trustee:Closing={trustee} を通じて {city} {section} が受け付けました。", "--Receipts:Cash:Stamp=", "--Receipts:Cities:072036:Cash:Title=納付済証");
        var cashless = await city.Look(await city.SellPaidByQr());
        Assert.Contains("<h1>キャッシュレス納付証</h1>", cashless, StringComparison.Ordinal);
        Assert.Contains("PayPay株式会社 を通じて 見本市 市民課 が受け付けました。", cashless, StringComparison.Ordinal);
        var cash = await city.Look((await city.Sell()).PaymentOf());
        Assert.Contains("<h1>納付済証</h1>", cash, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"stamp\"", cash, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_waived_sale_says_so_and_not_why(Engine engine)
    {
        await using var city = await City.Open(engine);
        var waived = await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01", decisionNumber = "D-77" } } });
        var page = (await city.Get($"/v1/receivables/{waived.Id}/receipt")).Text;
        foreach (var words in new[] { "住民票の写し（減免）", "0円", "お支払いはありません。", "No. shimin-1-20261121-0001" }) Assert.Contains(words, page, StringComparison.Ordinal);
        foreach (var ground in new[] { "G01", "D-77" }) Assert.DoesNotContain(ground, page, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_voided_receipt_keeps_its_number_and_says_so_and_the_slip_has_a_number_of_its_own(Engine engine)
    {
        await using var city = await City.Open(engine);
        var (first, second) = ((await city.Sell()).PaymentOf(), (await city.Sell()).PaymentOf());
        var gone = await city.Post($"/v1/payments/{second}/refunds", new { reason = "打ち間違い", way = "void" });
        var page = await city.Look(second);
        Assert.Contains("取消 600円 2026-11-21", page, StringComparison.Ordinal);
        Assert.Contains("No. shimin-1-20261121-0002", page, StringComparison.Ordinal);
        Assert.DoesNotContain("取消", await city.Look(first), StringComparison.Ordinal);

        var slip = (await city.Get($"/v1/refunds/{gone.Id}/receipt")).Text;
        foreach (var words in new[] { "<h1>取消票</h1>", "No. shimin-1-20261121-R0001", "元の領収番号 shimin-1-20261121-0002", "600円" }) Assert.Contains(words, slip, StringComparison.Ordinal);
        Assert.Contains("R0001", (await city.Get($"/v1/refunds/{gone.Id}/receipt")).Text, StringComparison.Ordinal);
        var other = await city.Post($"/v1/payments/{first}/refunds", new { reason = "x", way = "void" });
        Assert.Contains("R0002", (await city.Get($"/v1/refunds/{other.Id}/receipt")).Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_part_that_went_back_has_a_slip_over_that_part_only_once_it_is_paid(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).PaymentOf();
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "一部返金", way = "cash", amount = 100 });
        Assert.Equal((409, "no-receipt"), await Answered(city, $"/v1/refunds/{refund.Id}/receipt"));
        await city.Approve($"/v1/refunds/{refund.Id}/approve");
        var slip = (await city.Get($"/v1/refunds/{refund.Id}/receipt")).Text;
        Assert.Contains("<h1>返金票</h1>", slip, StringComparison.Ordinal);
        Assert.Contains("<dt>合計</dt><dd>100円</dd>", slip, StringComparison.Ordinal);
        Assert.Contains("返金 100円 2026-11-21", await city.Look(payment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_money_received_there_is_none()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await city.SellByQr();
        Assert.Equal((409, "no-receipt"), await Answered(city, $"/v1/payments/{sale.PaymentOf()}/receipt"));
        Assert.Equal("no-receipt", (await city.Print(sale.PaymentOf())).Code);
    }

    [Fact]
    public async Task All_three_papers_say_the_same()
    {
        await using var city = await City.Open();
        var payment = await city.SellForCash("taiikukan-sogo", new { fee = "taiiku-kojin", quantity = 3 });
        var path = $"/v1/payments/{payment}/receipt";
        var html = await city.As(path, "text/html");
        var pdf = await city.As(path, "application/pdf");
        var escpos = await city.As(path, "application/vnd.cashless.escpos");
        Assert.Equal(("text/html", "application/pdf", "application/vnd.cashless.escpos"), (html.Type, pdf.Type, escpos.Type));
        var (onPage, onPdf, onPaper) = (System.Text.Encoding.UTF8.GetString(html.Bytes), string.Concat(PdfReader.Lines(pdf.Bytes)), Counter.Cp932(escpos.Bytes));
        foreach (var words in new[] { "領収書", "控え", "見本市", "体育館 個人使用", "合計", "内消費税", "No. taiikukan-sogo-20261121-0001", "お預かり", "おつり", "領収日付印", "10%対象", await city.CodeOf(payment) })
            Assert.All(new[] { onPage, onPdf, onPaper }, paper => Assert.Contains(words, paper, StringComparison.Ordinal));
        Assert.Equal(pdf.Bytes, (await city.As(path, "application/pdf")).Bytes);
        Assert.Equal([0x1D, (byte)'V', 66, 0], escpos.Bytes[^4..]);
        Assert.Equal("text/html", (await city.As(path, "*/*")).Type);
        Assert.Equal("application/pdf", (await city.As(path, "text/plain, application/pdf;q=0.5")).Type);
    }

    [Theory]
    [InlineData("--Receipts:Issuers:01:Number=T1234567890123", "T1234567890123")]
    [InlineData("--Receipts:Issuers:01:Number=1000020072036", "1000020072036")]
    [InlineData("--Receipts:Cash:Closing={sum} を領収しました", "{sum}")]
    [InlineData("--Receipts:Cash:Titel=領収書", "Receipts:Cash")]
    [InlineData("--Receipts:Cahs:Title=領収書", "Receipts:Cahs")]
    [InlineData("--Receipts:Cash:Title=", "Receipts:Cash:Title")]
    [InlineData("--Receipts:LinkDays=0", "Receipts:LinkDays")]
    public async Task A_wrong_setting_stops_the_start_by_its_name(string setting, string named)
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => City.Open(Engine.Sqlite, setting));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The worked example of the tax agency (法人番号の検査用数字): 700110005901 has 8.</summary>
    [Fact]
    public void The_check_digit_is_that_of_the_tax_agency()
    {
        Assert.True(CashlessGateway.Receipts.RegistrationNumber.IsValid("T8700110005901"));
        Assert.False(CashlessGateway.Receipts.RegistrationNumber.IsValid("T8700110005910"));
        Assert.False(CashlessGateway.Receipts.RegistrationNumber.IsValid("T870011000590"));
        Assert.False(CashlessGateway.Receipts.RegistrationNumber.IsValid("8700110005901T"));
    }

    private static async Task<(int, string?)> Answered(City city, string path)
    {
        var answer = await city.Get(path);
        return (answer.Status, answer.Code);
    }
}
