using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Payments;

/// <summary>Cards, e-money and codes at a terminal, from the till through the adapter to the provider's server and back.</summary>
public sealed class TerminalPaymentTests
{
    [Theory]
    [InlineData("emoney", "id", "FELICA_ID", "id")]
    [InlineData("emoney", "suica", "FELICA_TRANSPORTATION", "suica")]
    [InlineData("card", null, "VISA", "visa")]
    [InlineData("qr", null, "D_BARAI", "dbarai")]
    public async Task A_customer_pays_at_the_terminal_and_the_brand_comes_out(string method, string? asked, string word, string brand)
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await AtTerminal(city, method, asked);
        Assert.Equal(("pending", "square-main", "presentAtTerminal", "pos-01"), (sale["status"], sale["provider"], sale.Json.GetProperty("action").GetProperty("type").GetString(), sale.Json.GetProperty("action").GetProperty("terminal").GetString()));

        Assert.Equal(SquareResult.Paid, Square(city).Customer.Do(sale.Id, brand: word));
        await Captured(city, sale.Id);
        Assert.Equal(brand, (await city.Get($"/v1/payments/{sale.Id}"))["brand"]);
        Assert.Equal(600, await city.Balance("clearing/square-main/shimin-1"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_terminal_serves_one_customer_at_a_time_and_is_free_after_the_cancel()
    {
        await using var city = await City.OpenWithSandbox();
        var first = await AtTerminal(city, "card");
        var busy = await AtTerminal(city, "card");
        Assert.Equal((409, "terminal-busy"), (busy.Status, busy.Code));
        Assert.Equal("cancelled", (await city.Post($"/v1/payments/{first.Id}/cancel", new { }))["status"]);
        Assert.Equal("pending", (await AtTerminal(city, "card"))["status"]);
    }

    [Fact]
    public async Task A_terminal_that_the_provider_does_not_know_is_told_before_anybody_is_asked()
    {
        await using var city = await City.OpenWithSandbox();
        var refused = await AtTerminal(city, "emoney", terminal: "pos-04");
        Assert.Equal((422, "terminal-not-paired"), (refused.Status, refused.Code));
        Assert.Equal(["/terminal missing"], (await AtTerminal(city, "emoney", terminal: null)).Violations);
        Assert.Empty(Square(city).Money());
    }

    [Fact]
    public async Task What_cannot_be_given_up_from_here_is_ended_by_the_clerk_at_the_terminal()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await AtTerminal(city, "emoney", "id");
        Square(city).Customer.Do(sale.Id, SquareAct.TerminalError);
        var stuck = await city.Post($"/v1/payments/{sale.Id}/cancel", new { });
        Assert.Equal(("cancelling", "endAtTerminal"), (stuck["status"], stuck.Json.GetProperty("action").GetProperty("type").GetString()));

        Square(city).Customer.Do(sale.Id, SquareAct.EndAtTerminal);
        await city.AskProviders(TimeSpan.FromSeconds(10));
        Assert.Equal("cancelled", (await city.Get($"/v1/payments/{sale.Id}"))["status"]);
    }

    [Fact]
    public async Task Transport_IC_is_never_refunded_through_the_provider_and_goes_back_by_transfer()
    {
        await using var city = await City.OpenWithSandbox();
        var payment = await Paid(city, "emoney", "suica", "FELICA_TRANSPORTATION");
        Assert.Equal((422, "refund-not-allowed"), await StatusAndCode(city.Post($"/v1/payments/{payment}/refunds", new { reason = "過納", way = "refund" })));
        Assert.Equal("bankTransfer", (await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過納" }))["way"]);
    }

    [Fact]
    public async Task ID_goes_back_whole_or_not_at_all_and_a_card_in_parts()
    {
        await using var city = await City.OpenWithSandbox();
        var whole = await Paid(city, "emoney", "id", "FELICA_ID");
        Assert.Equal((422, "refund-not-allowed"), await StatusAndCode(city.Post($"/v1/payments/{whole}/refunds", new { amount = 100, reason = "過納", way = "refund" })));
        Assert.Equal("succeeded", await Refunded(city, whole, 600));
        var card = await Paid(city, "card", null, "VISA");
        Assert.Equal("succeeded", await Refunded(city, card, 100));
        Assert.Equal("succeeded", await Refunded(city, card, 500));
        Assert.Equal(0, await city.Balance("clearing/square-main/shimin-1"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_stopped_contract_is_gone_past_and_the_next_one_takes_the_card_at_its_own_reader()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var manager = desk.As(await desk.Person(Role.CounterManager));
        Assert.Equal(303, (await Desk.Post(manager, "/admin/routing?handler=Stop", ("provider", "square-main"), ("method", "card"), ("place", ""), ("reason", "点検"))).Status);
        Assert.Equal("square-main", (await AtTerminal(city, "qr"))["provider"]);
        // The next contract has no reader at this terminal, so the stop is what is told.
        Assert.Equal((409, "method-stopped"), await StatusAndCode(AtTerminal(city, "card", terminal: "pos-03")));
        var card = await AtTerminal(city, "card", terminal: "pos-02");
        Assert.Equal(("pending", "stripe-main"), (card["status"], card["provider"]));
    }

    [Fact]
    public async Task A_new_terminal_is_paired_on_its_page_by_the_code_that_is_typed_in()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Assert.Equal(303, (await Desk.Post(admin, "/admin/terminals?handler=Pair", ("row", "pos-04/pair"), ("provider", "square-main"))).Status);
        var code = (await city.Of<Database>().One<string>(new Sql("select pairing_code from terminal_device where municipality = @municipality and terminal = 'pos-04'"), new { municipality = City.Code }))!;
        Assert.Contains(code, (await Desk.Get(admin, "/admin/terminals")).Text, StringComparison.Ordinal);
        Assert.Equal(409, (await Desk.Post(admin, "/admin/terminals?handler=Paired", ("row", "pos-04"), ("provider", "square-main"))).Status);

        Assert.True(Square(city).Customer.Pair(code, "901CS145A9000044"));
        Assert.Equal(303, (await Desk.Post(admin, "/admin/terminals?handler=Paired", ("row", "pos-04"), ("provider", "square-main"))).Status);
        Assert.Equal("pending", (await AtTerminal(city, "emoney", "id", "pos-04"))["status"]);
        // One device stands at one place.
        Assert.Equal(409, (await Desk.Post(admin, "/admin/terminals?handler=Name", ("row", "pos-05/name"), ("provider", "square-main"), ("device", "901CS145A9000044"))).Status);
    }

    [Fact]
    public async Task A_signed_notice_asks_at_once_and_a_forged_one_leaves_no_row()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await AtTerminal(city, "card");
        Square(city).Customer.Do(sale.Id, brand: "VISA");
        // No time passes, so that nothing is due but what a notice asked for.
        await Eventually.True("the payment is captured", async () => (await city.Of<Database>().One<string>(new Sql("select status from payment where municipality = @municipality and id = @id"), new { municipality = City.Code, id = sale.Id[4..] })) == "captured");
        var seen = await Seen(city);
        Assert.True(seen > 0);
        Assert.Equal(400, (await City.Send(city.Nobody, "/hooks/square-main", new { event_id = "forged", type = "payment.updated" }, null)).Status);
        Assert.Equal(seen, await Seen(city));

        city.Time.Advance(TimeSpan.FromDays(31));
        await city.Of<SeenNotices>().Run(City.Code, 1000, default);
        Assert.Equal(0, await Seen(city));
    }

    [Fact]
    public async Task A_notice_that_comes_again_asks_nobody_anything()
    {
        await using var city = await City.OpenWithSandbox();
        var sale = await AtTerminal(city, "card");
        long Calls() => Square(city).Calls(ApiOperation.GetCheckout);
        var before = Calls();
        Assert.Equal(200, await Notice(city, "event-1", sale.Id));
        await Eventually.True("the provider is asked", () => Task.FromResult(Calls() > before));

        var asked = Calls();
        // Nothing is due for an hour, so that a question can only come from a notice.
        city.Time.Advance(TimeSpan.FromSeconds(30));
        var row = new { municipality = City.Code, id = sale.Id[4..], due = city.Of<Clock>().Now().Plus(TimeSpan.FromHours(1)) };
        await city.Of<Database>().WriteSurely(unit => unit.Execute(new Sql("update payment set next_ask_at = @due where municipality = @municipality and id = @id"), row), ReadBack.SafeToRepeat);
        Task<bool> Rests() => city.Of<Database>().Read(reader => reader.Exists(new Sql("select 1 from payment where municipality = @municipality and id = @id and next_ask_at = @due"), row));
        Assert.Equal(200, await Notice(city, "event-1", sale.Id));
        Assert.True(await Rests());
        Assert.Equal(asked, Calls());

        Assert.Equal(200, await Notice(city, "event-2", sale.Id));
        Assert.False(await Rests());
        await Eventually.True("the other one asks", () => Task.FromResult(Calls() > asked));
    }

    /// <summary>As Square signs it: the registered address and the body.</summary>
    private static async Task<int> Notice(City city, string id, string payment)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { merchant_id = "ML", type = "terminal.checkout.updated", event_id = id, created_at = city.Time.GetUtcNow(), data = new { type = "checkout", id = "c", @object = new { checkout = new { id = "c", reference_id = payment } } } });
        var signed = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("demo-signature-key-city"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes("https://pay.mihon.example.jp/hooks/square-main" + body)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/square-main") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("x-square-hmacsha256-signature", signed);
        using var answer = await city.Nobody.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static Task<long> Seen(City city) => city.Of<Database>().One<long>(new Sql("select cast(count(*) as bigint) from notice_seen"))!;

    private static SquareSandbox Square(City city) => (SquareSandbox)city.StandIn("square").StandIn;

    private static async Task<Answer> AtTerminal(City city, string method, string? brand = null, string? terminal = "pos-01") =>
        await city.Post("/v1/payments", new { receivable = (await city.OweCertificates()).Id, place = "shimin-1", method, presentation = "terminal", brand, terminal });

    private static async Task<string> Paid(City city, string method, string? brand, string word)
    {
        var sale = await AtTerminal(city, method, brand);
        Assert.Equal(SquareResult.Paid, Square(city).Customer.Do(sale.Id, brand: word));
        await Captured(city, sale.Id);
        return sale.Id;
    }

    /// <summary>A notice may be asking for it at this very moment.</summary>
    private static Task Captured(City city, string payment) => Eventually.True("the payment is captured", async () =>
    {
        await city.AskProviders(TimeSpan.FromSeconds(5));
        return (await city.Get($"/v1/payments/{payment}"))["status"] == "captured";
    });

    private static async Task<string?> Refunded(City city, string payment, long amount)
    {
        var asked = await city.Post($"/v1/payments/{payment}/refunds", new { amount, reason = "過納", way = "refund" });
        Assert.Equal(201, asked.Status);
        var approved = await city.Approve($"/v1/refunds/{asked.Id}/approve");
        for (var i = 0; i < 5 && approved["status"] != "succeeded"; i++)
        {
            await city.AskProviders(TimeSpan.FromSeconds(10));
            approved = await city.Get($"/v1/refunds/{asked.Id}");
        }

        return approved["status"];
    }

    private static async Task<(int, string?)> StatusAndCode(Task<Answer> answer) => ((await answer).Status, (await answer).Code);
}
