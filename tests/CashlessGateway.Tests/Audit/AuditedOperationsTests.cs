using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Events;

namespace CashlessGateway.Tests.Audit;

/// <summary>What changes settings or releases money leaves an entry, and what was refused leaves one that changed nothing.</summary>
public sealed class AuditedOperationsTests
{
    [Theory, EachEngine]
    public async Task A_webhook_endpoints_life_is_told_without_its_address_and_secrets(Engine engine)
    {
        await using var city = await City.Open(engine);
        var made = await city.Post("/v1/webhook-endpoints", new { url = "https://hooks.example.jp/in/4711?token=abc", description = "予約システム" });
        var rotated = await city.Post($"/v1/webhook-endpoints/{made.Id}/rotate", new { });
        await city.Delete($"/v1/webhook-endpoints/{made.Id}");

        var created = await city.OnlyEntry("webhook-endpoint-created");
        Assert.Equal((made.Id, "https://hooks.example.jp", "予約システム"), (created.GetProperty("object").GetString(), created.GetProperty("after").GetProperty("host").GetString(), created.GetProperty("after").GetProperty("description").GetString()));
        Assert.Equal(made.Id, (await city.OnlyEntry("webhook-secret-rotated")).GetProperty("object").GetString());
        Assert.Equal("https://hooks.example.jp", (await city.OnlyEntry("webhook-endpoint-deleted")).GetProperty("before").GetProperty("host").GetString());
        var all = (await city.Trail("")).Text;
        foreach (var secret in new[] { made["secret"]!, rotated["secret"]!, "token=abc", "4711" }) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_repeated_call_leaves_one_entry(Engine engine)
    {
        await using var city = await City.Open(engine);
        var request = new { url = "https://hooks.example.jp/in" };
        await city.Post("/v1/webhook-endpoints", request, "same");
        await city.Post("/v1/webhook-endpoints", request, "same");
        await city.OnlyEntry("webhook-endpoint-created");
    }

    [Theory, EachEngine]
    public async Task A_refund_is_told_from_its_order_to_the_bank(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).Payment();
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "過誤納", way = "bankTransfer", orderNumber = "還付-1" });
        await city.Approve($"/v1/refunds/{refund.Id}/approve");
        await city.Approve($"/v1/refunds/{refund.Id}/paid", new { date = "2026-11-21", bankAccount = "shitei-1" });

        var ordered = await city.OnlyEntry("refund-ordered");
        Assert.Equal((refund.Id, "shimin-1", "600", payment), (ordered.GetProperty("object").GetString(), ordered.GetProperty("place").GetString(), ordered.GetProperty("facts").GetProperty("amount").GetString(), ordered.GetProperty("facts").GetProperty("payment").GetString()));
        var approved = await city.OnlyEntry("refund-approved");
        Assert.Equal(ordered.GetProperty("actor").GetString(), approved.GetProperty("facts").GetProperty("requestedBy").GetString());
        Assert.NotEqual(ordered.GetProperty("actor").GetString(), approved.GetProperty("actor").GetString());
        Assert.Equal("shitei-1", (await city.OnlyEntry("refund-paid-out")).GetProperty("after").GetProperty("bankAccount").GetString());
    }

    [Fact]
    public async Task A_rejected_refund_is_told_and_one_that_was_refused_by_rule_is_not_ordered()
    {
        await using var city = await City.Open();
        var payment = (await city.Sell()).Payment();
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" });
        await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" });
        await city.Approve($"/v1/refunds/{refund.Id}/reject");

        await city.OnlyEntry("refund-ordered");
        Assert.Equal(refund.Id, (await city.OnlyEntry("refund-rejected")).GetProperty("object").GetString());
        Assert.Empty((await city.Trail("?action=refund-approved")).Objects());
    }

    [Theory, EachEngine]
    public async Task Whoever_tries_to_approve_their_own_refund_is_noted_as_refused(Engine engine)
    {
        await using var city = await City.Open(engine);
        using var both = await city.ClientWith([.. Scopes.AllButApproval, Scopes.RefundsApprove]);
        var payment = (await city.Sell()).Payment();
        var refund = await City.Send(both, $"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" }, "a");
        Assert.Equal("same-principal", (await City.Send(both, $"/v1/refunds/{refund.Id}/approve", new { }, "b")).Code);

        var entry = await city.OnlyEntry("refund-approved");
        Assert.Equal(("refused", refund.Id), (entry.GetProperty("outcome").GetString(), entry.GetProperty("object").GetString()));
    }

    [Theory, EachEngine]
    public async Task Findings_about_a_doubtful_payment_are_told_by_both_who_made_them(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.ErrorBefore));
        var payment = (await city.SellByQr()).Payment();
        var finding = new { outcome = "notTaken", reason = "コードは出ていない", evidence = "未了票 5" };
        await city.Post($"/v1/payments/{payment}/resolve", finding);
        Assert.Empty((await city.Trail("?action=payment-resolved")).Objects());
        await city.Approve($"/v1/payments/{payment}/resolve", finding);

        var (first, second) = (await city.OnlyEntry("payment-finding"), await city.OnlyEntry("payment-resolved"));
        Assert.Equal((payment, payment), (first.GetProperty("object").GetString(), second.GetProperty("object").GetString()));
        Assert.Equal(("notTaken", first.GetProperty("actor").GetString()), (second.GetProperty("facts").GetProperty("outcome").GetString(), second.GetProperty("facts").GetProperty("firstFindingBy").GetString()));
    }

    [Theory, EachEngine]
    public async Task A_terminal_is_told_once_and_one_whose_name_is_taken_not_at_all(Engine engine)
    {
        await using var city = await City.Open(engine);
        Assert.Equal((201, 409), ((await city.Terminal("pos-91")).Status, (await city.Terminal("pos-91")).Status));
        Assert.Equal("terminal:pos-91", (await city.OnlyEntry("terminal-added")).GetProperty("object").GetString());
    }

    [Theory, EachEngine]
    public async Task A_cancelled_receivable_is_told_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        var receivable = (await city.OweCertificates()).Id;
        await city.Post($"/v1/receivables/{receivable}/cancel", new { reason = "誤発行" });
        await city.Post($"/v1/receivables/{receivable}/cancel", new { });
        var entry = await city.OnlyEntry("receivable-cancelled");
        Assert.Equal((receivable, "open", "600"), (entry.GetProperty("object").GetString(), entry.GetProperty("before").GetProperty("status").GetString(), entry.GetProperty("before").GetProperty("amount").GetString()));
    }

    [Fact]
    public async Task A_session_is_told_when_its_drawer_does_not_hold_what_it_should()
    {
        await using var city = await City.Open();
        var even = await city.Post("/v1/places/shimin-1/sessions", new { drawer = "d1", floatAmount = 1_000 });
        await city.Post($"/v1/places/shimin-1/sessions/{even.Id}/close", new { countedAmount = 1_000 });
        var short_ = await city.Post("/v1/places/shimin-1/sessions", new { drawer = "d2", floatAmount = 1_000 });
        await city.Post($"/v1/places/shimin-1/sessions/{short_.Id}/close", new { countedAmount = 900, reason = "釣銭の渡し間違い" });

        var entry = await city.OnlyEntry("session-closed-with-difference");
        Assert.Equal((short_.Id, "-100", "釣銭の渡し間違い"), (entry.GetProperty("object").GetString(), entry.GetProperty("facts").GetProperty("difference").GetString(), entry.GetProperty("facts").GetProperty("reason").GetString()));
    }

    [Theory, EachEngine]
    public async Task A_call_without_its_scope_is_noted_once_a_minute_per_key(Engine engine)
    {
        await using var city = await City.Open(engine);
        for (var i = 0; i < 5; i++) await city.Get("/v1/audit");
        var entry = await city.OnlyEntry("access-refused");
        Assert.Equal(("refused", "scope-missing", "audit:read", "GET /v1/audit"), (entry.GetProperty("outcome").GetString(), Fact(entry, "reason"), Fact(entry, "scope"), Fact(entry, "call")));
        Assert.StartsWith("client:", entry.GetProperty("actor").GetString(), StringComparison.Ordinal);

        city.Time.Advance(TimeSpan.FromMinutes(1));
        await city.Get("/v1/audit");
        Assert.Equal(2, (await city.Trail("?action=access-refused")).Objects().Count);
    }

    [Fact]
    public async Task An_attacker_with_a_thousand_keys_leaves_one_entry_a_minute()
    {
        await using var city = await City.Open();
        for (var i = 0; i < 20; i++)
        {
            using var guess = city.ClientOf(ApiKey.New(i % 2 == 0 ? "demo" : "live"));
            Assert.Equal(401, (await city.Get("/v1/places", guess)).Status);
        }

        var entry = await city.OnlyEntry("access-refused");
        Assert.Equal(("anonymous", "key-unknown", "127.0.0.1"), (entry.GetProperty("actor").GetString(), Fact(entry, "reason"), entry.GetProperty("from").GetString()));
    }

    [Theory]
    [InlineData("live", "key-other-environment")]
    [InlineData("demo", "key-unknown")]
    public async Task A_wrong_key_is_noted_by_its_id_and_never_with_its_secret(string environment, string reason)
    {
        await using var city = await City.Open();
        var key = ApiKey.New(environment);
        using var guess = city.ClientOf(key);
        await city.Get("/v1/places", guess);
        var entry = await city.OnlyEntry("access-refused");
        Assert.Equal((reason, $"key:{key.Id}"), (Fact(entry, "reason"), entry.GetProperty("object").GetString()));
        Assert.DoesNotContain(key.Secret, (await city.Trail("")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_id_with_a_wrong_secret_accuses_nobody()
    {
        await using var city = await City.Open();
        var till = ApiKey.Parse(city.Gateway.DemoKeys!.Till)!;
        using var guess = city.ClientOf(ApiKey.New("demo") with { Id = till.Id });
        await city.Get("/v1/places", guess);
        Assert.Equal("anonymous", (await city.OnlyEntry("access-refused")).GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_noted_as_its_clients()
    {
        await using var city = await City.Open();
        var client = city.Of<Ids>().Next();
        var key = await city.Of<ApiClients>().Create(City.Code, client, "旧システム", "demo", [Scopes.PlacesRead], 1_000);
        await city.Gateway.Database.WriteSurely(unit => unit.Execute(new Sql("update api_key set revoked_at = 1 where id = @id"), new { id = key.Id }), ReadBack.SafeToRepeat);
        using var old = city.ClientOf(key);
        Assert.Equal("key-unknown", (await city.Get("/v1/places", old)).Code);
        var entry = await city.OnlyEntry("access-refused");
        Assert.Equal(($"client:{client}", "旧システム", $"key:{key.Id}"), (entry.GetProperty("actor").GetString(), entry.GetProperty("actorName").GetString(), entry.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Whatever_calls_itself_a_keys_id_does_not_get_into_the_trail()
    {
        await using var city = await City.Open();
        using var guess = city.ClientOf(ApiKey.New("live") with { Id = "<script>;;" });
        await city.Get("/v1/places", guess);
        Assert.Equal("key:?", (await city.OnlyEntry("access-refused")).GetProperty("object").GetString());
    }

    [Fact]
    public void No_more_kinds_are_noted_in_a_minute_than_allowed_and_the_next_minute_begins_anew()
    {
        var time = new FakeTime();
        var pace = new OncePerMinute(new Clock(time), 2);
        Assert.Equal([true, true, false, false], new[] { "a", "b", "a", "c" }.Select(pace.IsFirst));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(pace.IsFirst("c"));
    }

    [Theory, EachEngine]
    public async Task All_of_it_verifies_and_the_books_too(Engine engine)
    {
        await using var city = await City.Open(engine);
        var payment = (await city.Sell()).Payment();
        var refund = await city.Post($"/v1/payments/{payment}/refunds", new { reason = "x", way = "bankTransfer" });
        await city.Approve($"/v1/refunds/{refund.Id}/approve");
        await city.Get("/v1/audit");
        await city.Of<CashlessGateway.Jobs.SealingWork>().Run(City.Code, 1_000, CancellationToken.None);

        await city.BooksAreWhole();
        var verdict = await city.Approve("/v1/audit/verify");
        Assert.True(verdict.Json.GetProperty("whole").GetBoolean(), verdict.Text);
        Assert.Equal((3, 0), (verdict.Number("entries"), verdict.Number("unsealed")));
    }

    private static string? Fact(System.Text.Json.JsonElement entry, string name) => entry.GetProperty("facts").GetProperty(name).GetString();
}
