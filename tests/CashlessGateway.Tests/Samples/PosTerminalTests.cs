using System.Text.Json;
using CashlessGateway.Sandbox.Faults;
using PosTerminal.Record;
using PosTerminal.Show;

namespace CashlessGateway.Tests.Samples;

/// <summary>The sample till does what integrators are told to do.</summary>
public class PosTerminalTests
{
    private const int Killed = 137;

    [Fact]
    public async Task A_cash_sale_ends_with_its_receipt()
    {
        await using var city = await City.Open();

        var sale = await new Pos(city).Does("sell", "juminhyo=2", "inkan", "--pay", "cash", "--tendered", "1000");

        Assert.Equal(0, sale.ExitCode);
        var payment = Assert.Single(await Payments(city));
        Assert.Equal(900, payment.GetProperty("amount").GetInt64());
        Assert.Contains("No. shimin-1-20261121-0001", sale.Printed, StringComparison.Ordinal);
        Assert.Contains("住民票の写し\n  300円 x 2                600円\n", sale.Printed, StringComparison.Ordinal);
        Assert.Contains("お釣り                     100円\n", sale.Printed, StringComparison.Ordinal);
        Assert.Equal("pos-03 c102", $"{payment.GetProperty("terminal").GetString()} {payment.GetProperty("operator").GetString()}");
    }

    [Fact]
    public async Task A_drawer_is_opened_inspected_and_closed_by_notes_and_coins()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        Assert.Equal(0, (await pos.Does("open", "1000=5", "100=10")).ExitCode);
        Assert.Equal(0, (await pos.Does("sell", "juminhyo=2", "--pay", "cash", "--tendered", "1000")).ExitCode);
        Assert.Contains($"過不足{new string(' ', 23)}0円", (await pos.Does("inspect", "1000=6", "100=6")).Printed, StringComparison.Ordinal);
        var short_ = await pos.Does("close", "1000=6", "100=5");
        Assert.Equal(1, short_.ExitCode);
        Assert.Contains("足りません", short_.Printed, StringComparison.Ordinal);
        Assert.Contains("精算済み", (await pos.Does("close", "1000=6", "100=6", "--close-day")).Printed, StringComparison.Ordinal);
        Assert.Contains("締め済み", (await pos.Does("day")).Printed, StringComparison.Ordinal);
        Assert.Contains("開局していません", (await pos.Does("inspect", "1000=6")).Printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", 0)]
    [InlineData("post", 1)]
    [InlineData("answer", 1)]
    public async Task A_till_that_is_killed_charges_once_and_prints_the_receipt_after_its_restart(string point, int paidBefore)
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        Assert.Equal(Killed, (await pos.DiesAfter(point, "sell", "juminhyo=2", "--pay", "cash")).ExitCode);
        Assert.Equal(paidBefore, (await Payments(city)).Count);

        var resumed = await pos.Does("resume");

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("No. shimin-1-20261121-0001", resumed.Printed, StringComparison.Ordinal);
        Assert.Single(await Payments(city));
        Assert.Contains("中断した処理はありません", (await pos.Does("resume")).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_till_that_is_killed_again_and_again_charges_once()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        await pos.DiesAfter("key", "sell", "juminhyo", "--pay", "cash");
        for (var run = 0; run < 3; run++) Assert.Equal(Killed, (await pos.DiesAfter("post", "resume")).ExitCode);

        Assert.Equal(0, (await pos.Does("resume")).ExitCode);

        Assert.Single(await Payments(city));
    }

    [Fact]
    public async Task A_code_is_shown_and_the_receipt_comes_once_the_customer_has_paid()
    {
        await using var city = await City.OpenWithSandbox();
        var pos = new Pos(city);
        var shown = await pos.Does("sell", "juminhyo=2", "--pay", "qr");
        Assert.Equal(4, shown.ExitCode);
        Assert.Contains("████ ▄▄▄▄▄ █", shown.Printed, StringComparison.Ordinal);
        city.Provider.Customer.Pay(Assert.Single(await Payments(city)).GetProperty("id").GetString()!);
        city.Time.Advance(TimeSpan.FromSeconds(6));

        var paid = await pos.Does("resume", "--wait");

        Assert.Equal(0, paid.ExitCode);
        Assert.Contains("QRコード決済（paypay）\n", paid.Printed, StringComparison.Ordinal);
        Assert.Equal("captured", Assert.Single(await Payments(city)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("key")]
    [InlineData("post")]
    public async Task A_till_that_is_killed_with_a_code_shows_the_same_one_after_its_restart(string point)
    {
        await using var city = await City.OpenWithSandbox();
        var pos = new Pos(city);
        await pos.DiesAfter(point, "sell", "juminhyo=2", "--pay", "qr");

        Assert.Equal(4, (await pos.Does("resume")).ExitCode);

        Assert.Equal("pending", Assert.Single(await Payments(city)).GetProperty("status").GetString());
        Assert.Equal((await pos.Does("resume")).Printed, (await pos.Does("resume")).Printed);
    }

    [Fact]
    public async Task A_payment_in_doubt_tells_the_clerk_not_to_charge_again_and_is_not_charged_again()
    {
        await using var city = await City.OpenWithSandbox();
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.DropAfter));
        var pos = new Pos(city);

        var doubtful = await pos.Does("sell", "juminhyo=2", "--pay", "qr", "--wait");
        var receivable = Assert.Single(await Payments(city)).GetProperty("receivable").GetString()!;
        var again = await pos.Does("pay", receivable, "--pay", "cash", "--cancel-other");

        Assert.Equal((3, 3), (doubtful.ExitCode, again.ExitCode));
        Assert.All([doubtful, again], static run => Assert.Contains("もう一度請求しないでください。現金でも受け取らないでください。", run.Printed, StringComparison.Ordinal));
        Assert.Single(await Payments(city));
    }

    [Fact]
    public async Task Whoever_walks_away_from_a_code_pays_cash_after_the_clerk_cancelled_it()
    {
        await using var city = await City.OpenWithSandbox();
        var pos = new Pos(city);
        await pos.Does("sell", "juminhyo=2", "--pay", "qr");
        var receivable = Assert.Single(await Payments(city)).GetProperty("receivable").GetString()!;
        Assert.Equal(1, (await pos.Does("pay", receivable, "--pay", "cash")).ExitCode);
        Assert.Single(await Payments(city));

        Assert.Equal(0, (await pos.Does("pay", receivable, "--pay", "cash", "--cancel-other")).ExitCode);

        Assert.Equal(["cash captured", "qr cancelled"], (await Payments(city)).Select(static payment => $"{payment.GetProperty("method").GetString()} {payment.GetProperty("status").GetString()}"));
    }

    [Fact]
    public async Task The_next_sale_first_finishes_the_one_that_was_interrupted()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        await pos.DiesAfter("key", "sell", "juminhyo=2", "--pay", "cash");

        var next = await pos.Does("sell", "inkan", "--pay", "cash");

        Assert.Equal(0, next.ExitCode);
        Assert.Equal([300, 600], (await Payments(city)).Select(payment => payment.GetProperty("amount").GetInt64()).Order());
        Assert.Contains("-0001", next.Printed, StringComparison.Ordinal);
        Assert.Contains("-0002", next.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_refund_goes_back_once()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        await pos.Does("sell", "juminhyo=2", "--pay", "cash");
        var id = Assert.Single(await Payments(city)).GetProperty("id").GetString()!;
        await pos.DiesAfter("post", "refund", id, "--reason", "打ち間違い");

        Assert.Equal(0, (await pos.Does("resume")).ExitCode);

        Assert.Equal(600, Assert.Single(await Payments(city)).GetProperty("refundedAmount").GetInt64());
        Assert.Contains("取消・返金済み", (await pos.Does("receipt", id)).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_and_leaves_nothing_to_resume()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);

        var refused = await pos.Does("sell", "juminhyo=2", "--pay", "cash", "--tendered", "100");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("お金は動いていません", refused.Printed, StringComparison.Ordinal);
        Assert.Empty(await Payments(city));
        Assert.Contains("中断した処理はありません", (await pos.Does("resume")).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_shows_what_was_taken_and_given_back()
    {
        await using var city = await City.Open();
        var pos = new Pos(city);
        await pos.Does("sell", "juminhyo=2", "--pay", "cash");

        Assert.Contains("現金                       600円\n", (await pos.Does("day")).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_was_cut_off_by_a_power_cut_is_dropped_and_the_journal_goes_on()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cashless-pos-").FullName, "journal.jsonl");
        using (var journal = JournalFile.Open(file)) journal.Write(Step(PosTerminal.Record.Step.Intent, "first"));
        File.AppendAllText(file, """{"kind":"answer","key":"fir""");

        using (var journal = JournalFile.Open(file))
        {
            Assert.Equal("first", Assert.Single(journal.Unfinished).Key);
            journal.Write(Step(PosTerminal.Record.Step.Refused, "first"));
        }

        using (var journal = JournalFile.Open(file)) Assert.Empty(journal.Unfinished);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void One_till_at_a_time_holds_a_journal()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cashless-pos-").FullName, "journal.jsonl");
        using (JournalFile.Open(file)) Assert.Throws<PosTerminal.PosException>(() => JournalFile.Open(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("住民票の写し", 12)]
    [InlineData("ｼﾞｭｳﾐﾝ 12", 9)]
    [InlineData("葛\U000E0100城市", 6)]
    [InlineData("𠮷野", 4)]
    public void A_kanji_takes_two_columns(string text, int columns) => Assert.Equal(columns, Width.Of(text));

    [Fact]
    public void What_does_not_fit_on_one_line_goes_on_two() => Assert.Equal(["一二三四五", "六", "   1,000円"], Width.Sides("一二三四五六", "1,000円", 10));

    private static Step Step(string kind, string key) => new() { Kind = kind, Key = key, At = default, What = "sell", Path = "/v1/sales", Body = "{}" };

    private static async Task<IReadOnlyList<JsonElement>> Payments(City city) => [.. (await city.Get("/v1/payments")).Json.GetProperty("items").EnumerateArray()];
}
