using CashlessGateway.Receipts;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Tests.Audit;

namespace CashlessGateway.Tests.Receipts;

/// <summary>The original once, every other print marked, none lost.</summary>
public sealed class PrintTests
{
    [Theory, EachEngine]
    public async Task The_first_print_is_the_original_and_the_others_are_counted(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).PaymentOf();
        await city.Look(payment);
        var (first, second, third) = (await city.Print(payment), await city.Print(payment, "pdf"), await city.Print(payment, "escpos"));
        Assert.Equal((201, 0L, "printed", null), (first.Status, first.Number("copy"), first["state"], first["mark"]));
        Assert.Equal(("再発行 1回目", "再発行 2回目"), (second["mark"], third["mark"]));
        Assert.DoesNotContain("class=\"mark\"", await city.Paper(first), StringComparison.Ordinal);
        Assert.Contains("再発行 1回目", string.Concat(Printing.PdfReader.Lines((await city.As(second["document"]!, "*/*")).Bytes)), StringComparison.Ordinal);
        Assert.Contains("再発行 2回目", Counter.Cp932((await city.As(third["document"]!, "*/*")).Bytes), StringComparison.Ordinal);
        Assert.Contains("控え", await city.Look(payment), StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task Of_many_prints_at_one_moment_one_is_the_original(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).PaymentOf();
        var prints = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => city.Print(payment)));
        Assert.Equal(Enumerable.Range(0, 8).Select(static copy => (long)copy), prints.Select(print => print.Number("copy")).Order());
    }

    [Theory, EachEngine]
    public async Task The_same_key_hands_out_the_same_print(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).PaymentOf();
        var (first, again) = (await city.Print(payment, key: "p"), await city.Print(payment, key: "p"));
        Assert.Equal((first.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(1, (await city.Print(payment)).Number("copy"));
        Assert.Equal("idempotency-key-missing", (await City.Send(city.Till, $"/v1/payments/{payment}/receipt-prints", new { form = "html" }, null)).Code);
    }

    [Fact]
    public async Task A_receivable_and_its_payment_share_one_count()
    {
        await using var city = await City.Open();
        var sale = await city.Sell();
        await city.Print(sale.PaymentOf());
        var second = await city.Print(sale.Json.GetProperty("receivable").GetProperty("id").GetString()!);
        Assert.Equal((1L, sale.PaymentOf()), (second.Number("copy"), second["receipt"]));
    }

    [Theory, EachEngine]
    public async Task A_spoilt_paper_keeps_its_number_and_stands_on_its_days_list(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).PaymentOf();
        var print = await city.Print(payment);
        var spoilt = await city.Post($"/v1/receipt-prints/{print.Id}/spoil", new { why = "paperJam" });
        Assert.Equal((200, "paperJam"), (spoilt.Status, spoilt["spoiltWhy"]));
        Assert.Equal(200, (await city.Post($"/v1/receipt-prints/{print.Id}/spoil", new { why = "other" })).Status);
        var list = (await city.Get("/v1/places/shimin-1/days/2026-11-21/spoilt-receipts")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal((print.Id, payment, "paperJam"), (list.Single().GetProperty("id").GetString(), list[0].GetProperty("receipt").GetString(), list[0].GetProperty("spoiltWhy").GetString()));
        Assert.Equal("再発行 1回目（書損の代わり）", (await city.Print(payment))["mark"]);
        Assert.Equal("再発行 2回目", (await city.Print(payment))["mark"]);
        Assert.Equal(print.Id, (await city.OnlyEntry("receipt-spoilt")).GetProperty("object").GetString());
        Assert.Empty((await city.Get("/v1/places/shisanzei-1/days/2026-11-21/spoilt-receipts")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(422, (await city.Post($"/v1/receipt-prints/{print.Id}/spoil", new { why = "x" })).Status);
    }

    [Theory, EachEngine]
    public async Task A_terminals_printer_prints_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var printer = new PaperPrinter();
        await SetPrinter(city, printer.Address);
        var payment = (await city.Sell()).PaymentOf();
        var print = await city.Print(payment, "escpos", "pos-03");
        Assert.True(print.Status == 201, print.Text);
        Assert.Equal(("printed", null, null), (print["state"], print["document"], print["message"]));
        var paper = await printer.Next();
        Assert.Contains("領収書", Counter.Cp932(paper), StringComparison.Ordinal);
        Assert.Equal([0x1D, (byte)'V', 66, 0], paper[^4..]);
        Assert.DoesNotContain("再発行", Counter.Cp932(paper), StringComparison.Ordinal);
        await city.Print(payment, "escpos", "pos-03");
        Assert.Contains("再発行 1回目", Counter.Cp932(await printer.Next()), StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task What_did_not_reach_the_printer_is_not_counted_and_may_be_tried_again(Engine engine)
    {
        await using var city = await City.Open(engine);
        var printer = new PaperPrinter();
        await SetPrinter(city, printer.Address);
        await printer.DisposeAsync();
        var payment = (await city.Sell()).PaymentOf();
        var failed = await city.Print(payment, "escpos", "pos-03", key: "p");
        Assert.Equal((503, "printer-unavailable"), (failed.Status, failed.Code));
        Assert.Contains(printer.Address, failed["detail"], StringComparison.Ordinal);
        Assert.Contains("何も印刷されていません", failed["detail"], StringComparison.Ordinal);
        await using var repaired = new PaperPrinter(printer.Port);
        var print = await city.Print(payment, "escpos", "pos-03", key: "p");
        Assert.Equal((201, 0L), (print.Status, print.Number("copy")));
    }

    [Fact]
    public async Task A_line_that_breaks_in_the_middle_counts_and_says_what_to_look_at()
    {
        await using var printer = new PaperPrinter { TakesNothing = true };
        var sender = new ReceiptPrinter { WriteLimit = TimeSpan.FromMilliseconds(200) };
        var outcome = await sender.Send(CashlessGateway.Places.PrinterAddress.Parse(printer.Address)!.Value, new byte[50_000_000]);
        Assert.Equal(PrintState.Unsure, outcome.State);
        Assert.Contains("書損", outcome.Why!.Value.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_without_a_printer_prints_nothing()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).PaymentOf();
        Assert.Equal(["/terminal no-printer"], (await city.Print(payment, "escpos", "pos-03")).Violations);
        Assert.Equal(["/form not-allowed"], (await city.Print(payment, "pdf", "pos-03")).Violations);
        Assert.Equal(["/form not-allowed"], (await city.Print(payment, "link")).Violations);
        Assert.Equal(0, (await city.Print(payment)).Number("copy"));
    }

    [Fact]
    public async Task An_administrator_sets_and_removes_a_printer_and_the_trail_says_so()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Assert.Equal(303, (await Desk.Post(admin, "/admin/terminals?handler=Printer", ("row", "pos-03/printer"), ("printer", "192.168.1.50:9100"))).Status);
        Assert.Contains("192.168.1.50:9100", (await Desk.Get(admin, "/admin/terminals")).Text, StringComparison.Ordinal);
        Assert.Equal("192.168.1.50:9100", (await city.OnlyEntry("terminal-changed")).GetProperty("after").GetProperty("printer").GetString());
        foreach (var wrong in new[] { "192.168.1.50", "a b:9100", "printer:0", "printer:70000", "http://printer:9100" })
        {
            var refused = await Desk.Post(admin, "/admin/terminals?handler=Printer", ("row", "pos-03/printer"), ("printer", wrong));
            Assert.Equal((wrong, 422), (wrong, refused.Status));
            Assert.Contains("＊192.168.1.50:9100 のように", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(303, (await Desk.Post(admin, "/admin/terminals?handler=Printer", ("row", "pos-03/printer"), ("printer", ""))).Status);
        Assert.Equal("no-printer", (await city.Print((await city.Sell()).PaymentOf(), "escpos", "pos-03")).Violations.Single().Split(' ')[1]);
    }

    [Fact]
    public async Task A_key_of_another_place_gets_neither_receipt_nor_print()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).PaymentOf();
        var print = await city.Print(payment);
        using var client = await city.ClientWith(CashlessGateway.Access.Scopes.AllButApproval, ["shisanzei-1"]);
        foreach (var path in new[] { $"/v1/payments/{payment}/receipt", print["document"]! }) Assert.Equal((path, 404), (path, (await city.Get(path, client)).Status));
        Assert.Equal(404, (await City.Send(client, $"/v1/payments/{payment}/receipt-prints", new { form = "html" }, "k")).Status);
        Assert.Equal(404, (await City.Send(client, $"/v1/receipt-prints/{print.Id}/spoil", new { why = "other" }, null)).Status);
        Assert.Equal("place-not-allowed", (await city.Get("/v1/places/shimin-1/days/2026-11-21/spoilt-receipts", client)).Code);
    }

    private static async Task SetPrinter(City city, string address)
    {
        var desk = new Desk(city);
        var admin = await desk.Member(await desk.Person(Role.Admin));
        Assert.Null(await city.Of<CashlessGateway.Places.SetPrinter>().Set(admin, "pos-03", address, CancellationToken.None));
    }
}
