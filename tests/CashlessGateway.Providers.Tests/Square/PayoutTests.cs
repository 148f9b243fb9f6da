using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>With the examples of Square's own description, which say currency_code where the reference says currency.</summary>
public sealed class PayoutTests
{
    private const string Payouts = "GET /v2/payouts";
    private const string Id = "po_4d28e6c4-7dd5-4de4-8ec9-a059277646a6";

    private const string FirstPayout =
        """
        {"amount_money":{"amount":6259,"currency_code":"USD"},"arrival_date":"2022-03-29","created_at":"2022-03-29T16:12:31Z","destination":{"id":"ccof:ZPp3oedR3AeEUNd3z7","type":"CARD"},
         "end_to_end_id":"L2100000005","id":"po_b345d2c7-90b3-4f0b-a2aa-df1def7f8afc","location_id":"L88917AVBK2S5","status":"PAID","type":"BATCH","updated_at":"2022-03-30T01:07:22.875Z","version":2}
        """;

    private const string SecondPayout =
        """
        {"amount_money":{"amount":-103,"currency_code":"USD"},"arrival_date":"2022-03-24","created_at":"2022-03-24T03:07:09Z","id":"po_f3c0fb38-a5ce-427d-b858-52b925b72e45",
         "location_id":"L88917AVBK2S5","status":"SENT","type":"BATCH","version":1}
        """;

    private const string RefundEntry =
        """
        {"effective_at":"2021-12-14T23:31:49Z","fee_amount_money":{"amount":-2,"currency_code":"USD"},"gross_amount_money":{"amount":-50,"currency_code":"USD"},"id":"poe_ZQWcw41d0SGJS6IWd4cSi8mKHk",
         "net_amount_money":{"amount":-48,"currency_code":"USD"},"payout_id":"po_4d28e6c4-7dd5-4de4-8ec9-a059277646a6","type":"REFUND",
         "type_refund_details":{"payment_id":"HVdG62HeMlti8YYf94oxrN","refund_id":"HVdG62HeMlti8YYf94oxrN_dR8Nztxg7umf94oxrN12Ji5r2KW14FAY"}}
        """;

    private const string ChargeEntry =
        """
        {"effective_at":"2021-12-14T23:31:49Z","fee_amount_money":{"amount":19,"currency_code":"USD"},"gross_amount_money":{"amount":100,"currency_code":"USD"},"id":"poe_EibbY9Ob1d0SGJS6IWd4cSiSi6wkaPk",
         "net_amount_money":{"amount":81,"currency_code":"USD"},"payout_id":"po_4d28e6c4-7dd5-4de4-8ec9-a059277646a6","type":"CHARGE","type_charge_details":{"payment_id":"HVdG62H5K3291d0SGJS6IWd4cSi8YY"}}
        """;

    [Fact]
    public async Task Payouts_are_read_over_all_pages()
    {
        await using var world = await SquareWorld.Open();
        world.On(Payouts + "?", StubAnswer.Json(200, $$"""{"cursor":"EMPCyStibo64","payouts":[{{FirstPayout}}]}"""), StubAnswer.Json(200, $$"""{"payouts":[{{SecondPayout}}]}"""));

        Assert.Equal(
            [
                new Payout("po_b345d2c7-90b3-4f0b-a2aa-df1def7f8afc", PayoutState.Paid, 6259, "USD", new DateOnly(2022, 3, 29), new DateTimeOffset(2022, 3, 29, 16, 12, 31, TimeSpan.Zero)),
                new Payout("po_f3c0fb38-a5ce-427d-b858-52b925b72e45", PayoutState.Announced, -103, "USD", new DateOnly(2022, 3, 24), new DateTimeOffset(2022, 3, 24, 3, 7, 9, TimeSpan.Zero)),
            ],
            await All(world));
        Assert.Contains("cursor=EMPCyStibo64", world.Stub.Requests[^1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_have_Squares_signs_and_add_up()
    {
        await using var world = await Entries($"{RefundEntry},{ChargeEntry}");
        var lines = await Lines(world);

        Assert.Equal([(-50, -2, -48, SettlementKind.Refund), (100, 19, 81, SettlementKind.Payment)], lines.Select(line => ((int)line.Gross, (int)line.Fee, (int)line.Net, line.Kind)));
        Assert.Equal("HVdG62HeMlti8YYf94oxrN_dR8Nztxg7umf94oxrN12Ji5r2KW14FAY", lines[0].RefundReference);
        Assert.Equal("HVdG62H5K3291d0SGJS6IWd4cSi8YY", lines[1].ProviderReference);
        Assert.Equal(["REFUND", "CHARGE"], lines.Select(line => line.Word));
    }

    [Fact]
    public async Task A_batch_without_entries_was_not_read()
    {
        await using var world = await Entries("");
        await Assert.ThrowsAsync<ProviderReadException>(() => Lines(world));
    }

    [Fact]
    public async Task A_payout_that_has_no_entries_by_its_kind_is_its_own_line()
    {
        await using var world = await SquareWorld.Open();
        world.On($"{Payouts}/{Id}", Whole("SIMPLE"));

        var line = Assert.Single(await Lines(world));
        Assert.Equal((SettlementKind.Other, 6259, "SIMPLE"), (line.Kind, line.Net, line.Word));
    }

    [Theory]
    [InlineData("CHARGE", SettlementKind.Payment)]
    [InlineData("REFUND", SettlementKind.Refund)]
    [InlineData("FEE", SettlementKind.Fee)]
    [InlineData("DEPOSIT_FEE", SettlementKind.Fee)]
    [InlineData("TAX_ON_FEE", SettlementKind.Fee)]
    [InlineData("PROCESSING_FEE", SettlementKind.Fee)]
    [InlineData("DISPUTE", SettlementKind.Dispute)]
    [InlineData("OPEN_DISPUTE", SettlementKind.Dispute)]
    [InlineData("ADJUSTMENT", SettlementKind.Adjustment)]
    [InlineData("HOLD_ADJUSTMENT", SettlementKind.Adjustment)]
    [InlineData("RELEASE_ADJUSTMENT", SettlementKind.Adjustment)]
    [InlineData("RETURNED_PAYOUT", SettlementKind.Other)]
    [InlineData("SQUARE_CAPITAL_PAYMENT", SettlementKind.Other)]
    [InlineData("A_WORD_OF_TOMORROW", SettlementKind.Other)]
    public void Each_kind_of_entry_has_its_place(string word, SettlementKind kind) => Assert.Equal(kind, EntryKinds.Of(word, -100));

    [Fact]
    public void A_dispute_that_gives_money_back_was_won() => Assert.Equal(SettlementKind.DisputeReversed, EntryKinds.Of("DISPUTE", 100));

    [Theory]
    [InlineData("\"amount\":81", "\"amount\":82")]
    [InlineData("\"amount\":81", "\"amount\":\"81\"")]
    [InlineData("po_4d28e6c4", "po_another")]
    [InlineData("\"type\":\"CHARGE\"", "\"type\":7")]
    [InlineData("2021-12-14T23:31:49Z", "yesterday")]
    public async Task An_entry_that_cannot_be_read_or_does_not_add_up_spoils_the_list(string from, string to)
    {
        await using var world = await Entries(ChargeEntry.Replace(from, to, StringComparison.Ordinal));
        await Assert.ThrowsAsync<ProviderReadException>(() => Lines(world));
    }

    [Fact]
    public async Task A_list_that_breaks_off_does_not_count()
    {
        await using var world = await SquareWorld.Open();
        world.On(Payouts + "?", StubAnswer.Json(200, $$"""{"cursor":"NEXT1","payouts":[{{FirstPayout}}]}"""), StubAnswer.Html(502));
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));

        world.On(Payouts + "?", StubAnswer.Json(200, $$"""{"payouts":[{{FirstPayout.Replace("PAID", "LOST", StringComparison.Ordinal)}}]}"""));
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));

        world.On(SquareWorld.Locations, SquareSays.NotFound);
        await Assert.ThrowsAsync<ProviderReadException>(() => All(world));
    }

    private static async Task<SquareWorld> Entries(string entries) =>
        (await SquareWorld.Open()).On($"{Payouts}/{Id}", Whole("BATCH")).On($"{Payouts}/{Id}/payout-entries", StubAnswer.Json(200, $$"""{"payout_entries":[{{entries}}]}"""));

    private static StubAnswer Whole(string type) => StubAnswer.Json(
        200, $$"""{"payout":{{FirstPayout.Replace("po_b345d2c7-90b3-4f0b-a2aa-df1def7f8afc", Id, StringComparison.Ordinal).Replace("BATCH", type, StringComparison.Ordinal)}}}""");

    private static async Task<List<Payout>> All(SquareWorld world)
    {
        var all = new List<Payout>();
        await foreach (var payout in world.Provider.PayoutsSince(SquareSays.At, world.InTime)) all.Add(payout);
        return all;
    }

    private static async Task<List<SettlementLine>> Lines(SquareWorld world)
    {
        var all = new List<SettlementLine>();
        await foreach (var line in world.Provider.LinesOf(Id, world.InTime)) all.Add(line);
        return all;
    }
}
