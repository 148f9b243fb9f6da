using System.Text.Json;
using CashlessGateway.Codes;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Receivables;

public sealed class ReceivableTests
{
    private static readonly object Parking = new { revenueAccount = "01-14-01-03-02-00", description = "駐車場", quantity = 1, unitAmount = 300, taxClass = "taxable10" };

    [Theory, EachEngine]
    public async Task A_reduction_takes_a_line_off_and_tax_is_what_is_inside_the_rest(Engine engine)
    {
        await using var city = await City.Open(engine);
        var whole = await city.Owe(new { fee = "juminhyo", quantity = 2 }, Parking);
        Assert.Equal((900, 27), (whole.Number("amount"), whole.Number("taxIncluded")));
        var reduced = await city.Post("/v1/receivables", new
        {
            kind = "counterSale",
            place = "shimin-1",
            lines = new[] { new { fee = "juminhyo", quantity = 2 }, Parking },
            reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01", decisionNumber = "D-1" } },
        });
        Assert.Equal(300, reduced.Number("amount"));
        Assert.Equal(600, reduced.Json.GetProperty("reductions")[0].GetProperty("amount").GetInt64());
    }

    [Theory, EachEngine]
    public async Task A_wholly_waived_sale_needs_no_payment_and_has_a_receipt_number(Engine engine)
    {
        await using var city = await City.Open(engine);
        var waived = await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01" } } });
        Assert.Equal(("waived", 1L), (waived["status"], waived.Number("receiptNumber")));
        Assert.Equal("nothing-to-pay", (await city.PayCash(waived.Id)).Code);
        var receipt = await city.Get($"/v1/receivables/{waived.Id}/receipt");
        Assert.Contains("減免", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("G01", receipt.Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task An_alias_belongs_to_one_receivable_until_that_is_cancelled(Engine engine)
    {
        await using var city = await City.Open(engine);
        object Bill() => new { kind = "facilityCharge", place = "shimin-1", lines = new[] { Parking }, aliases = new[] { new { type = "booking", value = "B-2026-0042" } } };
        var first = await city.Post("/v1/receivables", Bill());
        var second = await city.Post("/v1/receivables", Bill());
        Assert.Equal((409, "alias-in-use", first.Id), (second.Status, second.Code, second["receivable"]));
        Assert.Equal("cancelled", (await city.Post($"/v1/receivables/{first.Id}/cancel", new { }))["status"]);
        Assert.Equal(201, (await city.Post("/v1/receivables", Bill())).Status);
        Assert.Equal("receivable-closed", (await city.PayCash(first.Id)).Code);
    }

    [Theory, EachEngine]
    public async Task A_bill_is_found_by_its_barcode_with_another_date_and_what_follows_it_too(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = TestSlip.Of("912345", "000000000000000077777", 0, null, 300);
        var owed = await city.Post("/v1/receivables", Bill(bill.Digits));
        Assert.Equal(201, owed.Status);
        var extra = await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { Parking }, follows = owed.Id });
        var reissued = TestSlip.Of("912345", "000000000000000077777", 3, new DateOnly(2031, 3, 31), 500);
        var found = await city.Get($"/v1/receivables?alias={reissued.Digits}");
        Assert.Equal([extra.Id, owed.Id], found.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
        Assert.Equal("alias-in-use", (await city.Post("/v1/receivables", Bill(TestSlip.Of("912345", "000000000000000077777", 5, null, 300).Digits))).Code);
    }

    [Theory, EachEngine]
    public async Task Paying_the_whole_debt_blocks_its_parts_and_a_part_blocks_the_whole(Engine engine)
    {
        await using var city = await City.Open(engine);
        async Task<string> Slip(string group, string side) =>
            (await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { Parking }, exclusiveGroup = group, exclusiveSide = side })).Id;
        var (whole, first, second) = (await Slip("R08-1", "whole"), await Slip("R08-1", "parts"), await Slip("R08-1", "parts"));
        var paid = await city.PayCash(first);
        Assert.Equal(201, paid.Status);
        var blocked = await city.PayCash(whole);
        Assert.Equal((409, "paid-by-alternative", paid.Id), (blocked.Status, blocked.Code, blocked["payment"]));
        Assert.Equal(201, (await city.PayCash(second)).Status);
        // Only when both parts are given back may the whole be paid.
        await city.Post($"/v1/payments/{paid.Id}/refunds", new { reason = "x" });
        Assert.Equal("paid-by-alternative", (await city.PayCash(whole)).Code);
    }

    [Theory, EachEngine]
    public async Task Of_two_alternatives_paid_at_once_exactly_one_is_taken(Engine engine)
    {
        await using var city = await City.Open(engine);
        for (var round = 0; round < 5; round++)
        {
            async Task<string> Slip(string side) =>
                (await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { Parking }, exclusiveGroup = $"G{round}", exclusiveSide = side })).Id;
            var (whole, part) = (await Slip("whole"), await Slip("parts"));
            var answers = await Task.WhenAll(city.PayCash(whole), city.PayCash(part));
            Assert.Equal([201, 409], answers.Select(answer => answer.Status).Order());
        }
    }

    [Theory, EachEngine]
    public async Task Payment_and_expiry_at_the_same_instant_have_exactly_one_winner(Engine engine)
    {
        await using var city = await City.Open(engine);
        for (var round = 0; round < 10; round++)
        {
            var payBy = city.Time.GetUtcNow().AddMinutes(10);
            var owed = await city.Post("/v1/receivables", new { kind = "facilityCharge", place = "shimin-1", lines = new[] { Parking }, payBy = payBy.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) });
            var pay = city.PayCash(owed.Id);
            city.Time.Set(payBy);
            var expiry = city.Of<ExpireReceivables>().Run(City.Code, 100, CancellationToken.None);
            var status = (await pay).Status;
            await expiry;
            Assert.Equal(status == 201 ? "paid" : "expired", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
            if (status != 201) Assert.Equal(409, status);
        }
    }

    [Theory, EachEngine]
    public async Task An_expiry_that_read_before_a_payment_changes_nothing_after_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.Owe(Parking);
        var id = owed.Id["rcv_".Length..];
        var read = (await city.Gateway.Database.Read(reader => ReceivableStore.Find(reader, City.Code, id)))!;
        var paid = await city.PayCash(owed.Id);
        await city.Post($"/v1/payments/{paid.Id}/refunds", new { reason = "x", reopen = true });
        // Paid and given back in between: open again, but no longer the one that was read.
        var expired = await city.Gateway.Database.WriteSurely(unit => ExpireReceivables.Expire(unit, read, city.Of<CashlessGateway.Money.Ids>().Next(), city.Of<CashlessGateway.Money.Clock>().Now()), ReadBack.SafeToRepeat);
        Assert.False(expired);
        Assert.Equal("open", (await city.Get($"/v1/receivables/{owed.Id}"))["status"]);
    }

    [Theory, EachEngine]
    public async Task An_unpaid_receivable_is_amended_and_a_paid_one_is_not(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await city.Owe(Parking);
        var stale = await city.Post($"/v1/receivables/{owed.Id}/amend", new { expectedVersion = 7, lines = new[] { Parking, Parking } });
        Assert.Equal((409, "version-changed"), (stale.Status, stale.Code));
        var amended = await city.Post($"/v1/receivables/{owed.Id}/amend", new { expectedVersion = 1, lines = new[] { Parking, Parking } });
        Assert.Equal((200, 600L), (amended.Status, amended.Number("amount")));
        Assert.Equal(600, (await city.PayCash(owed.Id)).Number("amount"));
        Assert.Equal("already-paid", (await city.Post($"/v1/receivables/{owed.Id}/amend", new { expectedVersion = 3, lines = new[] { Parking } })).Code);
        Assert.Equal("already-paid", (await city.Post($"/v1/receivables/{owed.Id}/cancel", new { })).Code);
    }

    [Fact]
    public async Task Money_of_two_owners_is_never_in_one_receivable()
    {
        await using var city = await City.Open();
        var mixed = await city.Post("/v1/receivables", new
        {
            kind = "facilityCharge",
            place = "seishonen-kaikan",
            lines = new object[] { new { fee = "seishonen-kenshu", quantity = 1 }, new { revenueAccount = "01-14-01-03-02-00", description = "駐車場", quantity = 1, unitAmount = 300, taxClass = "taxable10" } },
        });
        Assert.Equal((422, "mixed-owners"), (mixed.Status, mixed.Code));
        Assert.Equal(2, mixed.Violations.Count());
    }

    [Fact]
    public async Task A_designated_managers_own_money_is_never_city_revenue()
    {
        await using var city = await City.Open();
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "facilityCharge", place = "seishonen-kaikan", lines = new[] { new { fee = "seishonen-kenshu", quantity = 1 } } }, payment = new { method = "cash" } });
        Assert.Equal(201, sale.Status);
        Assert.Equal(0, await city.Balance("revenue/"));
        Assert.True(await city.Balance("custody/") < 0);
    }

    [Theory]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[]}", "/lines out-of-range")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\"}", "/lines missing")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"none\"}]}", "/lines/0/fee unknown-fee")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"nowhere\",\"lines\":[{\"fee\":\"juminhyo\"}]}", "/place unknown-place")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\",\"fiscalYear\":2026}]}", "/lines/0/fiscalYear not-allowed")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\",\"revenueAccount\":\"01-14-01-03-02-00\"}]}", "/lines/0 fee-or-account")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\",\"quantity\":1.5}]}", "/lines/0/quantity out-of-range")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"revenueAccount\":\"01-14-01-03-02-00\",\"description\":\"x\",\"quantity\":9999,\"unitAmount\":99999999999}]}", "/lines out-of-range")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"dueDate\":\"2026-02-31\"}", "/dueDate not-a-date")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"payBy\":\"2020-01-01T00:00:00Z\"}", "/payBy in-the-past")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"title\":\"a\\u0000b\"}", "/title invalid-text")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"title\":\"\\ud800\"}", "/title invalid-text")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"reductions\":[{\"line\":3,\"kind\":\"exempt\",\"groundCode\":\"G\"}]}", "/reductions out-of-range")]
    [InlineData("{\"kind\":\"bill\",\"place\":\"shimin-1\",\"lines\":[{\"revenueAccount\":\"01-14-01-03-02-00\",\"description\":\"x\",\"unitAmount\":1}]}", "/lines/0/fiscalYear missing")]
    [InlineData("{\"kind\":\"counterSale\",\"place\":\"shimin-1\",\"lines\":[{\"fee\":\"juminhyo\"}],\"aliases\":[{\"type\":\"slip\",\"value\":\"91912345000000000000000000001026122500000015\"}]}", "/aliases/0/value unreadable")]
    public async Task A_wrong_body_names_what_is_wrong_and_writes_nothing(string body, string violation)
    {
        await using var city = await City.Open();
        var answer = await city.Post("/v1/receivables", body);
        Assert.InRange(answer.Status, 400, 422);
        Assert.Contains(violation, answer.Violations);
        Assert.Equal(40, (await city.Get("/v1/receivables?limit=200")).Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"kind\":\"a\",\"kind\":\"b\"}")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        await using var city = await City.Open();
        Assert.InRange((await city.Post("/v1/receivables", body)).Status, 400, 422);
    }

    [Fact]
    public async Task A_list_is_stable_while_rows_are_added()
    {
        await using var city = await City.Open();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await city.Get($"/v1/receivables?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page["nextCursor"];
            await city.OweCertificates();
        }
        while (cursor is not null);
        Assert.Equal(40, seen.Count);
        Assert.Equal(40, seen.Distinct().Count());
    }

    private static object Bill(string slip) => new
    {
        kind = "bill",
        place = "shimin-1",
        lines = new[] { new { revenueAccount = "01-14-01-03-02-00", description = "x", unitAmount = 300, fiscalYear = 2026, carriedOver = false } },
        aliases = new[] { new { type = "slip", value = slip } },
    };
}

public sealed class CancelledSlipTests
{
    [Theory, EachEngine]
    public async Task A_scanned_slip_of_a_cancelled_bill_says_so(Engine engine)
    {
        await using var city = await City.Open(engine);
        var slip = TestSlip.Of("912345", "000000000000000055555", 0, null, 300).Digits;
        var bill = await city.Post("/v1/receivables", new
        {
            kind = "bill",
            place = "shimin-1",
            lines = new[] { new { revenueAccount = "01-14-01-03-02-00", description = "x", unitAmount = 300, fiscalYear = 2026 } },
            aliases = new[] { new { type = "slip", value = slip } },
        });
        Assert.Empty((await city.Post("/v1/codes/read", new { code = slip })).Json.GetProperty("problems").EnumerateArray());
        await city.Post($"/v1/receivables/{bill.Id}/cancel", new { });
        var read = await city.Post("/v1/codes/read", new { code = slip });
        Assert.Equal(bill.Id, read["receivable"]);
        Assert.Contains("cancelled", read.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_sale_of_zero_yen_is_settled_and_not_amended()
    {
        await using var city = await City.Open();
        var free = await city.Post("/v1/receivables", new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } }, reductions = new[] { new { line = 0, kind = "exempt", groundCode = "G01" } } });
        var amended = await city.Post($"/v1/receivables/{free.Id}/amend", new { expectedVersion = free.Number("version"), lines = new[] { new { fee = "juminhyo", quantity = 1 } } });
        Assert.Equal((409, "receivable-closed"), (amended.Status, amended.Code));
    }
}
