using System.Text.Json;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

public sealed class RefundTests
{
    [Theory, EachEngine]
    public async Task A_void_in_the_same_session_takes_revenue_and_cash_back(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = Payment(await city.Sell());
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "打ち間違い", expectedRefundable = 600 });
        Assert.Equal((201, "void", "succeeded"), (refund.Status, refund["way"], refund["status"]));
        Assert.Equal(0, await city.Balance("cash/"));
        Assert.Equal(0, await city.Balance("revenue/"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_bank_transfer_waits_for_another_person_and_then_for_the_bank(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = Payment(await city.Sell());
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過誤納", way = "bankTransfer", orderNumber = "還付-1" });
        Assert.Equal("awaitingApproval", refund["status"]);
        Assert.Equal(-600, await city.Balance("revenue/"));
        Assert.Equal("scope-missing", (await city.Post($"/v1/refunds/{refund.Id}/approve", new { })).Code);
        Assert.Equal("pending", (await city.Approve($"/v1/refunds/{refund.Id}/approve"))["status"]);
        Assert.Equal(0, await city.Balance("revenue/"));
        Assert.Equal(-600, await city.Balance("refundPayable/"));
        var paid = await city.Approve($"/v1/refunds/{refund.Id}/paid", new { date = "2026-11-21", bankAccount = "shitei-1" });
        Assert.Equal("succeeded", paid["status"]);
        Assert.Equal(0, await city.Balance("refundPayable/"));
        Assert.Equal(-600, await city.Balance("deposit/shitei-1"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_cash_refund_leaves_the_drawer_once_it_is_approved(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = Payment(await city.Sell());
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "一部返金", way = "cash", amount = 100 });
        Assert.Equal(600, await city.Balance("cash/"));
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund.Id}/approve"))["status"]);
        Assert.Equal(500, await city.Balance("cash/"));
        Assert.Equal("100", (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task What_is_on_its_way_back_cannot_be_given_back_again_and_a_rejection_frees_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = Payment(await city.Sell());
        var first = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 400 });
        Assert.Equal(201, first.Status);
        Assert.Equal("refund-not-allowed", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 201 })).Code);
        Assert.Equal("refundable-changed", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 200, expectedRefundable = 600 })).Code);
        Assert.Equal("failed", (await city.Approve($"/v1/refunds/{first.Id}/reject"))["status"]);
        Assert.Equal(201, (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 600 })).Status);
    }

    [Theory, EachEngine]
    public async Task Of_fifty_refunds_at_once_no_more_goes_back_than_came_in(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = Payment(await city.Sell());
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 100 })));
        Assert.Equal(6, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Contains(answer.Code, new[] { "refund-not-allowed", "version-changed" }));
        Assert.Equal("600", (await city.Get($"/v1/payments/{payment}"))["refundedAmount"]);
    }

    [Fact]
    public async Task Several_lines_need_an_amount_per_line()
    {
        await using var city = await City.Open();
        var sale = await city.Post("/v1/sales", new
        {
            receivable = new { kind = "counterSale", place = "shimin-1", lines = new object[] { new { fee = "juminhyo", quantity = 1 }, new { fee = "koseki", quantity = 1 } } },
            payment = new { method = "cash" },
        });
        var payment = Payment(sale);
        Assert.Equal("refund-lines-missing", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", amount = 100 })).Code);
        Assert.Equal("refund-not-allowed", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", lines = new[] { new { line = 0, amount = 301 } } })).Code);
        Assert.Equal(201, (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer", lines = new[] { new { line = 1, amount = 450 } } })).Status);
    }

    [Fact]
    public async Task A_voided_bill_is_open_again_and_a_voided_sale_is_closed()
    {
        await using var city = await City.Open();
        var bill = (await city.Get("/v1/receivables?status=open&limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
        var paid = await city.PayCash(bill);
        Assert.Equal(201, (await city.Post($"/v1/payments/{paid.Id}/refunds", new { reason = "x", way = "void" })).Status);
        Assert.Equal("open", (await city.Get($"/v1/receivables/{bill}"))["status"]);
        Assert.Equal(201, (await city.PayCash(bill)).Status);

        var sale = await city.Sell();
        await city.Post($"/v1/payments/{Payment(sale)}/refunds", new { reason = "x" });
        var receivable = sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
        Assert.Equal("refunded", (await city.Get($"/v1/receivables/{receivable}"))["status"]);
        Assert.Equal("receivable-closed", (await city.PayCash(receivable)).Code);
    }

    [Fact]
    public async Task A_refund_paid_after_the_books_closed_is_expenditure_of_the_new_year()
    {
        await using var city = await City.Open();
        city.Time.Set(new DateTimeOffset(2027, 3, 20, 3, 0, 0, TimeSpan.Zero));
        var payment = Payment(await city.Sell());
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過誤納", way = "bankTransfer" });
        city.Time.Set(new DateTimeOffset(2027, 5, 31, 3, 0, 0, TimeSpan.Zero));
        await city.Approve($"/v1/refunds/{refund.Id}/approve");
        Assert.Equal(0, await city.Balance("revenue/"));
        city.Time.Set(new DateTimeOffset(2027, 6, 2, 3, 0, 0, TimeSpan.Zero));
        Assert.Equal("succeeded", (await city.Approve($"/v1/refunds/{refund.Id}/paid", new { date = "2027-06-01", bankAccount = "shitei-1" }))["status"]);
        Assert.Equal(-600, await city.Balance("revenue/"));
        Assert.Equal(600, await city.Balance("expenditure/"));
        Assert.Equal(-600, await city.Balance("deposit/"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task Nobody_approves_what_they_asked_for_and_the_database_refuses_it_too()
    {
        await using var city = await City.Open();
        var payment = Payment(await city.Sell());
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" });
        var till = city.Gateway.DemoKeys!.Till;
        var both = await city.Of<CashlessGateway.Access.ApiClients>().Create(City.Code, city.Of<CashlessGateway.Money.Ids>().Next(), "both", "demo", [.. CashlessGateway.Access.Scopes.AllButApproval, CashlessGateway.Access.Scopes.RefundsApprove], 1000);
        Assert.NotEqual(till, both.Text);
        using var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", both.Text);
        var own = await City.Send(client, $"/v1/payments/{Payment(await city.Sell())}/refunds", new { reason = "x", way = "bankTransfer" }, "own");
        Assert.Equal((403, "same-principal"), await StatusAndCode(City.Send(client, $"/v1/refunds/{own.Id}/approve", new { }, "own-approve")));
        await using var raw = new Microsoft.Data.Sqlite.SqliteConnection(city.ConnectionString);
        await raw.OpenAsync();
        await using var command = raw.CreateCommand();
        command.CommandText = "update refund set decided_by = requested_by";
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal("awaitingApproval", refund["status"]);
    }

    private static async Task<(int, string?)> StatusAndCode(Task<Answer> answer) => ((await answer).Status, (await answer).Code);

    internal static string Payment(Answer sale) => sale.Json.GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment ? payment.GetProperty("id").GetString()! : throw new InvalidOperationException(sale.Text);
}
