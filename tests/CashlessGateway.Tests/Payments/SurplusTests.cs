using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

/// <summary>Money that arrives while something else holds the receivable is recorded, never refused (mechanics 4).</summary>
public sealed class SurplusTests
{
    private static readonly Cause Test = new("test", Sources.Provider);

    [Theory, EachEngine]
    public async Task A_second_payment_from_a_terminal_is_booked_as_overpaid(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        await city.PayCash(owed.Id);
        var second = await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-03", approvalNumber = "A1", method = "card" });
        Assert.Equal((201, "True"), (second.Status, second["surplus"]));
        Assert.Equal("overpaid", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
        Assert.Equal(-600, await city.Balance("overpaid/"));
        Assert.Equal(600, await city.Balance("clearing/"));
        Assert.Equal(-600, await city.Balance("revenue/"));
        var again = await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-03", approvalNumber = "A1", method = "card" });
        Assert.Equal((409, "already-captured", second.Id), (again.Status, again.Code, again["payment"]));

        // Given back, nothing is owed to anyone any more.
        var refund = await city.Post($"/v1/payments/{second.Id}/refunds", new { reason = "過誤納", way = "bankTransfer" });
        await city.Approve($"/v1/refunds/{refund.Id}/approve");
        await city.Approve($"/v1/refunds/{refund.Id}/paid", new { date = "2026-11-21", bankAccount = "shitei-1" });
        Assert.Equal(0, await city.Balance("overpaid/"));
        Assert.Equal("paid", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task What_a_terminal_took_for_an_open_receivable_pays_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var attached = await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-03", approvalNumber = "A2", method = "emoney", brand = "suica" });
        Assert.Equal((201, "False"), (attached.Status, attached["surplus"]));
        Assert.Equal("paid", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_payment_in_doubt_blocks_a_second_charge_until_a_person_resolves_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var doubt = await InDoubt(city, owed.Id);
        Assert.Equal("inProgress", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
        var refused = await city.PayCash(owed.Id);
        Assert.Equal((409, "payment-in-progress", doubt), (refused.Status, refused.Code, refused["payment"]));
        Assert.Equal("not-cancellable", (await city.Post($"/v1/payments/{doubt}/cancel", new { })).Code);
        Assert.Equal("payment-in-progress", (await city.Post($"/v1/receivables/{owed.Id}/cancel", new { })).Code);

        var finding = new { outcome = "taken", reason = "端末の売上票を確認", evidence = "処理未了票 12" };
        Assert.Equal("inDoubt", (await city.Post($"/v1/payments/{doubt}/resolve", finding))["status"]);
        var taken = await city.Approve($"/v1/payments/{doubt}/resolve", finding);
        Assert.Equal("captured", taken["status"]);
        Assert.Equal(-600, await city.Balance("revenue/"));
        Assert.Equal("not-in-doubt", (await city.Post($"/v1/payments/{doubt}/resolve", new { outcome = "notTaken", reason = "x", evidence = "y" })).Code);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task When_the_doubtful_holder_turns_out_empty_the_oldest_surplus_takes_its_place(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.OweCertificates();
        var doubt = await InDoubt(city, owed.Id);
        var surplus = await city.Post($"/v1/receivables/{owed.Id}/attach", new { terminal = "pos-03", approvalNumber = "A3", method = "card" });
        Assert.Equal("True", surplus["surplus"]);
        Assert.Equal(0, await city.Balance("revenue/"));

        var finding = new { outcome = "notTaken", reason = "残高照会で不成立", evidence = "処理未了票 13" };
        Assert.Equal("inDoubt", (await city.Post($"/v1/payments/{doubt}/resolve", finding))["status"]);
        var resolved = await city.Approve($"/v1/payments/{doubt}/resolve", finding);
        Assert.Equal("cancelled", resolved["status"]);
        Assert.Equal("False", (await city.Get($"/v1/payments/{surplus.Id}"))["surplus"]);
        Assert.Equal("paid", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
        Assert.Equal((0, -600), (await city.Balance("overpaid/"), await city.Balance("revenue/")));
        Assert.Contains("payment.surplusAccepted", (await city.Get($"/v1/payments/{surplus.Id}/events")).Text, StringComparison.Ordinal);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_terminal_has_one_unfinished_payment_at_most()
    {
        await using var city = await City.Open();
        await InDoubt(city, (await city.OweCertificates()).Id, "pos-03");
        var taken = await Assert.ThrowsAsync<InvalidOperationException>(async () => await InDoubt(city, (await city.OweCertificates()).Id, "pos-03"));
        Assert.Contains(PaymentStore.TerminalIndex, taken.Message, StringComparison.Ordinal);
    }

    /// <summary>What a provider's silence will leave behind.</summary>
    private static async Task<string> InDoubt(City city, string receivable, string? terminal = null)
    {
        var (ids, now) = (city.Of<Ids>(), city.Of<Clock>().Now());
        var payment = new Payment
        {
            Municipality = City.Code,
            Id = ids.Next(),
            Receivable = receivable["rcv_".Length..],
            Place = "shimin-1",
            Terminal = terminal,
            Method = "card",
            Presentation = "terminal",
            Provider = "silent",
            Amount = new Yen(600),
            Status = "created",
            Slot = receivable["rcv_".Length..],
            BusyTerminal = terminal,
            Client = "test",
            Version = 1,
            CreatedAt = now,
        };
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await PaymentStore.Insert(unit, payment);
            return await StepOn.Go(unit, payment, PaymentState.InDoubt, ids.Next(), Test, now);
        }, ReadBack.SafeToRepeat);
        return PublicId.Payment + payment.Id;
    }
}
